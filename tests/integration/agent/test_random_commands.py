"""Ten quick commands in any order: all players end in the same state at the same position.

The laptop's group, real control connections, real agents and the page's protocol; the players are simulated,
and every headset has a clock of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter_ns

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headset_agent.clock import SKEW_VARIABLE, make_clock
from headset_agent.protocol.messages import FilmBegin
from headset_agent.protocol.playing import PageState
from headset_agent.virtual.simulated_player import SimulatedPlayer
from headset_agent.virtual.skew import ClockSkew
from tests.fakes.films import PROBE, a_film
from tests.fakes.groups import identity
from tests.fakes.links import FakeAgent
from tests.fakes.waiting import until
from tests.integration.agent.parts import BUILD, TOKEN, Parts, agent_parts
from trainer_app.domain.films import Sha256
from trainer_app.domain.playback import Course
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.agent.member import Member, join
from trainer_app.headsets.tethered.link import TetheredLink

CONTENT = b"film"
STOP_S = 100.0
FILM = a_film(
    sha256=Sha256(hashlib.sha256(CONTENT).hexdigest()), probe=replace(PROBE, duration_s=6000.0), title="Lang"
)
SOON_S = 0.05
ALIKE_S = 0.02
HOUR_NS = 3_600_000_000_000

Command = tuple[str, float, float]
"""What is done, where to, and how long before the next one."""

COMMANDS = st.tuples(
    st.sampled_from(("pause", "resume", "seek")),
    # Just before the stop-point: some end there.
    st.sampled_from((STOP_S - 0.1, 10.0, 500.0)),
    st.sampled_from((0.0, 0.0, 0.01, 0.1)),
)


@dataclass(frozen=True, slots=True)
class Rig:
    group: Group
    players: list[SimulatedPlayer]

    def agree(self) -> bool:
        """All are in the group's state, at its position."""
        now = self.group.now()
        wanted = PageState.PLAYING if now.moving and not now.starts_in_s else PageState.PAUSED
        seen = [player.observe() for player in self.players]
        if now.starts_in_s or {each.state for each in seen} != {wanted}:
            return False
        if wanted is PageState.PAUSED:
            return {each.position_s for each in seen} == {now.position_s}
        at_ns = seen[0].at_ns
        positions = [each.position_s - (each.at_ns - at_ns) * 1e-9 for each in seen]
        return max(positions) - min(positions) < ALIKE_S

    async def ends_alike(self) -> None:
        keeping = asyncio.create_task(self.group.keep(perf_counter_ns() + HOUR_NS))
        try:
            await until(self.agree, within_s=40)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


async def a_headset(stack: AsyncExitStack, folder: Path, number: int) -> tuple[Member, SimulatedPlayer]:
    skew = ClockSkew(
        offset_ns=(number - 2) * 5 * HOUR_NS, drift_ppm=60.0 - 40 * number, reference_ns=perf_counter_ns()
    )
    clock = {SKEW_VARIABLE: skew.serialise()}
    parts = await stack.enter_async_context(agent_parts(folder, clock=make_clock(clock)))
    await store(parts)
    player = SimulatedPlayer(make_clock(clock))
    await player.open(f"{parts.origin}/?token={TOKEN}")
    stack.push_async_callback(player.close)
    await until(lambda: parts.player.immersive)
    link = TetheredLink(FakeAgent(), parts.control_port)
    stack.push_async_callback(link.close)

    async def stop_link() -> TetheredLink:
        return link

    access = AgentAccess(token=TOKEN, build=BUILD, pid=1)
    return await join(link, stop_link, access, identity(number), holder="Anna"), player


async def store(parts: Parts) -> None:
    (parts.folder / f"{FILM.sha256}.mp4").write_bytes(CONTENT)
    await parts.films.begin(FilmBegin(id=1, sha256=FILM.sha256, size=len(CONTENT)))


@asynccontextmanager
async def laid_out(folder: Path) -> AsyncIterator[Rig]:
    async with AsyncExitStack() as stack:
        both = [await a_headset(stack, folder / str(number), number) for number in (1, 2, 3)]
        group = Group([member for member, _player in both])
        stack.push_async_callback(group.close)
        yield Rig(group, [player for _member, player in both])


async def order(group: Group, name: str, position_s: float) -> None:
    if name == "pause":
        await group.pause()
    elif name == "resume":
        await group.resume(lead_s=SOON_S)
    else:
        await group.seek(position_s, lead_s=SOON_S)


async def carry_out(rig: Rig, commands: list[Command]) -> None:
    """One after the other, without waiting for what comes of them."""
    group, given_out = rig.group, []
    await group.prepare(FILM, 0.0, 30.0, course=Course(stops_s=(STOP_S,)))
    await group.start(lead_s=SOON_S)
    for name, position_s, pause_s in commands:
        given_out.append(asyncio.ensure_future(order(group, name, position_s)))
        await asyncio.sleep(pause_s)
    await asyncio.gather(*given_out)
    assert not group.problems
    await rig.ends_alike()


def test_any_ten_quick_commands_leave_all_players_alike(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        opened = laid_out(tmp_path)
        rig = runner.run(opened.__aenter__())

        @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(st.lists(COMMANDS, min_size=10, max_size=10))
        def all_end_alike(commands: list[Command]) -> None:
            runner.run(carry_out(rig, commands))

        try:
            all_end_alike()
        finally:
            runner.run(opened.__aexit__(None, None, None))
