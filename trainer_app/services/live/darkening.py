"""*Stopp alt*: all headsets silent and dark, and of whom that is not known yet.

Nobody is dark before its page has said so, or its browser has been ended.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.playback_errors import HeadsetBusy, HeadsetVanished
from trainer_app.services.headset_port import Found, GroupNow, PlaybackGroup
from trainer_app.services.live.slot import Alone, InFilm, Slot
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

_LEFT_ALONE = (HeadsetBusy, HeadsetVanished)
"""Somebody else leads that one now, or the group looks for another way to it already."""


class Darkening:
    """Gives the order and keeps, of each place, whether it has been obeyed.

    Args:
        slots: The places of the suitcase.
        holder: Who has given the order, for people at another computer.
        changed: Called when something may look different.
    """

    def __init__(
        self,
        slots: Callable[[], Iterable[Slot]],
        tasks: TaskKeeper,
        *,
        holder: str,
        changed: Callable[[], None],
        clock_ns: Callable[[], int],
    ) -> None:
        self._slots = slots
        self._tasks = tasks
        self._holder = holder
        self._changed = changed
        self._clock_ns = clock_ns
        self._orders = 0
        self._all_answered = asyncio.Event()
        self._all_answered.set()
        self._singly: dict[asyncio.Task[None], int] = {}

    @property
    def under_way(self) -> bool:
        """Answers may still come."""
        return self._orders > 0

    @contextmanager
    def ordering(self, now: GroupNow) -> Iterator[None]:
        """As long as orders are under way; whoever may show something is not dark before that is known.

        Args:
            now: Where the film was at the order.
        """
        self._expect(now)
        self._orders += 1
        self._all_answered.clear()
        try:
            yield
        finally:
            self._orders -= 1
            if not self._orders:
                self._all_answered.set()
            self._changed()

    def _expect(self, now: GroupNow) -> None:
        here = Alone.by_itself(now, self._clock_ns())
        for slot in self._slots():
            part = slot.in_film
            if part.was_in:
                slot.unconfirmed = part.alone or here
            elif slot.headset is not None and not isinstance(part.problem, HeadsetBusy):
                # It may show what a former run of the program has started.
                slot.unconfirmed = slot.unconfirmed or Alone.by_itself(GroupNow(), here.since_ns)

    async def order(self, group: PlaybackGroup | None) -> None:
        """All at once; returns when each has answered or will not."""
        singly = [self._begin_to_darken(slot, logging.WARNING) for slot in self.strangers(group)]
        if group is not None:
            await group.stop()
        if singly:
            await asyncio.wait(singly)

    async def order_after(
        self, overtaken: asyncio.Task[None], group: PlaybackGroup | None, serial: str | None
    ) -> None:
        """Order again when something has ended that was ordered before; it may have arrived after the stop.

        Args:
            overtaken: It ends now.
            group: Those that play together, if any do.
            serial: The headset that it concerned; None: all of them.
        """
        await asyncio.wait([overtaken])
        if group is not None:
            self._doubt(serial)
            await (group.stop() if serial is None else group.stop_one(serial))

    def _doubt(self, serial: str | None) -> None:
        here = Alone.by_itself(GroupNow(), self._clock_ns())
        for slot in self._slots():
            if (
                slot.in_film.player is not None
                and slot.known is not None
                and serial in (None, slot.known.serial)
            ):
                slot.unconfirmed = slot.unconfirmed or here

    def confirm(self, serial: str) -> None:
        """A headset is known to be silent and dark."""
        for slot in self._slots():
            if slot.known is not None and slot.known.serial == serial:
                slot.unconfirmed, slot.found = None, Found()
                slot.in_film = InFilm(player=slot.in_film.player)
        self._changed()

    def make_up_for(self, slot: Slot) -> None:
        """Darken a headset that is there, and was not when it was to be; once at a time."""
        if slot.headset is not None and slot.number not in self._singly.values():
            self._begin_to_darken(slot, logging.INFO)

    async def give_way(self, slot: Slot | None = None) -> None:
        """A film is to start, in one headset or in all: no order may reach it that was given before.

        What would only darken a single headset ends. An order to the group is waited for: what has left
        already cannot be called back, and would stop the new film.
        """
        ending = [task for task, number in self._singly.items() if slot is None or slot.number == number]
        for task in ending:
            task.cancel()
        if ending:
            await asyncio.wait(ending)
        await self._all_answered.wait()

    def strangers(self, group: PlaybackGroup | None) -> list[Slot]:
        """Connected headsets that the group's order does not reach."""
        ours = group.players() if group is not None else {}
        return [
            slot
            for slot in self._slots()
            if slot.headset is not None
            and slot.headset.serial not in ours
            and not isinstance(slot.in_film.problem, _LEFT_ALONE)
        ]

    def _begin_to_darken(self, slot: Slot, level: int) -> asyncio.Task[None]:
        task = self._tasks.spawn(self._darken(slot, level), name=f"stop {slot.label}")
        self._singly[task] = slot.number
        task.add_done_callback(self._singly.pop)
        return task

    async def _darken(self, slot: Slot, level: int) -> None:
        """Stop one headset, whoever leads it; ``level``: how a failure is logged."""
        headset = slot.headset
        if headset is None:
            return  # it has left in the same moment, and is made dark when it is back
        try:
            dark = await headset.darken(by=self._holder)
        except TrainerError as problem:
            log.log(level, "stop did not reach headset %s: %s", slot.label, problem)
            return
        if dark:
            self.confirm(headset.serial)
        else:
            log.log(level, "headset %s has not said that it is dark", slot.label)
