"""ADB packets: a header of six little-endian words, then the payload.

The reader is pulled: a socket receives straight into :meth:`PacketReader.get_buffer`, so that a large payload
is copied once, by the kernel. Small packets share one buffer, so that a burst of them costs one read.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from headset_agent.protocol.adb.errors import LocalProtocolError, RemoteProtocolError
from headset_agent.protocol.adb.slices import FileSlice

Payload: TypeAlias = bytes | bytearray | memoryview
Sendable: TypeAlias = Payload | FileSlice

HEADER_SIZE = 24
VERSION_WITH_CHECKSUM = 0x01000000
VERSION_WITHOUT_CHECKSUM = 0x01000001
"""From this version on nobody computes or checks the sum of the payload."""

PAYLOAD_BEFORE_HANDSHAKE = 4096
"""Bytes a payload may have before both sides have said what they can take."""

MAX_PAYLOAD = 1 << 20
"""Bytes of payload we offer to take; the most any known peer uses."""

_HEADER = struct.Struct("<6I")
_MAGIC_MASK = 0xFFFFFFFF
_STAGING_SIZE = 16 * 1024


class Command(IntEnum):
    """The first word of a packet; its four letters, little-endian."""

    CNXN = 0x4E584E43
    AUTH = 0x48545541
    STLS = 0x534C5453
    OPEN = 0x4E45504F
    OKAY = 0x59414B4F
    CLSE = 0x45534C43
    WRTE = 0x45545257


_COMMANDS = {int(command): command for command in Command}


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet. What the arguments mean depends on the command."""

    command: Command
    arg0: int
    arg1: int
    payload: Sendable = b""


def payload_checksum(payload: Sendable) -> int:
    """The sum of all bytes; slow (about 100 MB/s), and only for peers of the old version."""
    return sum(bytes(payload) if isinstance(payload, FileSlice) else payload) & 0xFFFFFFFF


def encode_header(packet: Packet, *, with_checksum: bool) -> bytes:
    """The 24 bytes that go before ``packet.payload``; a file is read for them if a checksum is wanted."""
    payload = packet.payload
    return _HEADER.pack(
        packet.command,
        packet.arg0,
        packet.arg1,
        len(payload),
        payload_checksum(payload) if with_checksum else 0,
        packet.command ^ _MAGIC_MASK,
    )


def encode(packet: Packet, *, with_checksum: bool = True) -> bytes:
    """The whole packet as bytes; for small packets and for tests."""
    return encode_header(packet, with_checksum=with_checksum) + bytes(packet.payload)


class PacketReader:
    """Turns received bytes into packets.

    Use either ``get_buffer``/``advance``/``next_packet`` (``next_packet`` until it gives None, before the
    next ``get_buffer``), or ``feed``. Limits may be changed between two packets, also within one read.

    Attributes:
        max_payload: Bytes; a longer payload is a malformed peer.
        verify_checksum: Whether payloads are checked. A CNXN says itself whether it carries a checksum.
    """

    def __init__(self, *, max_payload: int = PAYLOAD_BEFORE_HANDSHAKE, verify_checksum: bool = False) -> None:
        self.max_payload = max_payload
        self.verify_checksum = verify_checksum
        self._staging = bytearray(_STAGING_SIZE)
        self._start = 0
        self._end = 0
        self._header: tuple[Command, int, int, int, int] | None = None
        self._payload = memoryview(b"")
        self._filled = 0
        self._failed = False

    @property
    def mid_packet(self) -> bool:
        """A packet has begun and is not complete: an end of the stream here means it was cut off."""
        return self._header is not None or self._end > self._start

    @property
    def missing(self) -> int:
        """Bytes that are certain to come, because a packet's header has announced them."""
        return len(self._payload) - self._filled

    def get_buffer(self) -> memoryview:
        """Where to receive the next bytes; never empty."""
        if self._header is not None:
            return self._payload[self._filled :]
        if self._start:
            rest = self._end - self._start
            self._staging[:rest] = self._staging[self._start : self._end]
            self._start, self._end = 0, rest
        return memoryview(self._staging)[self._end :]

    def advance(self, count: int) -> None:
        """Say that ``count`` bytes were received into the buffer of the last ``get_buffer``."""
        if self._header is not None:
            self._filled += count
        else:
            self._end += count

    def next_packet(self) -> Packet | None:
        """The next complete packet, or None when more bytes are needed.

        Raises:
            RemoteProtocolError: The peer speaks something else, or beyond the limits. Every later call says
                so again.
        """
        if self._failed:
            raise RemoteProtocolError("the stream was malformed before")
        try:
            return self._next_packet()
        except RemoteProtocolError:
            self._failed = True
            raise

    def feed(self, data: Payload) -> list[Packet]:
        """Take bytes from anywhere and give the packets they complete.

        Raises:
            RemoteProtocolError: As ``next_packet``.
        """
        packets: list[Packet] = []
        view = memoryview(data)
        while view:
            buffer = self.get_buffer()
            count = min(len(buffer), len(view))
            buffer[:count] = view[:count]
            view = view[count:]
            self.advance(count)
            while (packet := self.next_packet()) is not None:
                packets.append(packet)
        return packets

    def _next_packet(self) -> Packet | None:
        if self._header is None and not self._begin_packet():
            return None
        assert self._header is not None
        if self._filled < len(self._payload):
            return None
        command, arg0, arg1, checksum, _ = self._header
        packet = Packet(command, arg0, arg1, self._payload)
        self._header, self._payload, self._filled = None, memoryview(b""), 0
        if self._checksum_counts(packet) and payload_checksum(packet.payload) != checksum:
            raise RemoteProtocolError(f"checksum of {command.name} does not match")
        return packet

    def _begin_packet(self) -> bool:
        """Read a header from the staging buffer, and what is there of its payload."""
        if self._end - self._start < HEADER_SIZE:
            return False
        command, arg0, arg1, length, checksum, magic = _HEADER.unpack_from(self._staging, self._start)
        known = _COMMANDS.get(command)
        if known is None or magic != command ^ _MAGIC_MASK:
            raise RemoteProtocolError(f"not an ADB packet: {bytes(self._staging[self._start :][:24])!r}")
        if length > self.max_payload:
            raise RemoteProtocolError(f"{known.name} of {length} bytes; {self.max_payload} were agreed")
        self._start += HEADER_SIZE
        count = min(length, self._end - self._start)
        payload = bytearray(length)
        payload[:count] = self._staging[self._start : self._start + count]
        self._start += count
        self._header = (known, arg0, arg1, checksum, length)
        self._payload, self._filled = memoryview(payload), count
        return True

    def _checksum_counts(self, packet: Packet) -> bool:
        if packet.command is Command.CNXN:
            return packet.arg0 < VERSION_WITHOUT_CHECKSUM
        return self.verify_checksum


def check_payload_limit(max_payload: int) -> None:
    """Refuse a limit below what every peer may send.

    Raises:
        LocalProtocolError: ``max_payload`` is below :data:`PAYLOAD_BEFORE_HANDSHAKE`.
    """
    if max_payload < PAYLOAD_BEFORE_HANDSHAKE:
        raise LocalProtocolError(f"a payload limit of {max_payload} bytes is below the protocol's minimum")
