"""One headset in a group that shows the film by itself: started with the others, and left to its player.

It can be started from the film's beginning and ended. It knows no pause and no other place of the film, and
nothing here pretends otherwise.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from time import perf_counter_ns

from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.playback import Unsynchronised
from trainer_app.domain.playback_errors import (
    FilmNotOnHeadset,
    HeadsetProblem,
    HeadsetVanished,
    OwnPlayerClosed,
    OwnPlayerMissing,
)
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.link import LinkLost
from trainer_app.headsets.manual import finding, screen
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.headsets.manual.players import Layout
from trainer_app.services.headset_port import PlayerNow
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

WATCH_S = 4.0
"""Between two questions whether the player is still in front."""

_OVERTAKEN_S = 1.0
"""After an order to begin that was on its way when the stop came; then it is ended a second time."""

_MISSES = 2
"""A player that was not in front so many times in a row has been left."""


class OwnPlayerMember:
    """A headset of a group whose film its own player shows.

    Attributes:
        problem: What keeps it from going on, or None.
        began_ns: Laptop instant at which it took the order to begin; None: it shows nothing of ours.
        on_change: Called after everything that may look different.
        access: It has no agent.
    """

    access: AgentAccess | None = None

    def __init__(self, headset: OwnPlayerHeadset, number: int) -> None:
        self.serial = headset.serial
        self.number = number
        self.problem: HeadsetProblem | None = None
        self.began_ns: int | None = None
        self.on_change: Callable[[], None] = lambda: None
        self._headset = headset
        self._film: Film | None = None
        self._intents: tuple[str, ...] = ()
        self._package: str | None = None
        self._accepted_s: float | None = None
        self._joined_late = False
        self._was_ordered = False
        self._is_ordering = False
        self._tasks = TaskKeeper()
        self._preparing: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def label(self) -> str:
        """How people know this headset."""
        return f"{self.number} ({self.serial})"

    @property
    def is_on(self) -> bool:
        """Its film has begun and is not over yet."""
        return self.began_ns is not None and self._film is not None and self._passed_s() < self._length_s

    @property
    def is_ended_by_name(self) -> bool:
        """Which player shows its film is known, so that it can be ended."""
        return self._package is not None

    def player_now(self) -> PlayerNow:
        """What it does, as far as can be known from here; where its wearer looks cannot."""
        showing = Showing.FILM if self.is_on else Showing.NOTHING
        return PlayerNow(
            showing=showing, position_s=min(self._passed_s(), self._length_s), heard=True, synchronised=False
        )

    def contribution(self) -> Unsynchronised | None:
        """For the receipt; None: nobody has started it."""
        if not self._was_ordered:
            return None
        return Unsynchronised(
            serial=self.serial, number=self.number, accepted_s=self._accepted_s, joined_late=self._joined_late
        )

    # --- orders ------------------------------------------------------------------------------------------

    async def go_on_from(self, former: OwnPlayerMember) -> None:
        """Take over from a connection to the same headset that was lost.

        Raises:
            HeadsetVanished: it is lost again.
        """
        self._film, self._intents, self._package = former._film, former._intents, former._package
        self._accepted_s, self._joined_late = former._accepted_s, former._joined_late
        self._was_ordered = former._was_ordered
        if former.began_ns is None or former._film is None:
            return
        try:
            played = await screen.playing(self._headset.link)
        except LinkLost as error:
            raise self._vanished(error) from error
        if played is not None and played.sha256 == former._film.sha256:
            self.began_ns = perf_counter_ns() - round(played.since_s * 1e9)
            self._watch()

    async def prepare(self, film: Film, from_s: float = 0.0) -> None:
        """Find the film and the player, and wake the headset.

        One that shows the film is left to it where the others go to another place of it: it cannot follow.

        Raises:
            HeadsetProblem: it cannot show it.
        """
        if from_s > 0 and self.is_on and self._film is not None and self._film.sha256 == film.sha256:
            self._joined_late = True
            return
        self.began_ns, self._film = None, film
        self._accepted_s, self._joined_late, self._was_ordered = None, False, False
        headset = self._headset
        try:
            note = (await headset.films()).get(film.sha256)
            if note is None:
                raise FilmNotOnHeadset(headset=self.label, film=film.title)
            layout = Layout(projection=film.projection, stereo=film.stereo)
            self._intents = headset.player.intents(f"{headset.player.folder}/{note.name}", film.title, layout)
            self._package = await screen.player_package(headset.link, self._intents)
            await screen.wake(headset.link)
        except LinkLost as error:
            raise self._vanished(error) from error

    def prepare_soon(self, film: Film, from_s: float) -> asyncio.Task[None]:
        """The same as a task, which takes note of the problem itself."""
        self._preparing = self._tasks.spawn(
            self._guarded(partial(self.prepare, film, from_s)), name=f"prepare {self.label}"
        )
        return self._preparing

    def start_at(self, at_ns: int, *, late: bool) -> None:
        """Start the film at a laptop instant, as soon as it is prepared; one that is on goes on."""
        if self.is_on or self.problem is not None:
            return
        self._joined_late, self._was_ordered = late, True
        self._cancel_start()
        self._starting = self._tasks.spawn(
            self._guarded(partial(self._start, at_ns)), name=f"start {self.label}"
        )

    def hold(self) -> None:
        """The start was called off in the count; a film that is on cannot be held."""
        self._cancel_start()

    async def stop(self) -> bool:
        """End the player; True when the headset says that something else is in front."""
        overtaken = self._is_ordering
        self._cancel_start()
        self._cancel_watch()
        self.began_ns = None
        self.on_change()
        try:
            if overtaken:
                # The player may only now be coming up: what is asked after that counts.
                await self._end()
                await asyncio.sleep(_OVERTAKEN_S)
            return await self._end()
        except LinkLost as error:
            log.warning("stop did not get through to headset %s: %s", self.label, error)
            self.drop_out(self._vanished(error))
            return False

    def drop_out(self, problem: HeadsetProblem) -> None:
        """Take note of the problem that keeps this headset from going on; the first one counts."""
        if self.problem is None:
            self.problem = problem
        self.on_change()

    async def close(self) -> None:
        """Leave it to its player."""
        await self._tasks.close()

    # --- inside ------------------------------------------------------------------------------------------

    async def _end(self) -> bool:
        if self._was_ordered:
            return await screen.end(self._headset.link, self._package)
        return await screen.end_noted(self._headset.link)

    @property
    def _length_s(self) -> float:
        return self._film.probe.duration_s if self._film is not None else 0.0

    def _passed_s(self) -> float:
        return 0.0 if self.began_ns is None else (perf_counter_ns() - self.began_ns) * 1e-9

    async def _start(self, at_ns: int) -> None:
        if self._preparing is not None:
            await asyncio.wait([self._preparing])
        film, link = self._film, self._headset.link
        if self.problem is not None or film is None:
            return
        try:
            # Before the instant, and not at it: waking takes a moment of its own.
            await screen.wake(link)
            others = frozenset() if self._package else await finding.others(link)
            await asyncio.sleep(max(0.0, (at_ns - perf_counter_ns()) * 1e-9))
            await self._order(film)
            self.began_ns = perf_counter_ns()
            self._accepted_s = (self.began_ns - at_ns) * 1e-9
            self.on_change()
            if self._package is None:
                await self._find_player(others)
        except screen.PlayerRefuses as refused:
            raise OwnPlayerMissing(headset=self.label, film=film.title, detail=str(refused)) from refused
        except LinkLost as error:
            raise self._vanished(error) from error
        self._watch()

    async def _order(self, film: Film) -> None:
        self._is_ordering = True
        try:
            await screen.start(self._headset.link, film.sha256, self._length_s, self._intents, self._package)
        finally:
            self._is_ordering = False

    async def _find_player(self, others: frozenset[str]) -> None:
        """Which package shows the film, so that it can be ended."""
        package = await finding.player(self._headset.link, others)
        if package is not None:
            self._package = package
            await screen.note_player(self._headset.link, package)

    def _watch(self) -> None:
        self._cancel_watch()
        self._watching = self._tasks.spawn(self._guarded(self._keep_watch), name=f"watch {self.label}")

    async def _keep_watch(self) -> None:
        """Notice that the player was left, where the headset tells what is in front."""
        misses = 0
        while self.is_on and self._package is not None:
            await asyncio.sleep(WATCH_S)
            try:
                now = await screen.front(self._headset.link)
            except LinkLost as error:
                raise self._vanished(error) from error
            misses = misses + 1 if now not in (None, self._package) else 0
            if misses >= _MISSES and self.is_on:
                self.began_ns = None
                raise OwnPlayerClosed(headset=self.label)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except HeadsetProblem as problem:
            self.drop_out(problem)

    def _cancel_start(self) -> None:
        if self._starting is not None:
            self._starting.cancel()
            self._starting = None

    def _cancel_watch(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None

    def _vanished(self, error: LinkLost) -> HeadsetVanished:
        return HeadsetVanished(headset=self.label, detail=str(error))
