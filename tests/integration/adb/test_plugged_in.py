"""A headset that is plugged in is on the table by itself, and gone when its cable is pulled."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headset_agent.virtual.adbd import AdbDaemon
from tests.fakes.films import LibraryInMemory
from tests.fakes.live_headsets import KIT, Memory
from tests.fakes.usb import FakeUsbBus, FakeUsbDevice
from tests.fakes.waiting import until
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.link_errors import CableLost, NotPluggedIn
from trainer_app.headsets.link import AdbKey, Ways
from trainer_app.headsets.link.server import AdbServer
from trainer_app.headsets.nearby import NearbyGateway
from trainer_app.services.headset_port import Greeting
from trainer_app.services.live.pace import Pace
from trainer_app.services.live_kit import LiveKit

SERIAL = "1WMHH8150A0001"


def kit_on(bus: FakeUsbBus, key: AdbKey, no_server: int) -> LiveKit:
    return LiveKit(
        NearbyGateway(key, ways=Ways(key, bus, AdbServer(no_server))),
        Memory(),
        LibraryInMemory(),
        greet=lambda _number: Greeting(lang="nb", fill="#000000", ink="#ffffff"),
        holder="Anna",
        now=lambda: datetime.now(UTC),
        pace=Pace(look=0.05, first_retry=0.05, last_retry=0.2, facts=0.2),
    )


# asyncio of Python 3.11, when a process ends in the moment in which its pipes are let go of.
@pytest.mark.allows_log("Unknown child process pid")
async def test_headset_comes_and_goes_with_its_cable(
    daemon: AdbDaemon, key: AdbKey, unused_tcp_port: int
) -> None:
    bus = FakeUsbBus()
    kit = kit_on(bus, key, unused_tcp_port)
    await kit.open(KIT, [], target_count=1)
    assert [headset.state for headset in kit.now.headsets] == [S.NOT_CONNECTED]
    usb = FakeUsbDevice(SERIAL, daemon)
    bus.plugged_in.append(usb)
    await until(lambda: kit.now.headsets[0].facts is not None)
    assert kit.now.headsets[0].address == f"usb:{SERIAL}"
    bus.plugged_in.clear()
    usb.cable.pull()
    await until(lambda: isinstance(kit.now.headsets[0].problem, CableLost | NotPluggedIn))
    assert kit.now.headsets[0].state is S.NOT_CONNECTED
    usb.plug_in_again()
    bus.plugged_in.append(usb)
    await until(lambda: kit.now.headsets[0].state is not S.NOT_CONNECTED)
    await kit.release()
    await until(lambda: not usb.claimed)
