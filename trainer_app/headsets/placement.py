"""Where the agent of one connected headset runs: on it, wherever that works; else here, through its cable.

Starting it on the headset is the probe. A headset that cannot run it is not asked again as long as the
connection lives; what may pass, or is this computer's own lack, is a problem and no reason for the cable.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter_ns

from trainer_app.domain.errors import same_again
from trainer_app.domain.filling import FilmToSend
from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.domain.playback_errors import (
    AgentWillNotStart,
    CableNeeded,
    HeadsetProblem,
    HeadsetVanished,
    RuntimeUnfit,
)
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.deploy import attach, find
from trainer_app.headsets.agent.package import agent_package
from trainer_app.headsets.agent.runtime import Progress
from trainer_app.headsets.link import HeadsetLink, LinkLost
from trainer_app.headsets.play_mode import PlayModeChoice
from trainer_app.headsets.tethered.link import TetheredLink
from trainer_app.headsets.tethered.tether import Tether

log = logging.getLogger(__name__)

_CANNOT_RUN = (RuntimeUnfit, AgentWillNotStart)
"""The headset is there and has room, and the agent does not run on it."""

_AGAIN_NS = 5_000_000_000
"""A start may fail once because the storage is not there yet; after so long it is no passing trouble."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An agent that runs, and the link by which it is reached."""

    link: HeadsetLink
    access: AgentAccess

    @property
    def is_tethered(self) -> bool:
        """It runs on this computer."""
        return bool(self.access.laptop_port)


class Placement:
    """Decides, and remembers, where the agent runs."""

    def __init__(self, link: HeadsetLink, address: str, play_mode: PlayModeChoice, tether: Tether) -> None:
        self._link = link
        self._has_cable = is_on_cable(address)
        self._play_mode = play_mode
        self._tether = tether
        self._has_run_there = False
        self._failed_first_ns: int | None = None
        self._ways: dict[tuple[int, bool], TetheredLink] = {}
        self._turn = asyncio.Lock()

    @property
    def is_tethered(self) -> bool:
        """It is known that the agent cannot run on the headset, which hangs on a cable."""
        return self._play_mode.refusal is not None and self._has_cable

    async def settle(self, label: str, *, progress: Progress | None = None) -> Placed:
        """Have an agent run; ``progress`` hears of its Python on the way to the headset.

        Raises:
            CableNeeded: it could run here only, and the headset is on no cable.
            HeadsetProblem: it runs nowhere, or the link is lost.
        """
        async with self._turn:
            if not self.is_tethered:
                try:
                    return await self._on_headset(label, progress)
                except _CANNOT_RUN as problem:
                    self._judge(problem, label)
            try:
                return self.beside_us(await self._tether.ensure(label))
            except LinkLost as error:
                raise HeadsetVanished(headset=label, detail=str(error)) from error

    def expect_on_headset(self) -> None:
        """Raise why the agent does not run on the headset, where that is known."""
        if self._play_mode.refusal is not None and self._has_cable:
            raise same_again(self._play_mode.refusal)

    async def found(self) -> Placed | None:
        """The agent that runs already; starts none. Raises LinkLost."""
        if self.is_tethered:
            access = self._tether.access
            return None if access is None else self.beside_us(access)
        running = await find(self._link)
        if running is None or running.build != agent_package().build:
            return None
        return Placed(self._link, running)

    def beside_us(self, access: AgentAccess, *, for_stops: bool = False) -> Placed:
        """The way to an agent that runs here; *Stopp alt* has one of its own."""
        way = (access.laptop_port, for_stops)
        if way not in self._ways:
            self._ways[way] = TetheredLink(self._link, access.laptop_port)
        return Placed(self._ways[way], access)

    async def lend(self, films: Sequence[FilmToSend]) -> None:
        """Lend films to the agent that runs here. Raises HeadsetProblem."""
        await self._tether.lend(films)

    async def told(self, facts: HeadsetFacts) -> HeadsetFacts:
        """What a headset has told, with the films that it need not have itself."""
        if facts.play_mode is not PlayMode.TETHERED:
            return facts
        return replace(facts, films=await self._tether.films())

    async def close(self) -> None:
        """Let go: an agent on the headset stays, one that runs here ends."""
        await self._tether.close()
        for way in self._ways.values():
            await way.close()

    async def _on_headset(self, label: str, progress: Progress | None) -> Placed:
        access = await attach(self._link, label, progress=progress)
        self._has_run_there = True
        return Placed(self._link, access)

    def _judge(self, problem: HeadsetProblem, label: str) -> None:
        """Take it for the headset's nature, or raise it: an agent that has run there can run there."""
        is_start = isinstance(problem, AgentWillNotStart)
        if self._has_run_there or (is_start and (not self._has_cable or self._is_early())):
            raise problem
        self._play_mode.cannot_run_agent(problem)
        if not self._has_cable:
            raise CableNeeded(headset=label, detail=problem.detail) from problem
        log.info("the agent of headset %s runs on this computer: %s", label, problem)

    def _is_early(self) -> bool:
        """Whether the agent has not failed to start for long."""
        now_ns = perf_counter_ns()
        if self._failed_first_ns is None:
            self._failed_first_ns = now_ns
        return now_ns - self._failed_first_ns < _AGAIN_NS
