"""Many streams over one connection: OPEN, OKAY, WRTE and CLSE of either side; sans-IO.

Each stream has at most one unanswered WRTE in each direction, unless both sides announced ``delayed_ack``:
then the opener tells in its OPEN, and the other in its first OKAY, how many bytes it has room for, and every
further OKAY tells how many more (AOSP, packages/modules/adb: ``docs/dev/delayed_ack.md``, ``sockets.cpp``).

Ids are never used twice, so that a packet for a stream that is gone can be told from one for a living stream
and be ignored.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TypeAlias

from headset_agent.protocol.adb.errors import LocalProtocolError, RemoteProtocolError
from headset_agent.protocol.adb.framing import Command, Packet, Payload, Sendable
from headset_agent.protocol.adb.slices import FileSlice


@dataclass(frozen=True, slots=True)
class Opened:
    """The peer accepted our OPEN."""

    local_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The peer answered our OPEN with CLSE."""

    local_id: int


@dataclass(frozen=True, slots=True)
class OpenRequested:
    """The peer asks for a service; answer with :meth:`Mux.accept` or :meth:`Mux.refuse`."""

    remote_id: int
    service: str


@dataclass(frozen=True, slots=True)
class Received:
    """Data came; tell with :meth:`Mux.acknowledge` when there is room for more."""

    local_id: int
    payload: Payload


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """So many bytes of ours were taken; the stream may be written again. Negative: room is taken back."""

    local_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The peer closed the stream. ``reply`` is our own CLSE, to be sent."""

    local_id: int
    reply: Packet


@dataclass(frozen=True, slots=True)
class Reply:
    """Nothing for the user; just send the packet."""

    packet: Packet


_COUNT = struct.Struct("<i")
"""What an OKAY carries with ``delayed_ack``: bytes of room, more or (in some later adb) fewer."""

Event: TypeAlias = Opened | Refused | OpenRequested | Received | Acknowledged | Closed | Reply


@dataclass(slots=True)
class _Stream:
    """``remote_id`` is 0 until the peer accepted."""

    local_id: int
    remote_id: int = 0
    room: int = 0
    """Bytes that the peer has room for."""
    unanswered: int | None = None
    """Bytes of the WRTE that was not answered, where there is one at a time."""
    held: int | None = None
    """Bytes that came and were not acknowledged; None: nothing waits for an answer."""
    abandoned: bool = False
    """Closed by us before the peer answered our OPEN."""


class Mux:
    """The book-keeping of all streams of one connection."""

    def __init__(self, max_payload: int, *, window: int = 0) -> None:
        """Begin without streams.

        Args:
            max_payload: Bytes of one packet.
            window: Bytes that a stream may be sent unanswered (``delayed_ack``); 0: one WRTE.
        """
        self.max_payload = max_payload
        self._window = window
        self._streams: dict[int, _Stream] = {}
        self._pending_opens: dict[int, int] = {}
        self._last_id = 0

    def open(self, service: str) -> tuple[int, Packet]:
        """Ask the peer for a service; gives the stream's id and the OPEN.

        Raises:
            LocalProtocolError: The name does not fit into a packet.
        """
        payload = service.encode(errors="surrogateescape") + b"\0"
        if len(payload) > self.max_payload:
            raise LocalProtocolError(f"a service name of {len(payload)} bytes")
        stream = self._new_stream(remote_id=0)
        return stream.local_id, Packet(Command.OPEN, stream.local_id, self._window, payload)

    def accept(self, remote_id: int) -> tuple[int, Packet]:
        """Accept the peer's OPEN; gives the stream's id and the OKAY."""
        room = self._answer_open(remote_id)
        stream = self._new_stream(remote_id=remote_id, room=room)
        return stream.local_id, self._okay(stream, self._window)

    def refuse(self, remote_id: int) -> Packet:
        """Refuse the peer's OPEN."""
        self._answer_open(remote_id)
        return Packet(Command.CLSE, 0, remote_id)

    def room(self, local_id: int) -> int:
        """Bytes that the next write may have; 0 when it has to wait for :class:`Acknowledged`."""
        stream = self._streams.get(local_id)
        if stream is None or not stream.remote_id:
            return 0
        if self._window:
            return max(0, min(stream.room, self.max_payload))
        return self.max_payload if stream.unanswered is None else 0

    def write(self, local_id: int, payload: Sendable) -> Packet:
        """Send data.

        Raises:
            LocalProtocolError: The stream is not open, or the payload is longer than its :meth:`room`.
        """
        stream = self._streams.get(local_id)
        if stream is None or not stream.remote_id:
            raise LocalProtocolError(f"stream {local_id} is not open")
        if not self._window and stream.unanswered is not None:
            raise LocalProtocolError(f"stream {local_id} has an unanswered WRTE")
        if len(payload) > self.room(local_id):
            raise LocalProtocolError(f"{len(payload)} bytes in one WRTE")
        stream.room -= len(payload)
        stream.unanswered = len(payload)
        return Packet(Command.WRTE, local_id, stream.remote_id, payload)

    def acknowledge(self, local_id: int) -> Packet | None:
        """Say that there is room for more; None when the stream is gone or nothing waits for an answer."""
        stream = self._streams.get(local_id)
        if stream is None or stream.held is None:
            return None
        taken, stream.held = stream.held, None
        return self._okay(stream, taken)

    def close(self, local_id: int) -> Packet | None:
        """Close a stream; gives the CLSE, or None when it is gone or its OPEN is not yet answered."""
        stream = self._streams.get(local_id)
        if stream is None:
            return None
        if not stream.remote_id:
            stream.abandoned = True
            return None
        del self._streams[local_id]
        return Packet(Command.CLSE, local_id, stream.remote_id)

    def receive(self, packet: Packet) -> Event | None:
        """Take a packet of the peer.

        Raises:
            RemoteProtocolError: It has no place on an established connection, or breaks the flow control.
        """
        match packet.command:
            case Command.OPEN:
                return self._receive_open(packet)
            case Command.OKAY:
                return self._receive_okay(packet)
            case Command.WRTE:
                return self._receive_write(packet)
            case Command.CLSE:
                return self._receive_close(packet)
            case _:
                raise RemoteProtocolError(f"{packet.command.name} on an established connection")

    def _new_stream(self, *, remote_id: int, room: int = 0) -> _Stream:
        self._last_id += 1
        stream = _Stream(self._last_id, remote_id, room)
        self._streams[stream.local_id] = stream
        return stream

    def _okay(self, stream: _Stream, count: int) -> Packet:
        """Room for so many bytes more."""
        payload = _COUNT.pack(count) if self._window else b""
        return Packet(Command.OKAY, stream.local_id, stream.remote_id, payload)

    def _answer_open(self, remote_id: int) -> int:
        if remote_id not in self._pending_opens:
            raise LocalProtocolError(f"the peer has no unanswered OPEN {remote_id}")
        return self._pending_opens.pop(remote_id)

    def _receive_open(self, packet: Packet) -> Event:
        if not packet.arg0 or packet.arg0 in self._pending_opens:
            raise RemoteProtocolError(f"OPEN with the id {packet.arg0}")
        service = bytes(packet.payload).rstrip(b"\0").decode(errors="surrogateescape")
        if self._window and not packet.arg1:
            return Reply(Packet(Command.CLSE, 0, packet.arg0))
        self._pending_opens[packet.arg0] = packet.arg1
        return OpenRequested(packet.arg0, service)

    def _receive_okay(self, packet: Packet) -> Event | None:
        stream = self._streams.get(packet.arg1)
        if stream is None or not packet.arg0:
            return None
        if stream.remote_id:
            if stream.remote_id != packet.arg0 or (not self._window and stream.unanswered is None):
                return None
            return self._take_answer(stream, packet)
        if stream.abandoned:
            del self._streams[stream.local_id]
            return Reply(Packet(Command.CLSE, stream.local_id, packet.arg0))
        stream.remote_id = packet.arg0
        if self._window:
            stream.room = _count(packet)
        return Opened(stream.local_id)

    def _take_answer(self, stream: _Stream, packet: Packet) -> Event:
        if self._window:
            taken = _count(packet)
            stream.room += taken
        else:
            taken, stream.unanswered = stream.unanswered or 0, None
        return Acknowledged(stream.local_id, taken)

    def _receive_write(self, packet: Packet) -> Event | None:
        stream = self._streams.get(packet.arg1)
        if stream is None or not stream.remote_id or stream.remote_id != packet.arg0:
            return None
        assert not isinstance(packet.payload, FileSlice)  # that only goes out
        if not self._window and stream.held is not None:
            raise RemoteProtocolError(f"a second WRTE before the OKAY on stream {stream.local_id}")
        stream.held = (stream.held or 0) + len(packet.payload)
        # The last packet may be whole though there is room for its beginning only.
        if self._window and stream.held > self._window + self.max_payload:
            raise RemoteProtocolError(f"more than there is room for on stream {stream.local_id}")
        return Received(stream.local_id, packet.payload)

    def _receive_close(self, packet: Packet) -> Event | None:
        stream = self._streams.get(packet.arg1)
        if stream is None or (packet.arg0 and stream.remote_id and packet.arg0 != stream.remote_id):
            return None
        del self._streams[stream.local_id]
        if stream.remote_id:
            return Closed(stream.local_id, Packet(Command.CLSE, stream.local_id, stream.remote_id))
        return None if stream.abandoned else Refused(stream.local_id)


def _count(okay: Packet) -> int:
    if len(okay.payload) != _COUNT.size:
        raise RemoteProtocolError(f"an OKAY with {len(okay.payload)} bytes")
    return int(_COUNT.unpack(bytes(okay.payload))[0])
