"""*Stopp alt* from a program that leads nothing: dark also means that nothing of ours runs there."""

from __future__ import annotations

import pytest

from tests.integration.agent.headsets import VirtualHeadset, gone, shell
from tests.integration.agent.parts import free_port
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.stopping import StopOutcome
from trainer_app.headsets.agent.deploy import attach, find
from trainer_app.headsets.emergency import EmergencyStop
from trainer_app.headsets.emergency_notice import NoticedHeadset
from trainer_app.headsets.link import DirectLink


async def serial(link: DirectLink) -> str:
    return (await shell(link, "getprop ro.serialno")).stdout.decode().strip()


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


async def test_headset_without_a_page_has_nobody_who_confirms(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    await attach(link, "1")
    assert not (await EmergencyStop(headset.key).stop(headset.adb, by="Anna")).dark


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
        # No page is open; only the agent itself could have said so.
        assert outcome == StopOutcome(serial=said, dark=False)


async def test_a_notice_of_an_agent_that_has_ended_ends_no_browser(
    headset: VirtualHeadset, link: DirectLink
) -> None:
    known = {headset.adb: NoticedHeadset(headset.adb, "S", "token", "build")}
    outcome = await EmergencyStop(headset.key, known).stop(headset.adb, by="Anna")
    assert outcome == StopOutcome(serial=await serial(link), dark=True)


async def test_headset_that_is_not_there_is_told(headset: VirtualHeadset) -> None:
    with pytest.raises(NothingListens):
        await EmergencyStop(headset.key).stop(f"127.0.0.1:{free_port()}", by="Anna")
