"""Bringing the agent to a headset: it is there once, of our version, and nobody else's session is ended."""

from __future__ import annotations

import asyncio
import json
import socket

import pytest

from headset_agent.protocol.messages import CONTROL_PORT, FilmList, Role
from tests.integration.agent.headsets import VirtualHeadset, alive, gone, linked, shell
from trainer_app.domain.playback_errors import (
    AgentOfAnotherVersion,
    AgentRefusesToken,
    AgentSpeaksStrangely,
    AgentWillNotStart,
    HeadsetVanished,
    RuntimeMissing,
)
from trainer_app.headsets.agent import channel as channel_module
from trainer_app.headsets.agent.access import FILMS, HOME, PYTHON, RUN, AgentAccess
from trainer_app.headsets.agent.channel import open_channel
from trainer_app.headsets.agent.deploy import attach, find
from trainer_app.headsets.agent.package import agent_package
from trainer_app.headsets.link import DirectLink, push_bytes

OTHER_BUILD = "0" * 64


async def start_other_version(link: DirectLink) -> AgentAccess:
    """The same program under another build, as a laptop with another version would have started it."""
    file = f"{HOME}/agent-{OTHER_BUILD[:16]}.pyz"
    await push_bytes(link, agent_package().content, file)
    words = json.dumps({"token": "theirs", "build": OTHER_BUILD}).encode() + b"\n"
    started = await shell(link, f"exec {PYTHON} {file} --films {FILMS} --run {RUN}", stdin=words)
    return AgentAccess(token="theirs", build=OTHER_BUILD, pid=json.loads(started.stdout)["pid"])


async def archives(link: DirectLink) -> list[str]:
    return (await shell(link, f"ls {HOME} | grep agent")).stdout.decode().split()


async def answers(link: DirectLink, access: AgentAccess) -> bool:
    channel = await open_channel(
        link, Role.STORE, build=access.build, token=access.token, headset="1", holder=""
    )
    listed = await channel.request(FilmList)
    await channel.close()
    return bool(listed.free_bytes)


