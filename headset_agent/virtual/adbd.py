"""The ADB daemon of a virtual headset: what Android's ``adbd`` is on a real one.

Debian's ``adb`` is its judge. It listens on loopback only, because its shell is a shell on this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import random
import socket
from collections.abc import Callable, Iterator
from typing import TypeVar

from headset_agent.protocol.adb.banner import FEATURES, SHELL_V2, format_banner
from headset_agent.protocol.adb.connecting import serve_device
from headset_agent.protocol.adb.errors import AdbError
from headset_agent.protocol.adb.framing import (
    MAX_PAYLOAD,
    PAYLOAD_BEFORE_HANDSHAKE,
    VERSION_WITH_CHECKSUM,
    VERSION_WITHOUT_CHECKSUM,
)
from headset_agent.protocol.adb.handshake import TOKEN_SIZE, DeviceHandshake
from headset_agent.protocol.adb.peer import AdbPeer, AdbStream, ByteChannel, IncomingOpen
from headset_agent.virtual.adbd_device import Arrivals, Device
from headset_agent.virtual.adbd_keys import is_signed_by_any
from headset_agent.virtual.adbd_shell import ShellSessions, parse_shell_service
from headset_agent.virtual.adbd_sync import SyncSession
from headset_agent.virtual.adbd_tunnels import ReverseTunnels, serve_tunnel
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import (
    Cut,
    DeviceClose,
    NoShellV2,
    OneClient,
    SmallPayload,
    Unauthorised,
)
from headset_agent.virtual.faults.line import FaultyChannel

_log = logging.getLogger(__name__)
_Member = TypeVar("_Member")

__all__ = ["AdbDaemon", "Device"]


class AdbDaemon:
    """Listens for hosts and serves them until :meth:`close`."""

    def __init__(
        self,
        device: Device,
        host: str,
        port: int,
        *,
        max_payload: int = MAX_PAYLOAD,
        version: int = VERSION_WITHOUT_CHECKSUM,
        features: tuple[str, ...] = FEATURES,
        arrivals: Arrivals | None = None,
        trusts_all: bool = False,
        faults: ActiveFaults | None = None,
        listen_also: Callable[[int], None] | None = None,
    ) -> None:
        """Prepare; nothing listens before :meth:`start`.

        Args:
            device: The headset behind the daemon.
            host: A loopback address.
            port: 0 lets the operating system choose.
            max_payload: Bytes of a packet it takes; old headsets take 4096.
            version: 0x01000000 computes checksums, as headsets before 2018 do.
            features: What it announces; it serves everything regardless.
            arrivals: What the headset has to say to files that a host sends.
            trusts_all: Every host is known; none has to be accepted.
            faults: What is wrong with the headset at the moment.
            listen_also: Restarts the daemon so that it listens on the network, at a port; None: it refuses.

        Raises:
            ValueError: ``host`` is no loopback address.
        """
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} can be reached from other machines")
        self._device = device
        self._address = (host, port)
        self._max_payload = max_payload
        self._version = version
        self._features = features
        self._arrivals = arrivals
        self._trusts_all = trusts_all
        self._faults = ActiveFaults() if faults is None else faults
        self._chance = random.Random(0)
        self._listen_also = listen_also
        self._shells = ShellSessions(device)
        self._services: set[_HostServices] = set()
        self._channels: set[ByteChannel] = set()
        self._socket: socket.socket | None = None
        self._listening: asyncio.Task[None] | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The port it listens on; valid after :meth:`start`."""
        assert self._socket is not None
        return int(self._socket.getsockname()[1])

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: The port is taken.
        """
        self._socket = socket.create_server(self._address, backlog=16)
        self._socket.setblocking(False)
        self._listening = asyncio.create_task(self._listen(self._socket))

    async def close(self) -> None:
        """Stop listening, end all connections and kill the shells that are left."""
        tasks = [*self._connections]
        if self._listening is not None:
            tasks.append(self._listening)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._socket is not None:
            self._socket.close()
        await self._shells.close()

    def drop(self) -> None:
        """Break all connections over TCP; the next ones meet the headset as it is then."""
        for channel in self._channels:
            if isinstance(channel, FaultyChannel):
                channel.cut()

    def close_streams(self, begin: str) -> None:
        """Close the streams of all services whose names begin so; the connections stay."""
        for services in self._services:
            services.close_streams(begin)

    async def _listen(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            sock, _ = await loop.sock_accept(listener)
            if self._hangs_up():
                sock.close()
            else:
                self.attach(FaultyChannel(sock, self._faults, self._chance))

    def attach(self, channel: ByteChannel) -> None:
        """A host is at the other end of a channel: a TCP connection, or a cable."""
        task = asyncio.create_task(self._serve_host(channel))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    def _hangs_up(self) -> bool:
        """Nobody else is let in at the moment."""
        cut = self._faults.get(Cut)
        is_taken = self._faults.get(OneClient) is not None and bool(self._connections)
        return is_taken or (cut is not None and not cut.after_bytes)

    async def _serve_host(self, channel: ByteChannel) -> None:
        """Serve one connection from its first packet to its end."""
        services = _HostServices(self._device, self._shells, self._arrivals, self._faults, self._listen_also)
        with _among(self._channels, channel), _among(self._services, services):
            await self._serve(channel, services)

    async def _serve(self, channel: ByteChannel, services: _HostServices) -> None:
        try:
            peer = await serve_device(
                channel,
                self._new_handshake(),
                accept_key=self._device.accept_key,
                on_open=services.serve,
            )
        except AdbError as error:
            _log.info("a host did not get in: %s", error)
            return
        async with peer:
            services.peer_is(peer)
            try:
                reason = await peer.wait_lost()
                _log.info("a host left: %s", reason)
            finally:
                await services.close()

    def _new_handshake(self) -> DeviceHandshake:
        is_old = self._faults.get(SmallPayload) is not None
        features = [name for name in self._features if name != SHELL_V2 or not self._faults.get(NoShellV2)]
        return DeviceHandshake(
            banner=format_banner("device", self._device.banner, features),
            new_token=lambda: os.urandom(TOKEN_SIZE),
            is_signed_by_known_key=self._is_known,
            version=VERSION_WITH_CHECKSUM if is_old else self._version,
            max_payload=PAYLOAD_BEFORE_HANDSHAKE if is_old else self._max_payload,
        )

    def _is_known(self, token: bytes, signature: bytes) -> bool:
        if self._faults.get(Unauthorised):
            return False
        return self._trusts_all or is_signed_by_any(self._device.known_keys(), token, signature)


class _HostServices:
    """What one connected host may open."""

    def __init__(
        self,
        device: Device,
        shells: ShellSessions,
        arrivals: Arrivals | None,
        faults: ActiveFaults,
        listen_also: Callable[[int], None] | None,
    ) -> None:
        self._listen_also = listen_also
        self._device = device
        self._shells = shells
        self._arrivals = arrivals
        self._faults = faults
        self._reverse: ReverseTunnels | None = None
        self._open: dict[asyncio.Task[None], str] = {}

    def peer_is(self, peer: AdbPeer) -> None:
        """Say who the host is; called before its first packet is read."""
        self._reverse = ReverseTunnels(peer, self._device.localhost)

    async def close(self) -> None:
        """Take down what lives only as long as the connection."""
        if self._reverse is not None:
            await self._reverse.close()

    def close_streams(self, begin: str) -> None:
        """Close the streams of all services whose names begin so."""
        for task in [task for task, service in self._open.items() if service.startswith(begin)]:
            task.cancel()

    async def serve(self, incoming: IncomingOpen) -> None:
        """Serve one stream; what is not offered is refused by returning."""
        if self._refuses(incoming.service):
            return
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = incoming.service
        try:
            await self._serve(incoming)
        finally:
            del self._open[task]

    def _refuses(self, service: str) -> bool:
        closes, is_old = self._faults.get(DeviceClose), self._faults.get(NoShellV2) is not None
        return (is_old and service.startswith("shell,")) or (
            closes is not None and service.startswith(closes.service)
        )

    async def _serve(self, incoming: IncomingOpen) -> None:
        service = incoming.service
        if request := parse_shell_service(service):
            await self._shells.serve(await incoming.accept(), request)
        elif service == "sync:":
            async with await incoming.accept(bulk=True) as stream:
                await SyncSession(stream, self._device.resolve, self._arrivals).run()
        elif service.startswith(("tcp:", "localabstract:")):
            await serve_tunnel(incoming, self._device.localhost)
        elif service.startswith("reverse:") and self._reverse is not None:
            async with await incoming.accept() as stream:
                with contextlib.suppress(AdbError):
                    await self._reverse.serve(stream, service.removeprefix("reverse:"))
        elif service.startswith("tcpip:") and self._listen_also is not None:
            async with await incoming.accept() as stream:
                await _restart_at(stream, service.removeprefix("tcpip:"), self._listen_also)


async def _restart_at(stream: AdbStream, port: str, restart: Callable[[int], None]) -> None:
    """Say what happens, then do it."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        await stream.write(b"invalid port\n")
        await stream.drain()
        return
    await stream.write(f"restarting in TCP mode port: {int(port)}\n".encode())
    await stream.drain()
    restart(int(port))


@contextlib.contextmanager
def _among(group: set[_Member], member: _Member) -> Iterator[None]:
    """Keep a member in a group for a while."""
    group.add(member)
    try:
        yield
    finally:
        group.discard(member)
