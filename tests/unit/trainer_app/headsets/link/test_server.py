"""What an adb server says of the headsets it has; the lines have the shape that ``adb devices -l`` prints."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator

import pytest

from tests.fakes.waiting import until
from trainer_app.domain.link_errors import CableLost, HeadsetOffline, NotPluggedIn, ServerGone, UsbNoAccess
from trainer_app.headsets.link.server import (
    AdbServer,
    ServerAbsent,
    ServerDevice,
    ServerRefused,
    parse_devices,
    server_port,
)
from trainer_app.headsets.link.server_link import ServerLink, _Arrival, connect_server
from trainer_app.headsets.link.server_stream import ServerStream
from trainer_app.headsets.link.terms import Terms

LISTED = (
    "1WMHH8150A0001         device usb:1-2 product:hollywood model:Quest_2 device:hollywood transport_id:1\n"
    "192.168.1.20:5555      offline product:eureka model:Quest_3 device:eureka transport_id:2\n"
    "PA7L50MGF7110          unauthorized usb:1-4 transport_id:3\n"
    "????????????           no permissions (user in plugdev group; are your udev rules wrong?); see "
    "[http://developer.android.com/tools/device.html] usb:1-5 transport_id:4\n"
)


def test_devices_are_read_from_the_long_list() -> None:
    quest, pico, other, locked = parse_devices(LISTED)
    assert (quest.serial, quest.state, quest.is_on_cable) == ("1WMHH8150A0001", "device", True)
    assert quest.properties["model"] == "Quest_2"
    assert quest.properties["device"] == "hollywood"
    assert (pico.serial, pico.state, pico.is_on_cable) == ("192.168.1.20:5555", "offline", False)
    assert other.state == "unauthorized"
    assert locked.state == "no permissions"


def test_devices_are_read_from_the_list_that_is_followed() -> None:
    devices = parse_devices("A1\tdevice\nB2\tno permissions (verify udev rules); see [http://x]\n\n")
    assert [(one.serial, one.state) for one in devices] == [("A1", "device"), ("B2", "no permissions")]
    assert parse_devices("") == []


def test_the_environment_says_where_the_server_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANDROID_ADB_SERVER_PORT", raising=False)
    assert server_port() == 5037
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "6037")
    assert server_port() == 6037
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "none")
    assert server_port() == 5037


class Scripted:
    """A server that answers by the book: each request with the bytes that stand there for it."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.keeps_open = True
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readexactly(int(await reader.readexactly(4), 16))).decode()
            writer.write(self.answers.get(request, b"FAIL0005what?"))
            if self.keeps_open and request == "host:track-devices":
                await reader.read()
        finally:
            writer.close()


@pytest.fixture
async def scripted() -> AsyncIterator[Scripted]:
    server = Scripted()
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0) as listening:
        server.port = listening.sockets[0].getsockname()[1]
        yield server


def told(text: str) -> bytes:
    return b"OKAY%04x" % len(text.encode()) + text.encode()


async def test_a_refusal_carries_the_servers_reason(scripted: Scripted) -> None:
    with pytest.raises(ServerRefused, match="what"):
        await AdbServer(scripted.port).features("A1")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400", b"OKAYzzzz", b"OK", b"", b"OKAY0005abc"])
async def test_whoever_speaks_another_language_is_no_server(scripted: Scripted, answer: bytes) -> None:
    scripted.answers["host:version"] = answer
    with pytest.raises(ServerAbsent):
        await AdbServer(scripted.port).version()


async def test_no_server_runs(unused_tcp_port: int) -> None:
    with pytest.raises(ServerAbsent):
        await AdbServer(unused_tcp_port).devices()
    with pytest.raises(ServerGone, match="Brille 3"):
        await connect_server("A1", AdbServer(unused_tcp_port), terms=Terms(headset="Brille 3"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("A1\toffline\n", HeadsetOffline),
        ("A1\tno permissions\n", UsbNoAccess),
        ("B2\tdevice\n", NotPluggedIn),
        ("", NotPluggedIn),
    ],
)
async def test_a_headset_the_server_cannot_speak_to_says_why(
    scripted: Scripted, line: str, problem: type[Exception]
) -> None:
    scripted.answers["host:track-devices"] = told(line)
    with pytest.raises(problem, match="Brille 3"):
        await connect_server(
            "A1", AdbServer(scripted.port), terms=Terms(headset="Brille 3", answer_timeout_s=0.2)
        )


class Stuck(AdbServer):
    """Has a headset until it leaves, and never opens anything."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.leaves = asyncio.Event()

    async def follow(self) -> AsyncGenerator[list[ServerDevice], None]:
        yield parse_devices("A1\tdevice\n")
        await self.leaves.wait()
        yield []

    async def open(self, serial: str, service: str) -> socket.socket:
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError


async def test_opening_a_service_ends_when_the_headset_leaves_the_server() -> None:
    server = Stuck()
    link = ServerLink(_Arrival("A1", server), frozenset(), None)
    opening = asyncio.create_task(link.open_service("shell:sleep 1000"))
    await server.asked.wait()
    server.leaves.set()
    async with asyncio.timeout(40):
        with pytest.raises(CableLost):
            await opening
    await link.close()


async def test_the_connection_is_closed_also_when_whoever_closes_it_is_cancelled() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with theirs:
        stream = ServerStream(ours, "1", "tcp", lambda: None, lambda _: None)
        closing = asyncio.create_task(stream.close())
        await asyncio.sleep(0)
        closing.cancel()
        await until(lambda: ours.fileno() == -1)
