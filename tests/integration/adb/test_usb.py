"""The link over a USB cable: what only a cable does, and all that works over TCP as well."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import usb1

from headset_agent.protocol.adb.framing import Command, Packet, encode
from headset_agent.virtual.adbd import AdbDaemon
from tests.fakes.usb import FakeUsbBus, FakeUsbDevice
from tests.fakes.waiting import until
from tests.integration.adb.conftest import StartDaemon
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.domain.link_errors import (
    CableLost,
    HeadsetSilent,
    LinkLost,
    LinkProblem,
    NotAccepted,
    NotPluggedIn,
    UsbBusy,
    UsbDriverMissing,
    UsbLibraryMissing,
    UsbNoAccess,
)
from trainer_app.headsets.link import (
    AdbKey,
    DirectLink,
    Terms,
    pull_bytes,
    push_bytes,
    push_range,
    reverse_to,
    run,
)
from trainer_app.headsets.link.usb import connect_usb

SERIAL = "1WMHH8150A0001"


@pytest.fixture(params=[(512, False), (512, True), (1024, False)], ids=["usb2", "usb2-ends", "usb3"])
async def usb(request: pytest.FixtureRequest, daemon: AdbDaemon) -> FakeUsbDevice:
    """A headset on a cable of each kind."""
    packet_size, ends_full_payloads = request.param
    return FakeUsbDevice(SERIAL, daemon, packet_size, ends_full_payloads)


@pytest.fixture
async def usb2(daemon: AdbDaemon) -> FakeUsbDevice:
    return FakeUsbDevice(SERIAL, daemon)


@pytest.fixture
async def link(usb: FakeUsbDevice, key: AdbKey) -> AsyncIterator[DirectLink]:
    async with await connect_usb(SERIAL, FakeUsbBus(usb), key=key) as link:
        yield link


async def test_commands_and_files_go_over_a_cable(
    link: DirectLink, device: ShellDevice, tmp_path: Path
) -> None:
    result = await run(link, "echo out; echo err >&2; exit 7", timeout_s=30)
    assert (result.stdout, result.stderr, result.exit_code) == (b"out\n", b"err\n", 7)
    source = tmp_path / "film"
    source.write_bytes(os.urandom(3_000_003))
    await push_range(link, source, "/film")
    assert device.resolve("/film").read_bytes() == source.read_bytes()
    assert await pull_bytes(link, "/film", limit=4_000_000) == source.read_bytes()


@pytest.mark.parametrize("size", [512, 16_384, 131_072])
async def test_a_payload_that_fills_its_packets_is_ended(link: DirectLink, size: int) -> None:
    content = os.urandom(size)
    async with await link.open_service("exec:cat") as echo:
        for _ in range(3):
            await echo.write(content)
            assert await echo.read_exactly(size) == content


async def test_only_full_packets_are_followed_by_an_empty_one(usb2: FakeUsbDevice, key: AdbKey) -> None:
    async with await connect_usb(SERIAL, FakeUsbBus(usb2), key=key) as link:
        echo = await link.open_service("exec:cat")
        before = len(usb2.cable.writes)
        for content in (b"x" * 1024, b"y" * 1000):
            await echo.write(content)
            assert await echo.read_exactly(len(content)) == content
        sizes = [size for size in usb2.cable.writes[before:] if size not in (24, 4)]
    assert sizes == [1024, 0, 1000]


async def test_what_a_former_session_left_is_dropped(daemon: AdbDaemon, key: AdbKey) -> None:
    stale = encode(Packet(Command.WRTE, 7, 8, os.urandom(400)))
    left = (stale[:24], stale[24:], b"\0" * 512, b"\0" * 3)
    usb = FakeUsbDevice(SERIAL, daemon, stale=left)
    async with await connect_usb(SERIAL, FakeUsbBus(usb), key=key) as link:
        assert (await run(link, "echo in", timeout_s=30)).stdout == b"in\n"


async def test_a_pulled_cable_is_told_at_once_and_everything_ends(
    link: DirectLink, usb: FakeUsbDevice
) -> None:
    stream = await link.open_service("exec:cat")
    reading = asyncio.create_task(stream.read(1))
    usb.cable.pull()
    async with asyncio.timeout(30):
        assert isinstance(await link.wait_lost(), CableLost)
        with pytest.raises(CableLost):
            await reading
    with pytest.raises(CableLost):
        await link.open_service("exec:cat")


async def test_a_cable_pulled_during_a_push_ends_it_and_can_be_plugged_in_again(
    usb2: FakeUsbDevice, key: AdbKey, tmp_path: Path
) -> None:
    source = tmp_path / "film"
    with source.open("wb") as file:
        file.truncate(50 << 20)
    async with await connect_usb(SERIAL, FakeUsbBus(usb2), key=key) as link:
        with pytest.raises(LinkLost):
            await push_range(
                link, source, "/film", progress=lambda done: usb2.cable.pull() if done > 1 << 20 else None
            )
    usb2.plug_in_again()
    async with await connect_usb(SERIAL, FakeUsbBus(usb2), key=key) as link:
        assert await push_bytes(link, b"next", "/film") == 4


async def test_a_closed_link_can_be_opened_again_at_once(usb2: FakeUsbDevice, key: AdbKey) -> None:
    for _ in range(3):
        async with await connect_usb(SERIAL, FakeUsbBus(usb2), key=key) as link:
            assert (await run(link, "echo in", timeout_s=30)).stdout == b"in\n"
        assert not usb2.claimed
    assert usb2.sessions == 3


async def test_a_headset_that_takes_nothing_can_still_be_closed(usb2: FakeUsbDevice, key: AdbKey) -> None:
    async with await connect_usb(SERIAL, FakeUsbBus(usb2), key=key) as link:
        stream = await link.open_service("exec:cat")
        usb2.cable.stalled = True
        writing = asyncio.create_task(stream.write(bytes(1 << 20)))
        await asyncio.sleep(0)
        async with asyncio.timeout(30):
            await link.close()
        with pytest.raises(LinkLost):
            await writing
    assert not usb2.claimed


@pytest.mark.parametrize(
    ("says", "means"),
    [
        (usb1.USBErrorAccess(), UsbNoAccess),
        (usb1.USBErrorBusy(), UsbBusy),
        (usb1.USBErrorNotSupported(), UsbDriverMissing),
        (usb1.USBErrorNoDevice(), CableLost),
    ],
)
async def test_a_headset_that_cannot_be_opened_says_why(
    usb2: FakeUsbDevice, key: AdbKey, says: usb1.USBError, means: type[LinkProblem]
) -> None:
    usb2.refuses = says
    with pytest.raises(means, match="Brille 3"):
        await connect_usb(SERIAL, FakeUsbBus(usb2), key=key, terms=Terms(headset="Brille 3"))
    usb2.refuses = None
    await (await connect_usb(SERIAL, FakeUsbBus(usb2), key=key)).close()


async def test_two_cannot_have_one_cable(link: DirectLink, usb: FakeUsbDevice, key: AdbKey) -> None:
    with pytest.raises(UsbBusy):
        await connect_usb(SERIAL, FakeUsbBus(usb), key=key)
    assert (await run(link, "echo in", timeout_s=30)).stdout == b"in\n"


async def test_a_headset_that_is_not_there_and_a_computer_without_libusb(key: AdbKey) -> None:
    bus = FakeUsbBus()
    with pytest.raises(NotPluggedIn):
        await connect_usb(SERIAL, bus, key=key)
    bus.problem = UsbLibraryMissing(headset="USB")
    with pytest.raises(UsbLibraryMissing):
        await connect_usb(SERIAL, bus, key=key)


async def test_a_headset_that_says_nothing_is_let_go_of(usb2: FakeUsbDevice, key: AdbKey) -> None:
    usb2.cable.stalled = True
    with pytest.raises(HeadsetSilent):
        await connect_usb(SERIAL, FakeUsbBus(usb2), key=key, terms=Terms(answer_timeout_s=0.3))
    assert not usb2.claimed


async def test_nobody_accepts_and_then_somebody_does(
    start_daemon: StartDaemon, tmp_path: Path, key: AdbKey
) -> None:
    device = ShellDevice(tmp_path, strict=True)
    usb = FakeUsbDevice(SERIAL, await start_daemon(device))
    with pytest.raises(NotAccepted):
        await connect_usb(SERIAL, FakeUsbBus(usb), key=key, terms=Terms(accept_timeout_s=0.2))
    device.accept.set()
    async with await connect_usb(SERIAL, FakeUsbBus(usb), key=key) as link:
        assert (await run(link, "echo in", timeout_s=30)).stdout == b"in\n"


async def test_a_headset_of_before_2018_on_a_cable(
    start_daemon: StartDaemon, device: ShellDevice, key: AdbKey
) -> None:
    old = await start_daemon(device, version=0x01000000, max_payload=4096, features=())
    usb = FakeUsbDevice(SERIAL, old)
    content = os.urandom(100_000)
    async with await connect_usb(SERIAL, FakeUsbBus(usb), key=key) as link:
        await push_bytes(link, content, "/x")
        assert await pull_bytes(link, "/x") == content


async def test_the_headset_reaches_the_laptop_over_the_cable(link: DirectLink, unused_tcp_port: int) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"laptop: " + await reader.readline())
        await writer.drain()
        writer.close()

    tunnel = await reverse_to(link, unused_tcp_port, answer)
    reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
    writer.write(b"hei\n")
    assert await reader.read() == b"laptop: hei\n"
    writer.close()
    await writer.wait_closed()
    await tunnel.close()


async def test_who_gives_up_while_it_opens_leaves_nothing_claimed(usb2: FakeUsbDevice, key: AdbKey) -> None:
    connecting = asyncio.create_task(connect_usb(SERIAL, FakeUsbBus(usb2), key=key))
    await until(lambda: usb2.claimed)
    connecting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await connecting
    await until(lambda: not usb2.claimed)