async def test_first_laptop_starts_it_and_the_second_finds_it(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    assert await find(link) is None
    first = await attach(link, "1")
    assert await answers(link, first)
    assert await archives(link) == [agent_package().name]
    async with linked(headset) as other:
        assert await attach(other, "1") == first
        assert await answers(other, first)


async def test_it_survives_the_laptop_that_started_it(headset: VirtualHeadset, link: DirectLink) -> None:
    async with linked(headset) as first:
        access = await attach(first, "1")
    assert await alive(link, access.pid)
    assert await find(link) == access


async def test_token_is_no_argument_that_every_app_could_read(link: DirectLink) -> None:
    access = await attach(link, "1")
    seen = await shell(link, "cat /proc/[0-9]*/cmdline")
    assert b"agent-" in seen.stdout
    assert access.token.encode() not in seen.stdout


async def test_killed_agent_is_started_again_and_its_page_finds_the_new_one(link: DirectLink) -> None:
    first = await attach(link, "1")
    await shell(link, f"kill -9 {first.pid}")
    await gone(link, first.pid)
    second = await attach(link, "1")
    assert second.pid != first.pid
    assert second.token == first.token
    assert await answers(link, second)


async def test_an_agent_that_was_ended_in_order_takes_its_token_along(link: DirectLink) -> None:
    first = await attach(link, "1")
    await shell(link, f"kill {first.pid}")
    await gone(link, first.pid)
    assert (await attach(link, "1")).token != first.token


async def test_number_of_another_program_is_not_taken_for_the_agent(link: DirectLink) -> None:
    """After a restart of the headset the file is still there and the number belongs to somebody else."""
    access = await attach(link, "1")
    await shell(link, f"kill -9 {access.pid}")
    await gone(link, access.pid)
    stranger = int((await shell(link, "sleep 100 >/dev/null 2>&1 & echo $!")).stdout)
    left = json.dumps({"pid": stranger, "token": access.token, "build": access.build}, separators=(",", ":"))
    await push_bytes(link, left.encode(), f"{RUN}/agent.json", mode=0o600)
    assert await find(link) is None
    assert await answers(link, await attach(link, "1"))
    await shell(link, f"kill {stranger}")


async def test_two_laptops_at_once_end_with_one_agent(headset: VirtualHeadset, link: DirectLink) -> None:
    async with linked(headset) as other:
        first, second = await asyncio.gather(attach(link, "1"), attach(other, "1"))
        assert first == second
        assert await answers(link, first)
    assert await archives(link) == [agent_package().name]


async def test_idle_agent_of_another_version_is_replaced(link: DirectLink) -> None:
    theirs = await start_other_version(link)
    ours = await attach(link, "1")
    await gone(link, theirs.pid)
    assert (ours.build, await answers(link, ours)) == (agent_package().build, True)
    assert await archives(link) == [agent_package().name]


async def test_agent_of_another_version_in_use_is_left_alone(link: DirectLink) -> None:
    theirs = await start_other_version(link)
    control = await open_channel(
        link, Role.CONTROL, build=OTHER_BUILD, token="theirs", headset="1", holder="SimKoffert på pc-042"
    )
    with pytest.raises(AgentOfAnotherVersion) as refused:
        await attach(link, "1")
    assert refused.value.params == {"headset": "1", "holder": "SimKoffert på pc-042"}
    assert await alive(link, theirs.pid)
    assert control.lost is None
    await control.close()


@pytest.mark.expects_log("does not answer")
async def test_agent_that_hangs_is_replaced(link: DirectLink, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await attach(link, "1")
    await shell(link, f"kill -STOP {first.pid}")
    monkeypatch.setattr(channel_module, "_WELCOME_S", 2.0)
    second = await attach(link, "1")
    assert second.pid != first.pid
    await gone(link, first.pid)
    monkeypatch.undo()
    assert await answers(link, second)


async def test_other_program_on_the_port_is_told(headset: VirtualHeadset, link: DirectLink) -> None:
    with socket.create_server((headset.address, CONTROL_PORT)), pytest.raises(AgentSpeaksStrangely):
        await attach(link, "1")
    assert await find(link) is None


async def test_missing_runtime_is_told(link: DirectLink) -> None:
    await shell(link, f"mv {PYTHON} {PYTHON}.away")
    try:
        with pytest.raises(RuntimeMissing):
            await attach(link, "1", find_runtime=lambda: None)
        assert await archives(link) == [], "nothing is left on a headset that cannot use it"
    finally:
        await shell(link, f"mv {PYTHON}.away {PYTHON}")


async def test_agent_that_cannot_start_says_why(link: DirectLink) -> None:
    await shell(link, "mkdir -p /sdcard/SimKoffert; echo > /sdcard/SimKoffert/films")
    with pytest.raises(AgentWillNotStart) as refused:
        await attach(link, "1")
    assert "films" in refused.value.detail


async def test_headset_that_is_gone_is_told(headset: VirtualHeadset, link: DirectLink) -> None:
    async with linked(headset) as other:
        pass
    with pytest.raises(HeadsetVanished):
        await attach(other, "1")


async def test_wrong_token_is_told(link: DirectLink) -> None:
    access = await attach(link, "1")
    with pytest.raises(AgentRefusesToken):
        await open_channel(link, Role.STORE, build=access.build, token="wrong", headset="1", holder="")


async def test_no_agent_is_told(link: DirectLink) -> None:
    with pytest.raises(HeadsetVanished):
        await open_channel(link, Role.STORE, build="b", token="t", headset="1", holder="")


@pytest.mark.parametrize("words", [b"HTTP/1.1 400 Bad Request\r\n", b'{"type":"done","id":1}\n'])
async def test_other_program_that_answers_is_told(
    headset: VirtualHeadset, link: DirectLink, words: bytes
) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, headset.address, CONTROL_PORT)
    try:
        with pytest.raises(AgentSpeaksStrangely):
            await open_channel(link, Role.STORE, build="b", token="t", headset="1", holder="")
    finally:
        server.close()
        await server.wait_closed()
