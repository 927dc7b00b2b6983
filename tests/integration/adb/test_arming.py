"""Cable once, then Wi-Fi: a headset is told to listen on its network and is waited for there."""

from __future__ import annotations

import asyncio

import pytest

from headset_agent.virtual.adbd import AdbDaemon
from headset_agent.virtual.adbd_device import DeviceProcess
from tests.fakes.usb import FakeUsbBus, FakeUsbDevice
from tests.fakes.waiting import until
from tests.integration.adb.conftest import StartDaemon
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.domain.link_errors import NoWifi, WifiRefused, WifiUnanswered
from trainer_app.headsets.arming import arm
from trainer_app.headsets.link import AdbKey, Ways
from trainer_app.headsets.link.usb import connect_usb

SERIAL = "1WMHH8150A0001"


class WifiDevice(ShellDevice):
    """Its network is this computer's own."""

    inet = "inet 127.0.0.1/24 brd 127.0.0.255 scope global wlan0"

    async def spawn(self, command: str, *, pty: bool) -> DeviceProcess:
        stand_ins = f"ip() {{ echo '    {self.inet}'; }}; getprop() {{ echo {SERIAL}; }}; "
        return await super().spawn(stand_ins + command, pty=pty)


@pytest.fixture
def wifi_device(device: ShellDevice) -> WifiDevice:
    return WifiDevice(device.root)


async def test_a_headset_on_a_cable_is_armed_and_is_not_armed_again(
    start_daemon: StartDaemon, wifi_device: WifiDevice, key: AdbKey, unused_tcp_port: int
) -> None:
    asked: list[int] = []
    wired = await start_daemon(wifi_device, listen_also=asked.append)
    ways = Ways(key, FakeUsbBus(FakeUsbDevice(SERIAL, wired)))
    wireless = AdbDaemon(wifi_device, "127.0.0.1", unused_tcp_port)

    async def listen_when_asked() -> None:
        await until(lambda: asked)
        await wireless.start()

    listening = asyncio.create_task(listen_when_asked())
    async with await connect_usb(SERIAL, ways.bus, key=key) as link:
        address = f"127.0.0.1:{unused_tcp_port}"
        assert await arm(link, SERIAL, unused_tcp_port, ways) == address
        # It answers there by now: restarting its daemon would end what runs on it.
        assert await arm(link, SERIAL, unused_tcp_port, ways) == address
    await listening
    await wireless.close()
    assert asked == [unused_tcp_port]


async def test_a_headset_that_cannot_be_armed_says_why(
    start_daemon: StartDaemon, wifi_device: WifiDevice, key: AdbKey, unused_tcp_port: int
) -> None:
    refuses = Ways(key, FakeUsbBus(FakeUsbDevice(SERIAL, await start_daemon(wifi_device))))
    async with await connect_usb(SERIAL, refuses.bus, key=key) as link:
        with pytest.raises(WifiRefused):
            await arm(link, SERIAL, unused_tcp_port, refuses)
    deaf = await start_daemon(wifi_device, listen_also=lambda _port: None)
    never_answers = Ways(key, FakeUsbBus(FakeUsbDevice(SERIAL, deaf)))
    async with await connect_usb(SERIAL, never_answers.bus, key=key) as link:
        with pytest.raises(WifiUnanswered) as told:
            await arm(link, SERIAL, unused_tcp_port, never_answers, wait_s=0.2)
        assert told.value.params["address"] == f"127.0.0.1:{unused_tcp_port}"
        wifi_device.inet = ""
        with pytest.raises(NoWifi):
            await arm(link, SERIAL, unused_tcp_port, never_answers)


async def test_somebody_else_at_the_address_is_not_taken_for_the_headset(
    start_daemon: StartDaemon, wifi_device: WifiDevice, key: AdbKey
) -> None:
    other = await start_daemon(wifi_device)
    wired = await start_daemon(wifi_device, listen_also=lambda _port: None)
    ways = Ways(key, FakeUsbBus(FakeUsbDevice(SERIAL, wired)))
    async with await connect_usb(SERIAL, ways.bus, key=key) as link:
        with pytest.raises(WifiUnanswered):
            await arm(link, "ANOTHER", other.port, ways, wait_s=0.2)
