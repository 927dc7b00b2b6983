"""Headsets that come: what each shows is found out; it is taken into the film, made dark, or left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trainer_app.domain.live_kit import FilmStage
from trainer_app.services.live.casting import Cast
from trainer_app.services.live.darkening import Darkening
from trainer_app.services.live.film_progress import FilmProgress
from trainer_app.services.live.looking import Looking
from trainer_app.services.live.slot import Slot
from trainer_app.tasks import TaskKeeper


class Newcomers:
    """Headsets that are not in the film, or may not be.

    Args:
        slots: The places of the suitcase.
        ours_may_begin: Whatever a headset shows, it is taken into the film, which is on or about to start.
        looked: Called when it has been found out what a headset shows.
        changed: Called when something may look different.
    """

    def __init__(
        self,
        slots: Callable[[], Iterable[Slot]],
        tasks: TaskKeeper,
        cast: Cast,
        darkening: Darkening,
        progress: FilmProgress,
        *,
        ours_may_begin: Callable[[], bool],
        looked: Callable[[], None],
        changed: Callable[[], None],
        clock_ns: Callable[[], int],
    ) -> None:
        self._slots = slots
        self._tasks = tasks
        self._cast = cast
        self._darkening = darkening
        self._progress = progress
        self._ours_may_begin = ours_may_begin
        self._looked = looked
        self._changed = changed
        self._looking = Looking(self._is_foreign, clock_ns)

    def welcome(self, slot: Slot) -> None:
        """A headset has come: it can take part once it has told what it shows."""
        slot.looked_at = not self._is_foreign(slot)
        if slot.looked_at:
            self.join(slot)
        else:
            self.look_at(slot)

    def look_at(self, slot: Slot) -> None:
        """Find out what a headset shows, now or still: a former run may have started something."""
        self._tasks.spawn(self._look_at(slot), name=f"look at {slot.label}")

    def look_around(self) -> None:
        """A start has come to nothing: who came meanwhile has not been asked what it shows."""
        for slot in self._slots():
            if slot.headset is not None:
                self.look_at(slot)

    def join(self, slot: Slot) -> None:
        """A headset can take part now, or is to be tried again."""
        slot.in_film.again = True
        self.consider()

    def consider(self) -> None:
        """Somebody may be missing."""
        self.make_up_for_stops()
        if self._progress.is_open:
            self._cast.rejoin()

    def make_up_for_stops(self) -> None:
        """Darken whom a stop has not reached, unless it is taken into a film instead."""
        for slot in self._slots():
            if not self._darkening.under_way and self._is_to_be_dark(slot):
                self._darkening.make_up_for(slot)

    async def _look_at(self, slot: Slot) -> None:
        is_new = not slot.looked_at
        await self._looking.at(slot)
        if is_new and slot.looked_at:
            self.join(slot)
        self._looked()
        self._changed()

    def _is_to_be_dark(self, slot: Slot) -> bool:
        if slot.aside or self._progress.is_over:
            return slot.unconfirmed is not None or slot.in_film.alone is not None
        # Nobody has stopped one that goes on alone with the film that is on, even if it cannot join any more.
        return slot.unconfirmed is not None and not self._may_be_taken_in(slot)

    def _may_be_taken_in(self, slot: Slot) -> bool:
        return self._progress.stage is FilmStage.PREPARING or self._cast.expects(slot)

    def _is_foreign(self, slot: Slot) -> bool:
        """What it shows cannot have been started here; not even by a start that is just under way."""
        return not self._ours_may_begin() and slot in self._darkening.strangers(self._cast.group)
