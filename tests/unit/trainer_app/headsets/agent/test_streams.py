"""The streams to one headset: what is told when one of them ends, and that none is left behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from headset_agent.protocol import messages as m
from tests.fakes.links import FakeAgent, FakeStream
from tests.fakes.waiting import until
from trainer_app.domain.playback_errors import AgentFault, HeadsetProblem, HeadsetVanished
from trainer_app.headsets.agent import streams as streams_module
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.channel import RequestFailed
from trainer_app.headsets.agent.streams import Streams

ACCESS = AgentAccess(token="t", build="b", pid=1)


class Wired:
    """Streams, and what they have told."""

    def __init__(self) -> None:
        self.events: list[m.Event] = []
        self.losses: list[HeadsetProblem | RequestFailed] = []
        self.streams = Streams("1 (S1)", on_event=self.events.append, on_lost=self.losses.append)


@asynccontextmanager
async def wired(agent: FakeAgent, stop_link: FakeAgent | None = None) -> AsyncIterator[Wired]:
    """Open them over a link; *Stopp alt* may have one of its own."""
    made = Wired()

    async def give_stop_link() -> FakeAgent:
        return stop_link or agent

    try:
        await made.streams.open(agent, give_stop_link, ACCESS, "Anna")
        yield made
    finally:
        await made.streams.close()


@pytest.mark.parametrize("role", [m.Role.CONTROL, m.Role.CLOCK])
async def test_the_end_of_a_stream_that_the_film_needs_is_told_before_the_next_heartbeat(
    role: m.Role,
) -> None:
    agent = FakeAgent()
    async with wired(agent) as made:
        agent.role(role)[0].end()
        await until(lambda: made.losses, within_s=1)
        assert isinstance(made.losses[0], HeadsetVanished)
    assert len(made.losses) == 1


async def test_the_end_of_the_stop_line_ends_no_film() -> None:
    agent, other_way = FakeAgent(), FakeAgent()
    async with wired(agent, other_way) as made:
        other_way.role(m.Role.STOP)[0].end()
        await until(lambda: len(other_way.streams) == 2 and len(other_way.role(m.Role.STOP)) == 1)
        assert await made.streams.stop(1.0)
    assert made.losses == []


async def test_an_agent_that_takes_no_heartbeat_any_more_is_lost_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams_module, "_HEARTBEAT_S", 0.01)
    agent = FakeAgent()
    async with wired(agent) as made:
        agent.failing = {m.Heartbeat: "lease_lost"}
        await until(lambda: made.losses)
    [loss] = made.losses
    assert isinstance(loss, RequestFailed)
    assert loss.code == "lease_lost"


async def test_who_closes_gives_the_lease_back_and_hears_of_no_loss() -> None:
    class Polite(FakeAgent):
        def take(self, stream: FakeStream, line: bytes) -> None:
            super().take(stream, line)
            if self.of(m.Release):
                stream.end()

    agent = Polite()
    async with wired(agent) as made:
        pass
    assert len(agent.of(m.Release)) == 1
    assert all(stream.closed for stream in agent.streams)
    assert made.losses == []


async def test_what_is_left_of_a_headset_that_is_gone_is_closed() -> None:
    agent = FakeAgent()
    async with wired(agent) as made:
        agent.cut_the_link()
        await until(lambda: made.losses)
    assert all(stream.closed for stream in agent.streams)


@pytest.mark.parametrize("refused", [m.Role.STOP, m.Role.CONTROL, m.Role.CLOCK])
async def test_one_that_cannot_be_opened_leaves_none_behind(refused: m.Role) -> None:
    class Choosy(FakeAgent):
        def take(self, stream: FakeStream, line: bytes) -> None:
            if stream.hello is None:
                asked = f'"{refused.value}"'.encode() in line
                self.refuse = m.Refused(code="new_in_2027") if asked else None
            super().take(stream, line)

    agent = Choosy()
    with pytest.raises(AgentFault):
        async with wired(agent):
            pass
    assert agent.streams
    assert all(stream.closed for stream in agent.streams)


async def test_a_stop_gets_through_where_the_films_connection_hangs() -> None:
    agent, other_way = FakeAgent(), FakeAgent()
    async with wired(agent, other_way) as made:
        agent.hangs = True
        assert await made.streams.stop(1.0)
        assert agent.of(m.StopNow) == []
        agent.hangs = False


async def test_what_the_agent_tells_reaches_whoever_listens() -> None:
    agent = FakeAgent()
    async with wired(agent) as made:
        agent.event(m.PlayerGone())
        await until(lambda: made.events)
        assert made.events == [m.PlayerGone()]


async def test_without_an_answer_there_is_no_clock() -> None:
    agent = FakeAgent()
    agent.silent = {m.ClockPing}
    async with wired(agent) as made:
        assert not made.streams.is_clock_known
        with pytest.raises(HeadsetVanished):
            made.streams.clock()
        agent.silent = set()
        await made.streams.settle_clock()
        known = made.streams.clock()
    assert abs(known.offset_ns - agent.offset_ns) <= known.uncertainty_ns
