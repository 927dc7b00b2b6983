"""From a TCP connection to an :class:`AdbPeer`: the socket's options and the handshake, on asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable

from headset_agent.protocol.adb.errors import PeerLost
from headset_agent.protocol.adb.framing import (
    MAX_PAYLOAD,
    Command,
    Packet,
    PacketReader,
    Sendable,
    encode_header,
)
from headset_agent.protocol.adb.handshake import (
    Connection,
    DeviceHandshake,
    HandshakeState,
    HostHandshake,
)
from headset_agent.protocol.adb.peer import AdbPeer, ByteChannel, Liveness, OpenHandler
from headset_agent.protocol.adb.slices import FileSlice
from headset_agent.protocol.adb.waking import wake_at

JOIN_LIMIT = 64 * 1024
"""Up to this many bytes, header and payload go out in one piece."""

_MORE_FOLLOWS = getattr(socket, "MSG_MORE", 0)

_TCP_OPTIONS = (
    ("TCP_NODELAY", 1),
    # Bytes the kernel takes beyond what is on the line: there, control packets queue up behind a film. One
    # WRTE holds them up anyway; less than that costs a fast line a wake-up for every few packets.
    ("TCP_NOTSENT_LOWAT", MAX_PAYLOAD),
    # Milliseconds that sent data may stay unanswered.
    ("TCP_USER_TIMEOUT", 10_000),
)


class TcpChannel:
    """A connected TCP socket, made non-blocking."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._loop = asyncio.get_running_loop()
        self._wakes_at = 1
        sock.setblocking(False)
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _TCP_OPTIONS:
            if hasattr(socket, name):
                with contextlib.suppress(OSError):
                    sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    async def receive_into(self, buffer: memoryview, missing: int = 0) -> int:
        """Receive some bytes; 0 at the end."""
        wanted = missing if missing > JOIN_LIMIT else 1
        if wanted != self._wakes_at:
            self._wakes_at = wanted
            wake_at(self._sock, wanted)
        return await self._loop.sock_recv_into(self._sock, buffer)

    @property
    def takes_slices(self) -> bool:
        """It does: the system sends them."""
        return True

    async def send(self, header: bytes, payload: Sendable) -> None:
        """Send both whole."""
        if isinstance(payload, FileSlice):
            await self._send_before(header)
            await payload.send(self._sock)
        elif len(payload) <= JOIN_LIMIT:
            await self._loop.sock_sendall(self._sock, header + bytes(payload))
        else:
            await self._send_before(header)
            await self._loop.sock_sendall(self._sock, payload)

    async def _send_before(self, header: bytes) -> None:
        """Send a header that a payload follows at once: nobody is woken for it alone."""
        sent = 0
        with contextlib.suppress(BlockingIOError):
            sent = self._sock.send(header, _MORE_FOLLOWS)
        if sent < len(header):
            await self._loop.sock_sendall(self._sock, header[sent:])

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()


async def connect_host(
    channel: ByteChannel,
    handshake: HostHandshake,
    *,
    on_state: Callable[[HandshakeState], None] | None = None,
    on_open: OpenHandler | None = None,
    liveness: Liveness | None = None,
) -> AdbPeer:
    """Do the laptop's side of the handshake; may take as long as somebody needs to accept the key.

    Args:
        channel: Belongs to the peer afterwards; is closed when this fails.
        handshake: Fresh.
        on_state: Told of every change of ``handshake.state``.
        on_open: Serves what the device opens (reverse tunnels); None refuses all.
        liveness: How a silent peer is noticed; None leaves that to TCP.

    Raises:
        PeerLost: The peer closed, or the connection broke.
        RemoteProtocolError: Something else than ADB answers.
        TlsRequired: The device only talks TLS.
    """
    reader = PacketReader()
    try:
        await _send(channel, handshake.start())
        while handshake.connection is None:
            packet = await _receive(channel, reader)
            before = handshake.state
            answer = await _answer(handshake, packet)
            if on_state is not None and handshake.state is not before:
                on_state(handshake.state)
            if answer is not None:
                await _send(channel, answer)
    except BaseException:
        channel.close()
        raise
    return _establish(channel, reader, handshake.connection, on_open, liveness)


async def serve_device(
    channel: ByteChannel,
    handshake: DeviceHandshake,
    *,
    accept_key: Callable[[bytes], Awaitable[None]],
    on_open: OpenHandler,
) -> AdbPeer:
    """Do the headset's side of the handshake.

    Args:
        channel: Belongs to the peer afterwards; is closed when this fails.
        handshake: Fresh.
        accept_key: Returns when somebody accepted the offered public key; cancelled when the host leaves.
        on_open: Serves what the host opens.

    Raises:
        PeerLost: The host closed, or the connection broke.
        RemoteProtocolError: Something else than ADB is spoken.
    """
    reader = PacketReader()
    try:
        while handshake.connection is None:
            packet = await _receive_or_accepted(channel, reader, handshake, accept_key)
            answer = handshake.accept() if packet is None else handshake.receive(packet)
            if answer is not None:
                await _send(channel, answer)
    except BaseException:
        channel.close()
        raise
    return _establish(channel, reader, handshake.connection, on_open, None)


def _establish(
    channel: ByteChannel,
    reader: PacketReader,
    connection: Connection,
    on_open: OpenHandler | None,
    liveness: Liveness | None,
) -> AdbPeer:
    reader.max_payload = connection.max_payload
    reader.verify_checksum = connection.with_checksum
    return AdbPeer(channel, reader, connection, on_open=on_open, liveness=liveness)


async def _answer(handshake: HostHandshake, packet: Packet) -> Packet | None:
    if packet.command is Command.AUTH:
        # Loading the key and signing take some 50 ms: too long for a loop that drives other headsets.
        return await asyncio.to_thread(handshake.receive, packet)
    return handshake.receive(packet)


async def _receive_or_accepted(
    channel: ByteChannel,
    reader: PacketReader,
    handshake: DeviceHandshake,
    accept_key: Callable[[bytes], Awaitable[None]],
) -> Packet | None:
    """The next packet, or None when the offered key was accepted meanwhile."""
    if handshake.offered_key is None:
        return await _receive(channel, reader)
    receiving = asyncio.ensure_future(_receive(channel, reader))
    asking = asyncio.ensure_future(accept_key(handshake.offered_key))
    try:
        await asyncio.wait((receiving, asking), return_when=asyncio.FIRST_COMPLETED)
        if receiving.done():
            return receiving.result()
        asking.result()
        return None
    finally:
        receiving.cancel()
        asking.cancel()
        await asyncio.gather(receiving, asking, return_exceptions=True)


async def _send(channel: ByteChannel, packet: Packet) -> None:
    # Nobody knows the peer's version yet, so a checksum goes along.
    try:
        await channel.send(encode_header(packet, with_checksum=True), packet.payload)
    except OSError as error:
        raise PeerLost(f"connection broken: {error}") from error


async def _receive(channel: ByteChannel, reader: PacketReader) -> Packet:
    while (packet := reader.next_packet()) is None:
        try:
            count = await channel.receive_into(reader.get_buffer())
        except OSError as error:
            raise PeerLost(f"connection broken: {error}") from error
        if not count:
            raise PeerLost("the peer closed the connection")
        reader.advance(count)
    return packet
