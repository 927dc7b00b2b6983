"""A running adb server, asked by its own protocol: which headsets it has, and services of them.

Every request is four hexadecimal digits of length and a text; the answer is OKAY or FAIL with a reason. After
``host:transport:SERIAL`` the same connection opens a service of that headset. We use a server that runs and
never start or end one: whoever did that has reasons.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass, field

from trainer_app.domain.headset_address import is_network_name

DEFAULT_PORT = 5037
HOST = "127.0.0.1"

DEVICE = "device"
UNAUTHORIZED = "unauthorized"
NO_PERMISSIONS = "no permissions"

_LARGEST_ANSWER = 0xFFFF
_FIELD = re.compile(r"\b(usb|product|model|device|features|transport_id):(\S*)")


class ServerAbsent(Exception):
    """No adb server runs, or what answers is none, or it ended."""


class ServerRefused(Exception):
    """The server said FAIL; its reason is the message."""


@dataclass(frozen=True, slots=True)
class ServerDevice:
    """A device the server knows.

    Attributes:
        serial: The server's name for it: the serial number, or for one reached over a network its
            ``host:port`` or the name it is announced by.
        state: ``device``, ``unauthorized``, ``offline`` ...
        properties: ``product``, ``model``, ``device``, ``usb`` as far as they are told.
    """

    serial: str
    state: str
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_on_cable(self) -> bool:
        """The server does not reach it over the network."""
        return not is_network_name(self.serial)


def server_port() -> int:
    """Where the server of this computer listens: the environment's word, or the usual port."""
    given = os.environ.get("ANDROID_ADB_SERVER_PORT", "")
    return int(given) if given.isascii() and given.isdigit() and 0 < int(given) < 65536 else DEFAULT_PORT


class AdbServer:
    """The adb server of this computer, whether it runs or not.

    Args:
        port: None: what the environment says when it is asked.
    """

    def __init__(self, port: int | None = None) -> None:
        self._port = port

    async def version(self) -> int:
        """Its version. Raises ServerAbsent."""
        async with self._asking("host:version") as line:
            return _number(await line.text())

    async def devices(self) -> list[ServerDevice]:
        """What is connected. Raises ServerAbsent, ServerRefused."""
        async with self._asking("host:devices-l") as line:
            return parse_devices(await line.text())

    async def follow(self) -> AsyncGenerator[list[ServerDevice], None]:
        """What is connected, now and after every change. Ends with ServerAbsent."""
        async with self._asking("host:track-devices") as line:
            while True:
                yield parse_devices(await line.text())

    async def features(self, serial: str) -> frozenset[str]:
        """What a headset can do. Raises ServerAbsent, ServerRefused."""
        async with self._asking(f"host-serial:{serial}:features") as line:
            return frozenset(filter(None, (await line.text()).strip().split(",")))

    async def open(self, serial: str, service: str) -> socket.socket:
        """Open a service; gives the connection that carries it from here on.

        Raises:
            ServerAbsent: The server has gone.
            ServerRefused: It has no such headset, or the headset refused the service.
        """
        line = await self._connected()
        try:
            await line.ask(f"host:transport:{serial}")
            await line.ask(service)
        except BaseException:
            line.close()
            raise
        return line.sock

    @contextlib.asynccontextmanager
    async def _asking(self, request: str) -> AsyncIterator[_Line]:
        line = await self._connected()
        try:
            await line.ask(request)
            yield line
        finally:
            line.close()

    async def _connected(self) -> _Line:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            port = server_port() if self._port is None else self._port
            await asyncio.get_running_loop().sock_connect(sock, (HOST, port))
        except OSError as error:
            sock.close()
            raise ServerAbsent(f"no adb server: {error}") from error
        except BaseException:
            sock.close()
            raise
        return _Line(sock)


class _Line:
    """One connection to the server, up to the moment at which a service takes it over."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._loop = asyncio.get_running_loop()

    async def ask(self, request: str) -> None:
        """Send a request; returns when it was answered OKAY."""
        raw = request.encode(errors="surrogateescape")
        if len(raw) > _LARGEST_ANSWER:
            raise ServerRefused(f"a request of {len(raw)} bytes")
        try:
            await self._loop.sock_sendall(self.sock, b"%04x" % len(raw) + raw)
        except OSError as error:
            raise ServerAbsent(f"the adb server hung up: {error}") from error
        verdict = await self._exactly(4)
        if verdict == b"FAIL":
            raise ServerRefused(await self.text())
        if verdict != b"OKAY":
            raise ServerAbsent(f"no adb server: it answered {verdict!r}")

    async def text(self) -> str:
        """A text with its length before it."""
        return (await self._exactly(_number((await self._exactly(4)).decode("latin-1")))).decode(
            errors="replace"
        )

    def close(self) -> None:
        self.sock.close()

    async def _exactly(self, count: int) -> bytes:
        # Never more: what follows belongs to the service.
        got = bytearray()
        while len(got) < count:
            try:
                piece = await self._loop.sock_recv(self.sock, count - len(got))
            except OSError as error:
                raise ServerAbsent(f"the adb server hung up: {error}") from error
            if not piece:
                raise ServerAbsent("the adb server hung up")
            got += piece
        return bytes(got)


def parse_devices(text: str) -> list[ServerDevice]:
    """Read the lines of ``devices``, ``devices-l`` or ``track-devices``."""
    found = []
    for line in text.splitlines():
        serial, _, rest = line.strip().partition("\t") if "\t" in line else line.strip().partition(" ")
        if serial and rest.strip():
            found.append(_device(serial, rest.strip()))
    return found


def _device(serial: str, rest: str) -> ServerDevice:
    properties = dict(_FIELD.findall(rest))
    state = NO_PERMISSIONS if rest.startswith(NO_PERMISSIONS) else rest.split()[0]
    return ServerDevice(serial, state, properties)


def _number(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError as error:
        raise ServerAbsent(f"no adb server: a length of {text!r}") from error
