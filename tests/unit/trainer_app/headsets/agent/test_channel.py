"""A conversation with an agent never waits for ever, and says in our terms what went wrong."""

from __future__ import annotations

import asyncio

import pytest

from headset_agent.protocol import messages as m
from tests.fakes.links import FakeAgent, FakeStream
from tests.fakes.waiting import until
from trainer_app.domain.playback_errors import (
    AgentFault,
    AgentOfAnotherVersion,
    AgentRefusesToken,
    AgentSpeaksStrangely,
    HeadsetVanished,
)
from trainer_app.headsets.agent import channel as channel_module
from trainer_app.headsets.agent.channel import Channel, LeaseHeld, RequestFailed, busy, open_channel


async def opened(agent: FakeAgent, role: m.Role = m.Role.CONTROL) -> Channel:
    return await open_channel(agent, role, build="b", token="t", headset="1 (S1)", holder="Anna")


async def test_it_introduces_itself() -> None:
    agent = FakeAgent()
    channel = await opened(agent, m.Role.STORE)
    hello = agent.streams[0].hello
    assert hello is not None
    assert (hello.protocol, hello.build, hello.token) == (m.PROTOCOL_VERSION, "b", "t")
    assert (hello.role, hello.holder, hello.client) == (m.Role.STORE, "Anna", channel_module.CLIENT)
    await channel.close()
    assert agent.streams[0].closed


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (m.Refused(code="version", holder="Berit"), AgentOfAnotherVersion),
        (m.Refused(code="malformed"), AgentOfAnotherVersion),
        (m.Refused(code="token"), AgentRefusesToken),
        (m.Refused(code="lease", holder="Berit"), LeaseHeld),
        (m.Refused(code="new_in_2027"), AgentFault),
    ],
)
async def test_refusal_has_its_own_error_and_leaves_no_stream(
    refused: m.Refused, error: type[Exception]
) -> None:
    agent = FakeAgent()
    agent.refuse = refused
    with pytest.raises(error):
        await opened(agent)
    assert agent.streams[0].closed


async def test_who_holds_the_lease_is_told_to_people() -> None:
    agent = FakeAgent()
    agent.refuse = m.Refused(code="lease", holder="Berit", retry_ms=1500)
    with pytest.raises(LeaseHeld) as held:
        await opened(agent)
    assert held.value.retry_ms == 1500
    assert busy(held.value, "1 (S1)").params == {"headset": "1 (S1)", "holder": "Berit"}


async def test_answers_find_their_requests_in_any_order() -> None:
    agent = FakeAgent()
    channel = await opened(agent)
    agent.silent = {m.Identify, m.SetVolume}
    first = asyncio.create_task(channel.request(m.Identify))
    second = asyncio.create_task(channel.request(m.SetVolume, level=0.5))
    await asyncio.sleep(0)
    stream = agent.streams[0]
    stream.say(m.Failed(id=agent.of(m.SetVolume)[0].id, code="no_page"))
    stream.say(m.Done(id=agent.of(m.Identify)[0].id))
    assert isinstance(await first, m.Done)
    with pytest.raises(RequestFailed, match="no_page"):
        await second
    await channel.close()


async def test_events_between_answers_reach_their_listener() -> None:
    agent = FakeAgent()
    channel = await opened(agent)
    heard: list[m.Event] = []
    channel.on_event = heard.append
    agent.event(m.PlayerGone())
    await channel.request(m.Heartbeat)
    assert heard == [m.PlayerGone()]
    await channel.close()


async def test_no_answer_is_a_headset_that_vanished() -> None:
    agent = FakeAgent()
    channel = await opened(agent)
    agent.silent = {m.Heartbeat}
    with pytest.raises(HeadsetVanished):
        await channel.request(m.Heartbeat, wait_s=0.02)
    await channel.close()


async def test_link_on_which_nothing_can_be_sent_is_not_waited_for() -> None:
    agent = FakeAgent()
    channel = await opened(agent, m.Role.STOP)
    agent.hangs = True
    async with asyncio.timeout(20):
        with pytest.raises(HeadsetVanished):
            await channel.request(m.StopNow, wait_s=0.02)
    await channel.close()


class Mute(FakeAgent):
    """Hears and says nothing."""

    def take(self, stream: FakeStream, line: bytes) -> None:
        return


@pytest.mark.parametrize("hangs", [True, False])
async def test_agent_that_never_welcomes_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, *, hangs: bool
) -> None:
    monkeypatch.setattr(channel_module, "_WELCOME_S", 0.02)
    agent = Mute()
    agent.hangs = hangs
    with pytest.raises(AgentSpeaksStrangely):
        await opened(agent)


async def test_lost_link_ends_every_wait_and_is_announced_once() -> None:
    agent = FakeAgent()
    channel = await opened(agent)
    lost: list[bool] = []
    channel.on_lost = lambda: lost.append(True)
    agent.silent = {m.Heartbeat}
    waiting = asyncio.create_task(channel.request(m.Heartbeat))
    await asyncio.sleep(0)
    agent.cut_the_link()
    with pytest.raises(HeadsetVanished):
        await waiting
    assert lost == [True]
    assert channel.lost is not None
    with pytest.raises(HeadsetVanished):
        await channel.request(m.Heartbeat)
    await channel.close()


@pytest.mark.parametrize("words", [b"no json\n", b'{"type":"new_in_2027"}\n', b"x" * (m.MAX_LINE + 1)])
async def test_nonsense_is_a_lost_connection(words: bytes) -> None:
    agent = FakeAgent()
    channel = await opened(agent)
    agent.silent = {m.Heartbeat}
    waiting = asyncio.create_task(channel.request(m.Heartbeat))
    await asyncio.sleep(0)
    agent.streams[0].push(words)
    with pytest.raises(HeadsetVanished):
        await waiting
    await channel.close()


async def test_agent_that_closes_has_vanished() -> None:
    agent = FakeAgent()
    channel = await opened(agent)
    agent.silent = {m.Heartbeat}
    waiting = asyncio.create_task(channel.request(m.Heartbeat))
    await asyncio.sleep(0)
    agent.streams[0].end()
    with pytest.raises(HeadsetVanished):
        await waiting
    await channel.close()


async def test_fault_of_our_own_is_told_and_keeps_nobody_waiting() -> None:
    agent = FakeAgent()
    agent.silent = {m.Identify}
    channel = await opened(agent)
    told: list[object] = []
    lost: list[bool] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context["exception"]))

    def broken(_event: m.Event) -> None:
        raise ZeroDivisionError

    channel.on_event = broken
    channel.on_lost = lambda: lost.append(True)
    asking = asyncio.create_task(channel.request(m.Identify, seconds=1.0))
    await until(lambda: agent.of(m.Identify))
    agent.event(m.PlayerGone())
    with pytest.raises(HeadsetVanished):
        await asking
    assert lost == [True]
    assert [type(error) for error in told] == [ZeroDivisionError]
    await channel.close()
