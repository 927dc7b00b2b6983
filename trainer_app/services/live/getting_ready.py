"""Getting headsets ready: awake, and with the session's film on them, verified. All at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from time import perf_counter

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Speed
from trainer_app.domain.films import Film
from trainer_app.domain.live_kit import Transfer
from trainer_app.domain.playback_errors import (
    AgentSilent,
    FilmArrivedCorrupt,
    HeadsetStorageFull,
    HeadsetVanished,
)
from trainer_app.services.headset_port import ConnectedHeadset
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.slot import Slot
from trainer_app.services.ports import FilmLibrary
from trainer_app.tasks import TaskKeeper

_LOST_S = 0.2
"""The link knows of a loss a moment after a question was not answered."""

_TAKEN_IN = 16 << 20
"""Bytes: before so many have left, the headset has taken some of them in."""


class GettingReady:
    """Makes headsets ready for one film.

    Attributes:
        wanted: The session is being made ready: headsets that come later are filled as well.
        on_filled: Called with every place whose film has arrived.
    """

    def __init__(
        self, library: FilmLibrary, tasks: TaskKeeper, changed: Callable[[], None], pace: Pace
    ) -> None:
        self._library = library
        self._tasks = tasks
        self._changed = changed
        self._pace = pace
        self._film: Film | None = None
        self._running: dict[int, asyncio.Task[None]] = {}
        self.wanted = False
        self.on_filled: Callable[[Slot], None] = lambda _slot: None

    async def choose(self, film: Film | None) -> None:
        """Another film is wanted; what is under way for the former one is broken off."""
        self._film = film
        self.wanted = False
        for task in self._running.values():
            task.cancel()
        await self._all_tried()

    async def make_ready(self, slots: Iterable[Slot]) -> None:
        """Make all that are connected ready, also those that failed before; returns when all have tried."""
        self.wanted = True
        for slot in slots:
            slot.fill_problem, slot.fill_failures = None, 0
            self._begin(slot)
        self._changed()
        await self._all_tried()

    async def _all_tried(self) -> None:
        if self._running:
            await asyncio.wait(tuple(self._running.values()))

    def consider(self, slot: Slot) -> None:
        """A headset has come or has told of itself: it may need the film."""
        if self.wanted and not slot.has_film(self._film) and self._is_worth_trying(slot):
            if isinstance(slot.fill_problem, HeadsetStorageFull):
                slot.fill_problem = None  # there is room now, so this will not be told again
            self._begin(slot)

    @staticmethod
    def _is_worth_trying(slot: Slot) -> bool:
        problem = slot.fill_problem
        if isinstance(problem, HeadsetStorageFull):
            free = slot.facts.free_bytes if slot.facts else None
            return free is not None and free >= int(str(problem.params["needed"]))
        if isinstance(problem, FilmArrivedCorrupt):
            return False  # it has been sent twice already
        return problem is None or perf_counter() >= slot.fill_again_s

    def _begin(self, slot: Slot) -> None:
        film, headset = self._film, slot.headset
        if film is None or headset is None or slot.aside or slot.number in self._running:
            return
        slot.filling = True
        work = self._make_ready(slot, headset, film)
        task = self._tasks.spawn(work, name=f"get ready {slot.label}")
        self._running[slot.number] = task
        task.add_done_callback(lambda _task: self._ended(slot))

    def _ended(self, slot: Slot) -> None:
        del self._running[slot.number]
        slot.filling = False
        slot.transfer = None
        self._changed()

    async def _make_ready(self, slot: Slot, headset: ConnectedHeadset, film: Film) -> None:
        try:
            await headset.wake()
            # A film that comes through the cable is not sent; whether it comes is seen by that as well.
            if not slot.has_film(film) or not slot.can_play_alone:
                await self._send(slot, headset, film)
            facts = await headset.facts()
        except TrainerError as problem:
            if isinstance(problem, HeadsetVanished):
                # One that is gone is made ready when it is back; nobody has to do anything.
                if await _is_lost(headset):
                    return
                problem = AgentSilent(headset=slot.label, detail=problem.detail)
            if slot.headset is headset:
                self._note_failure(slot, problem)
            return
        if slot.headset is headset:
            slot.facts, slot.fill_problem, slot.fill_failures = facts, None, 0
            self.on_filled(slot)

    def _note_failure(self, slot: Slot, problem: TrainerError) -> None:
        """What is wrong may pass, or be put right: it is tried again by itself, later and later."""
        slot.fill_problem = problem
        slot.fill_failures += 1
        slow = not isinstance(problem, AgentSilent)
        slot.fill_again_s = perf_counter() + slow * self._pace.after_faults(slot.fill_failures)

    async def _send(self, slot: Slot, headset: ConnectedHeadset, film: Film) -> None:
        # Asking for the path may mean waiting for a disk.
        path = await asyncio.to_thread(self._library.path_of, film)
        cargo = FilmToSend.of(film, path)
        speed = Speed()

        begun: list[int] = []

        def moved(_film: FilmToSend, there: int) -> None:
            begun[:] = begun or [there]
            if there - begun[0] > _TAKEN_IN:
                slot.fill_problem = None  # of a former attempt: whatever it was, it is over
            if speed.note(there, perf_counter()) or there == film.size_bytes:
                slot.transfer = Transfer(
                    film=film.sha256,
                    done_bytes=there,
                    whole_bytes=film.size_bytes,
                    bytes_per_s=speed.bytes_per_s,
                )
                self._changed()

        [outcome] = await headset.fill([cargo], keep=None, label=slot.label, progress=moved)
        if isinstance(outcome, TrainerError):
            raise outcome


async def _is_lost(headset: ConnectedHeadset) -> bool:
    """Whether the headset itself is gone, and not only something on it that does not answer."""
    try:
        async with asyncio.timeout(_LOST_S):
            await headset.wait_lost()
    except TimeoutError:
        return False
    return True
