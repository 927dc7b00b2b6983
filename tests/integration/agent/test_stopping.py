"""*Stopp alt* from a program that leads nothing: dark also means that nothing of ours runs there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import aiohttp
import pytest

from headset_agent.protocol.messages import HTTP_PORT, PROTOCOL_VERSION, AskStatus, OpenPlayer, Role, encode
from headset_agent.protocol.page_messages import PageHello
from tests.fakes.waiting import until
from tests.integration.agent.headsets import VirtualHeadset, gone, shell
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.stopping import StopOutcome
from trainer_app.headsets.agent.access import RUN, AgentAccess
from trainer_app.headsets.agent.channel import Channel, open_channel
from trainer_app.headsets.agent.deploy import attach, find
from trainer_app.headsets.emergency import EmergencyStop
from trainer_app.headsets.emergency_notice import NoticedHeadset
from trainer_app.headsets.link import DirectLink


async def serial(link: DirectLink) -> str:
    return (await shell(link, "getprop ro.serialno")).stdout.decode().strip()


def control(link: DirectLink, access: AgentAccess, role: Role) -> Awaitable[Channel]:
    return open_channel(link, role, build=access.build, token=access.token, headset="1", holder="Anna")


async def open_page(link: DirectLink, access: AgentAccess) -> None:
    channel = await control(link, access, Role.CONTROL)
    await channel.request(OpenPlayer, timeout_s=10.0)
    await channel.close()


async def page_is_gone(link: DirectLink, access: AgentAccess) -> None:
    """Wait until no page reports to the agent; a page in a browser that lives comes back by itself."""
    channel = await control(link, access, Role.STORE)

    async def is_gone() -> bool:
        return (await channel.request(AskStatus)).state is None

    await until(is_gone, within_s=10, every_s=0.02)
    await channel.close()


@asynccontextmanager
async def deaf_page(headset: VirtualHeadset, access: AgentAccess) -> AsyncIterator[None]:
    """The newest page takes the order and never says that it has obeyed."""
    origin = f"http://{headset.address}:{HTTP_PORT}"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{origin}/socket?token={access.token}", headers={"Origin": origin}) as socket,
    ):
        hello = PageHello(version=PROTOCOL_VERSION, user_agent="deaf", xr=True)
        await socket.send_str(encode(hello).decode())
        yield


async def test_headset_without_an_agent_is_dark_and_gets_none(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    outcome = await EmergencyStop(headset.key).stop(headset.adb, by="Anna")
    assert outcome == StopOutcome(serial=await serial(link), dark=True)
    assert await find(link) is None


async def test_agent_that_was_killed_shows_nothing_any_more(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    access = await attach(link, "1")
    await shell(link, f"kill -9 {access.pid}")
    await gone(link, access.pid)
    assert (await EmergencyStop(headset.key).stop(headset.adb, by="Anna")).dark


async def test_page_that_does_not_say_that_it_is_dark_is_ended_with_its_browser(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    access = await attach(link, "1")
    async with deaf_page(headset, access):
        assert (await EmergencyStop(headset.key).stop(headset.adb, by="Anna")).dark


async def test_announcement_that_cannot_be_read_does_not_mean_that_nothing_plays(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    access = await attach(link, "1")
    for spoilt in ("echo nonsense > agent.json", "rm agent.json; mkdir agent.json"):
        await open_page(link, access)
        await shell(link, f"cd {RUN} && {spoilt}")
        assert (await EmergencyStop(headset.key).stop(headset.adb, by="Anna")).dark
        await page_is_gone(link, access)
    await shell(link, f"kill -9 {access.pid}")
    await gone(link, access.pid)


async def test_a_notice_opens_the_way_and_one_that_is_wrong_does_not_bar_it(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    access = await attach(link, "1")
    name = await serial(link)
    for token, build, said in (
        (access.token, access.build, "S-of-the-notice"),
        ("of an agent long gone", access.build, name),
        (access.token, "another", name),
    ):
        known = {headset.adb: NoticedHeadset(headset.adb, "S-of-the-notice", token, build)}
        outcome = await EmergencyStop(headset.key, known).stop(headset.adb, by="Anna")
        assert outcome == StopOutcome(serial=said, dark=True)


async def test_a_notice_of_an_agent_that_has_ended_ends_no_browser(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    known = {headset.adb: NoticedHeadset(headset.adb, "S", "token", "build")}
    outcome = await EmergencyStop(headset.key, known).stop(headset.adb, by="Anna")
    assert outcome == StopOutcome(serial=await serial(link), dark=True)


async def test_headset_that_is_not_there_is_told(headset: VirtualHeadset, unused_tcp_port: int) -> None:
    with pytest.raises(NothingListens):
        await EmergencyStop(headset.key).stop(f"127.0.0.1:{unused_tcp_port}", by="Anna")
