"""Many streams over one connection: OPEN, OKAY, WRTE and CLSE of either side; sans-IO.

Each stream has at most one unanswered WRTE in each direction. Ids are never used twice, so that a packet for
a stream that is gone can be told from one for a living stream and be ignored.
"""

from __future__ import annotations

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
    """Data came; answer with :meth:`Mux.acknowledge` when there is room for more."""

    local_id: int
    payload: Payload


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Our WRTE arrived; the stream may be written again."""

    local_id: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The peer closed the stream. ``reply`` is our own CLSE, to be sent."""

    local_id: int
    reply: Packet


@dataclass(frozen=True, slots=True)
class Reply:
    """Nothing for the user; just send the packet."""

    packet: Packet


Event: TypeAlias = Opened | Refused | OpenRequested | Received | Acknowledged | Closed | Reply


@dataclass(slots=True)
class _Stream:
    """``remote_id`` is 0 until the peer accepted."""

    local_id: int
    remote_id: int = 0
    unanswered_write: bool = False
    unanswered_data: bool = False
    abandoned: bool = False
    """Closed by us before the peer answered our OPEN."""


class Mux:
    """The book-keeping of all streams of one connection."""

    def __init__(self, max_payload: int) -> None:
        self.max_payload = max_payload
        self._streams: dict[int, _Stream] = {}
        self._pending_opens: set[int] = set()
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
        return stream.local_id, Packet(Command.OPEN, stream.local_id, 0, payload)

    def accept(self, remote_id: int) -> tuple[int, Packet]:
        """Accept the peer's OPEN; gives the stream's id and the OKAY."""
        self._answer_open(remote_id)
        stream = self._new_stream(remote_id=remote_id)
        return stream.local_id, Packet(Command.OKAY, stream.local_id, remote_id)

    def refuse(self, remote_id: int) -> Packet:
        """Refuse the peer's OPEN."""
        self._answer_open(remote_id)
        return Packet(Command.CLSE, 0, remote_id)

    def write(self, local_id: int, payload: Sendable) -> Packet:
        """Send data; the next write has to wait for :class:`Acknowledged`.

        Raises:
            LocalProtocolError: The stream is not open or not ready, or the payload is too long.
        """
        stream = self._streams.get(local_id)
        if stream is None or not stream.remote_id:
            raise LocalProtocolError(f"stream {local_id} is not open")
        if stream.unanswered_write:
            raise LocalProtocolError(f"stream {local_id} has an unanswered WRTE")
        if len(payload) > self.max_payload:
            raise LocalProtocolError(f"{len(payload)} bytes in one WRTE")
        stream.unanswered_write = True
        return Packet(Command.WRTE, local_id, stream.remote_id, payload)

    def acknowledge(self, local_id: int) -> Packet | None:
        """Say that there is room for more; None when the stream is gone or nothing waits for an answer."""
        stream = self._streams.get(local_id)
        if stream is None or not stream.unanswered_data:
            return None
        stream.unanswered_data = False
        return Packet(Command.OKAY, local_id, stream.remote_id)

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

    def _new_stream(self, *, remote_id: int) -> _Stream:
        self._last_id += 1
        stream = _Stream(self._last_id, remote_id)
        self._streams[stream.local_id] = stream
        return stream

    def _answer_open(self, remote_id: int) -> None:
        if remote_id not in self._pending_opens:
            raise LocalProtocolError(f"the peer has no unanswered OPEN {remote_id}")
        self._pending_opens.remove(remote_id)

    def _receive_open(self, packet: Packet) -> Event:
        if not packet.arg0 or packet.arg0 in self._pending_opens:
            raise RemoteProtocolError(f"OPEN with the id {packet.arg0}")
        service = bytes(packet.payload).rstrip(b"\0").decode(errors="surrogateescape")
        self._pending_opens.add(packet.arg0)
        return OpenRequested(packet.arg0, service)

    def _receive_okay(self, packet: Packet) -> Event | None:
        stream = self._streams.get(packet.arg1)
        if stream is None or not packet.arg0:
            return None
        if stream.remote_id:
            if stream.remote_id != packet.arg0 or not stream.unanswered_write:
                return None
            stream.unanswered_write = False
            return Acknowledged(stream.local_id)
        if stream.abandoned:
            del self._streams[stream.local_id]
            return Reply(Packet(Command.CLSE, stream.local_id, packet.arg0))
        stream.remote_id = packet.arg0
        return Opened(stream.local_id)

    def _receive_write(self, packet: Packet) -> Event | None:
        stream = self._streams.get(packet.arg1)
        if stream is None or not stream.remote_id or stream.remote_id != packet.arg0:
            return None
        if stream.unanswered_data:
            raise RemoteProtocolError(f"a second WRTE before the OKAY on stream {stream.local_id}")
        stream.unanswered_data = True
        assert not isinstance(packet.payload, FileSlice)  # that only goes out
        return Received(stream.local_id, packet.payload)

    def _receive_close(self, packet: Packet) -> Event | None:
        stream = self._streams.get(packet.arg1)
        if stream is None or (packet.arg0 and stream.remote_id and packet.arg0 != stream.remote_id):
            return None
        del self._streams[stream.local_id]
        if stream.remote_id:
            return Closed(stream.local_id, Packet(Command.CLSE, stream.local_id, stream.remote_id))
        return None if stream.abandoned else Refused(stream.local_id)
