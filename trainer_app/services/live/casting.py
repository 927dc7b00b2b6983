"""Who takes part in the film: taking headsets in, noting what they do, noticing who goes on alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.playback_errors import (
    BrowserSilent,
    FilmNotOnHeadset,
    FilmNotPlayable,
    HeadsetBusy,
    HeadsetVanished,
    NotReadyInTime,
    OwnPlayerClosed,
    PlaybackStopped,
    VrEnded,
)
from trainer_app.services.headset_port import Found, GroupNow, PlaybackGroup, PlayerNow
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.slot import Alone, InFilm, Slot
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

_HEALING = (HeadsetVanished, HeadsetBusy, BrowserSilent, NotReadyInTime)
"""Problems after which it is worth trying again at once and as long as it takes."""

_FOR_PEOPLE = (PlaybackStopped, FilmNotPlayable, FilmNotOnHeadset, OwnPlayerClosed)
"""Problems that trying again does not mend; after all others it is tried now and then."""

_SILENCE_NS = 4_000_000_000
"""A page that was closed comes back by itself within this; after it, it is opened anew."""

_OUT_OF_VR_NS = 2_000_000_000
"""A page that left VR and is worn is brought back after this; the film starts anew where the others are."""

_NS = 1_000_000_000


class Cast:
    """The group, and what it knows of each place of the suitcase.

    Attributes:
        film: That is to be shown; who lacks it takes no part.
        takes_over: Says whether those are taken in as well that show a film which was not started here.
        make_way: Awaited before a headset is taken in: nothing older may reach it any more.
        on_joined: Called when an attempt to take a headset in is over.
    """

    def __init__(
        self,
        slots: Callable[[], Iterable[Slot]],
        tasks: TaskKeeper,
        pace: Pace,
        clock_ns: Callable[[], int],
    ) -> None:
        self._slots = slots
        self._tasks = tasks
        self._pace = pace
        self._clock_ns = clock_ns
        self._joins: dict[int, asyncio.Task[None]] = {}
        self.group: PlaybackGroup | None = None
        self.film: Film | None = None
        self.takes_over: Callable[[], bool] = lambda: False
        self.make_way: Callable[[Slot], Awaitable[None]] = _at_once
        self.on_joined: Callable[[], None] = lambda: None

    # --- taking in ---------------------------------------------------------------------------------------

    async def assemble(self, *, everyone: bool = False) -> None:
        """Take in all that can take part; those that take long join when they can."""
        assert self.group is not None
        if ending := [task for task in self._joins.values() if task.cancelling()]:
            await asyncio.wait(ending)
        await self._part_with_unfit(everyone=everyone)
        for slot in self._slots():
            # Whatever kept somebody away: now is the time to try again.
            slot.in_film.again = True
            self._join(slot, everyone=everyone)
        limit: float | None = None
        waiting = set(self._joins.values())
        while waiting:
            done, waiting = await asyncio.wait(waiting, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                return
            if limit is None and self.group.size:
                limit = self._pace.patience

    def rejoin(self) -> None:
        """Take in whoever is missing, unless it was tried a moment ago."""
        now_ns = self._clock_ns()
        for slot in self._slots():
            if slot.in_film.again or now_ns >= slot.in_film.next_try_ns:
                self._join(slot)

    async def find_lead(self) -> bool:
        """Take in whoever is missing, until one of them tells the group what there is to lead on.

        Returns:
            False: all have been tried, and none has.
        """
        assert self.group is not None
        self.rejoin()
        while not self.group.under_way and self._joins:
            await asyncio.wait(self._joins.values(), return_when=asyncio.FIRST_COMPLETED)
        return self.group.under_way

    def cancel_joins(self) -> dict[asyncio.Task[None], str | None]:
        """Break off what is under way; gives the tasks that end now, and the serial that each concerns."""
        ending: dict[asyncio.Task[None], str | None] = {}
        for slot in self._slots():
            task = self._joins.get(slot.number)
            if task is not None:
                task.cancel()
                ending[task] = slot.known.serial if slot.known else None
        return ending

    async def dismiss(self, slot: Slot, now: GroupNow) -> None:
        """Go on without a headset, which is to be dark."""
        join = self._joins.get(slot.number)
        if join is not None:
            join.cancel()
            await asyncio.wait([join])
        part = slot.in_film
        if self.group is not None and slot.known is not None:
            dark = await self.group.dismiss(slot.known.serial)
            if part.was_in and not dark:
                slot.unconfirmed = part.alone or Alone.by_itself(now, self._clock_ns())
        slot.in_film = InFilm(
            alone=slot.unconfirmed if slot.headset is None and slot.can_play_alone else None
        )

    async def _part_with_unfit(self, *, everyone: bool) -> None:
        assert self.group is not None
        players = self.group.players()
        present = [slot for slot in self._slots() if slot.known and slot.known.serial in players]
        unfit = [slot for slot in present if not self._fits(slot, everyone=everyone)]
        await asyncio.gather(*(self.dismiss(slot, self.group.now()) for slot in unfit))

    def _fits(self, slot: Slot, *, everyone: bool) -> bool:
        is_free = self.takes_over() or (slot.looked_at and not slot.shows_foreign_film)
        return not slot.aside and is_free and (everyone or slot.has_film(self.film))

    def expects(self, slot: Slot) -> bool:
        """It is in the group, on its way there, or will be tried."""
        if slot.in_film.player is not None or slot.number in self._joins:
            return True
        return self._fits(slot, everyone=False) and self._is_worth_trying(slot)

    def _join(self, slot: Slot, *, everyone: bool = False) -> None:
        if slot.headset is None or not self._fits(slot, everyone=everyone) or not self._is_missing(slot):
            return
        slot.in_film.again = False
        task = self._tasks.spawn(self._admit(slot), name=f"join {slot.label}")
        self._joins[slot.number] = task
        task.add_done_callback(lambda task: self._joined(slot, task))

    def _is_missing(self, slot: Slot) -> bool:
        part = slot.in_film
        if slot.number in self._joins:
            return False
        if part.vr_ended is not None:
            return part.again or self._lasts(part.out_of_vr_since_ns, _OUT_OF_VR_NS)
        if part.player is not None:
            return self._lasts(part.silent_since_ns, _SILENCE_NS)
        return self._is_worth_trying(slot) or _may_be_over(part.problem)

    @staticmethod
    def _is_worth_trying(slot: Slot) -> bool:
        part = slot.in_film
        return part.problem is None or part.again or isinstance(part.problem, _HEALING)

    async def _admit(self, slot: Slot) -> None:
        assert self.group is not None
        await self.make_way(slot)
        if slot.in_film.vr_ended is None:
            await self.group.admit(slot.place, self._pace.prepare)
        elif await self._is_awake(slot):
            await self.group.reopen(slot.place.headset.serial, self._pace.prepare)

    async def _is_awake(self, slot: Slot) -> bool:
        """Ask it now: a headset that was taken off leaves VR as well, long before it is asked again."""
        headset = slot.place.headset
        try:
            facts = await headset.facts()
        except TrainerError as problem:
            log.info("headset %s does not tell whether it is awake: %s", slot.label, problem)
            return False
        slot.facts = facts
        return facts.awake is not False

    def _joined(self, slot: Slot, join: asyncio.Task[None]) -> None:
        if self._joins.get(slot.number) is join:
            del self._joins[slot.number]
        slot.in_film.next_try_ns = self._clock_ns() + round(self._pace.rejoin * _NS)
        self.on_joined()
        self._count_failure(slot.in_film)

    def _count_failure(self, part: InFilm) -> None:
        """A fault of the headset may last: the next attempts come later and later."""
        if not _may_be_over(part.problem):
            part.failures = 0
            return
        part.failures += 1
        part.next_try_ns = self._clock_ns() + round(self._pace.after_faults(part.failures) * _NS)

    # --- noting ------------------------------------------------------------------------------------------

    def note(self, now: GroupNow, *, under_way: bool) -> None:
        """Note what every player does; ``under_way``: the film has been started and is not over."""
        if self.group is None:
            return
        players, problems = self.group.players(), self.group.problems
        for slot in self._slots():
            if slot.known is not None:
                serial = slot.known.serial
                self._note_player(slot, players.get(serial), problems.get(serial))
                if under_way and slot.in_film.player is not None and slot.in_film.player.heard:
                    slot.unconfirmed = None
                self._note_absence(slot, now, under_way=under_way)
                self._note_wearing(slot, under_way=under_way and now.moving)
                self._note_vr(slot, under_way=under_way)

    def begin(self) -> dict[int, Slot]:
        """The film starts: those that can go on are in it."""
        for slot in self._slots():
            slot.in_film.was_in = slot.in_film.player is not None
        return {slot.number: slot for slot in self._slots() if slot.in_film.was_in}

    def was_stopped_elsewhere(self) -> bool:
        """Somebody else used *Stopp alt* on all of them."""
        problems = self.group.problems.values() if self.group is not None and not self.group.size else ()
        return any(isinstance(problem, PlaybackStopped) for problem in problems)

    def _note_player(self, slot: Slot, player: PlayerNow | None, problem: TrainerError | None) -> None:
        part = slot.in_film
        if problem is None and slot.number in self._joins and _may_be_over(part.problem):
            problem = part.problem  # it is only being tried whether it is over
        part.player, part.problem = player, problem
        if player is not None:
            slot.found = Found()  # whatever it showed: now it is led from here
        if player is None or not player.heard:
            return
        part.position_s, part.alone = player.position_s, None
        if player.showing is Showing.FILM:
            part.was_in = True
        if player.worn:
            part.gaze = player.gaze

    def _note_absence(self, slot: Slot, now: GroupNow, *, under_way: bool) -> None:
        part = slot.in_film
        silent = part.player is not None and not part.player.heard
        part.silent_since_ns = self._since(part.silent_since_ns, lasts=silent)
        lost = part.player is None and (slot.headset is None or isinstance(part.problem, HeadsetVanished))
        if part.was_in and lost and part.alone is None and slot.can_play_alone:
            part.alone = Alone.by_itself(now, self._clock_ns()) if under_way else slot.unconfirmed

    def _note_wearing(self, slot: Slot, *, under_way: bool) -> None:
        part = slot.in_film
        off = under_way and part.was_in and part.player is not None and _is_off(part.player, slot)
        part.off_since_ns = self._since(part.off_since_ns, lasts=off)

    def _note_vr(self, slot: Slot, *, under_way: bool) -> None:
        """Whether a headset whose film was in VR has left it; one that sleeps was taken off."""
        part, player = slot.in_film, slot.in_film.player
        heard = under_way and player is not None and player.heard
        if heard and player is not None and player.in_vr:
            part.was_in_vr = True
        asleep = slot.facts is not None and slot.facts.awake is False
        out = heard and part.was_in_vr and player is not None and not player.in_vr and not asleep
        part.out_of_vr_since_ns = self._since(part.out_of_vr_since_ns, lasts=out)
        if not out:
            part.vr_ended = None
        elif part.vr_ended is None:
            # Who wanted it to be tried again wanted that before; this one gets its moment of grace.
            part.vr_ended, part.again = VrEnded(headset=slot.label), False

    def _lasts(self, since_ns: int | None, at_least_ns: int) -> bool:
        return since_ns is not None and self._clock_ns() - since_ns > at_least_ns

    def _since(self, since_ns: int | None, *, lasts: bool) -> int | None:
        """When something began that lasts, or has just begun."""
        if not lasts:
            return None
        return self._clock_ns() if since_ns is None else since_ns


def _may_be_over(problem: TrainerError | None) -> bool:
    """A fault that may pass, or that somebody may put right without a word to the laptop."""
    return problem is not None and not isinstance(problem, _HEALING + _FOR_PEOPLE)


async def _at_once(_slot: Slot) -> None:
    """Where nothing is in the way."""


def _is_off(player: PlayerNow, slot: Slot) -> bool:
    if player.heard and player.in_vr:
        return player.worn is False
    return slot.facts is not None and slot.facts.awake is False
