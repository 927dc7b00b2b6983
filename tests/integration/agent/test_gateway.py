"""Connections to a headset: *Stopp alt* has its own as long as there can be one, and none is left over."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.network import Network
from tests.fakes.waiting import until
from tests.integration.agent.headsets import VirtualHeadset
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.agent import stop_line as stop_line_module
from trainer_app.headsets.agent.identity import Identity
from trainer_app.headsets.gateway import AdbGateway, AdbHeadset
from trainer_app.headsets.link import DirectLink

WHO = Identity(serial="S1", number=1, lang="nb", colour="#000000", ink="#ffffff")


@pytest.fixture
async def wire(headset: VirtualHeadset, link: DirectLink) -> AsyncIterator[Network]:
    """Between the laptop and the headset's ADB daemon."""
    async with Network(headset.adb) as wire:
        yield wire


async def reached(headset: VirtualHeadset, wire: Network) -> AdbHeadset:
    connected = await AdbGateway(headset.key).connect(wire.address, lambda _address: None)
    assert isinstance(connected, AdbHeadset)
    return connected


async def test_connection_of_the_stop_is_made_anew_when_it_is_lost(
    headset: VirtualHeadset, wire: Network
) -> None:
    device = await reached(headset, wire)
    member = await device.join(WHO, film_title="", holder="Anna")
    assert wire.open == 2
    wire.cut_newest()
    await until(lambda: wire.accepted == 3)
    assert member.problem is None
    await member.close()
    await device.close()
    await until(lambda: not wire.open)


@pytest.mark.expects_log("Stopp alt shares the film's connection")
async def test_headset_that_takes_one_connection_takes_part_and_the_stop_gets_its_own_once_it_can(
    headset: VirtualHeadset, wire: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop_line_module, "OWN_S", 0.02)
    wire.takes = 1
    device = await reached(headset, wire)
    member = await device.join(WHO, film_title="", holder="Anna")
    assert member.problem is None
    await until(lambda: wire.accepted > 3)
    assert wire.open == 1
    wire.takes = 1000
    await until(lambda: wire.open == 2)
    assert member.problem is None
    await member.close()
    await device.close()


async def test_films_are_removed_from_the_film_folder_and_nothing_else_is(
    headset: VirtualHeadset, wire: Network
) -> None:
    device = await reached(headset, wire)
    own, foreign, lost = "ab" * 32, "cd" * 32, "ef" * 32
    photo = headset.films.parent / "DCIM" / f"{foreign}.mp4"
    photo.parent.mkdir(parents=True)
    headset.films.mkdir(parents=True, exist_ok=True)
    for path in (headset.films / f"{own}.part", headset.films / f"{foreign}.part", photo):
        path.write_bytes(b"1234")
    (headset.films / f"{lost}.mp4").write_bytes(b"123456")
    stored = (await device.facts()).stored
    assert [(one.sha256, one.size_bytes, one.whole) for one in stored] == [
        (own, 4, False),
        (foreign, 4, False),
        (lost, 6, False),
    ]
    assert all(one.since is not None for one in stored)
    await device.remove_films([foreign, lost], label="1")
    assert [one.sha256 for one in (await device.facts()).stored] == [own]
    assert photo.read_bytes() == b"1234"
    await device.close()


async def test_no_connection_is_made_to_a_headset_that_was_let_go_of(
    headset: VirtualHeadset, wire: Network
) -> None:
    device = await reached(headset, wire)
    await device.close()
    with pytest.raises(HeadsetVanished):
        await device.join(WHO, film_title="", holder="Anna")
    await until(lambda: not wire.open)
    assert wire.accepted == 1
