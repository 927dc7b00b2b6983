"""An ADB connection on asyncio, for both ends: one reader, one writer, a queue for every stream.

The writer takes packets of control streams before those of bulk streams, so that a control stream waits for
at most one WRTE of a film here, and on the line for what :mod:`pace` lets be there. Packets are never cut
short: a cancelled write leaves its packet to be finished.

A peer that vanishes without a word (a headset that is switched off, a Wi-Fi that is gone) is noticed by
asking: when nothing was received for :attr:`Liveness.ask_after_s`, a service that no device offers is
opened. Every living peer refuses it at once; when nothing comes for :attr:`Liveness.lost_after_s` more, it is
lost. The host asks also while nothing else is awaited, because people want to see that a headset is gone.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Protocol

from headset_agent.protocol.adb.errors import (
    AdbError,
    PeerLost,
    RemoteProtocolError,
    ServiceRefused,
    StreamClosed,
)
from headset_agent.protocol.adb.framing import (
    Command,
    Packet,
    PacketReader,
    Payload,
    Sendable,
    encode_header,
)
from headset_agent.protocol.adb.handshake import Connection
from headset_agent.protocol.adb.mux import (
    Acknowledged,
    Closed,
    Mux,
    Opened,
    OpenRequested,
    Received,
    Refused,
    Reply,
)
from headset_agent.protocol.adb.pace import OnTheWay, WritePace
from headset_agent.protocol.adb.receiving import HELD_LIMIT, ReadableStream
from headset_agent.protocol.adb.slices import FileSlice
from headset_agent.protocol.closing import Closing

MOST_ON_THE_WAY = 2 << 20
"""Bytes of a stream that may be on their way to a peer that takes more than one WRTE."""

_log = logging.getLogger(__name__)

_YIELD_AFTER = 1 << 20
"""Bytes received without waiting, after which other tasks get their turn."""

ALIVE_SERVICE = "simkoffert-alive:"
"""No device offers it; the refusal shows that somebody is there."""


class ByteChannel(Protocol):
    """What carries the bytes: a TCP connection or a USB cable."""

    @property
    def takes_slices(self) -> bool:
        """Whether :meth:`send` takes a part of a file as well."""
        ...

    async def receive_into(self, buffer: memoryview, missing: int = 0) -> int:
        """Receive some bytes; 0 at the end. ``missing`` of them are certain to come. Raises OSError."""
        ...

    async def send(self, header: bytes, payload: Sendable) -> None:
        """Send both whole. Raises OSError."""
        ...

    def close(self) -> None:
        """Close at once. Called when nothing receives or sends any more."""
        ...


@dataclass(frozen=True, slots=True)
class Liveness:
    """Seconds without a received byte after which the peer is asked, and then given up."""

    ask_after_s: float = 2.0
    lost_after_s: float = 3.0


class AdbStream(ReadableStream):
    """One stream of a connection. Get it from :meth:`AdbPeer.open_service` or :meth:`IncomingOpen.accept`.

    Reading and writing raise PeerLost when the connection is gone, StreamClosed when the stream is.
    """

    def __init__(self, peer: AdbPeer, local_id: int, service: str, *, bulk: bool) -> None:
        super().__init__()
        self.service = service
        self._peer = peer
        self._id = local_id
        self._bulk = bulk
        self._on_the_way = OnTheWay(peer.pace)
        self._closed = False
        self._lost: PeerLost | None = None
        self._answered = asyncio.Event()
        self._write_lock = asyncio.Lock()

    async def write(self, data: Sendable) -> None:
        """Send ``data``; returns when all of it is handed to the operating system.

        Raises:
            StreamClosed: The stream is closed, by the peer or by us.
            PeerLost: The connection is gone.
            OSError: A file cannot be read, or became shorter.
        """
        view = data if isinstance(data, FileSlice) else memoryview(data).cast("B")
        async with self._write_lock:
            while view:
                await self._until(lambda: self._room > 0)
                piece = view[: self._room]
                await self._write_piece(piece)
                view = view[len(piece) :]

    async def drain(self) -> None:
        """Wait until the peer has taken everything written. Raises as ``write``."""
        async with self._write_lock:
            await self._until(lambda: not self._on_the_way.bytes)

    async def close(self) -> None:
        """Close the stream; what was not read is dropped. Never fails."""
        if self._closed:
            return
        self._closed = True
        self._drop()
        self._end_writing()
        self._peer._close_stream(self._id)

    @property
    def _room(self) -> int:
        """Bytes of the next WRTE; 0: it has to wait for an answer."""
        return min(self._peer._room_on(self._id), self._on_the_way.room)

    async def _until(self, answered: Callable[[], bool]) -> None:
        while True:
            self._check_open()
            if self._closed_by_peer:
                raise StreamClosed(f"the peer closed {self.service}")
            if answered():
                return
            self._answered.clear()
            await self._answered.wait()

    async def _write_piece(self, piece: memoryview | FileSlice) -> None:
        if isinstance(piece, FileSlice) and not self._peer.sends_slices:
            piece = memoryview(await asyncio.to_thread(bytes, piece))
        self._on_the_way.add(len(piece), perf_counter())
        await self._peer._send_data(self._id, piece, bulk=self._bulk)

    def _end_writing(self) -> None:
        self._on_the_way.give_up()
        self._answered.set()

    def _failure(self) -> AdbError | None:
        if self._lost is not None:
            return _again(self._lost)
        return StreamClosed(f"{self.service} is closed") if self._closed else None

    def _cut_short(self, detail: str) -> AdbError:
        return StreamClosed(f"{self.service} {detail}")

    def _make_room(self) -> None:
        self._peer._acknowledge(self._id)

    # --- called by the peer as packets come ---

    def _on_opened(self) -> None:
        self._answered.set()

    def _on_data(self, payload: Payload) -> None:
        self._take_in(payload)
        if self._has_room:
            self._make_room()

    def _on_acknowledged(self, count: int) -> None:
        self._on_the_way.answered(count, perf_counter())
        self._answered.set()

    def _on_closed(self) -> None:
        self._closed_by_peer = True
        self._changed.set()
        self._end_writing()

    def _on_lost(self, error: PeerLost) -> None:
        self._lost = error
        self._changed.set()
        self._end_writing()


class IncomingOpen:
    """The peer asks for a service. Accept it or not; one that is not accepted is refused."""

    def __init__(self, peer: AdbPeer, remote_id: int, service: str) -> None:
        self.peer = peer
        self.service = service
        self._remote_id = remote_id
        self._answered = False

    async def accept(self, *, bulk: bool = False) -> AdbStream:
        """Accept; gives the stream."""
        self._answered = True
        return self.peer._accept(self._remote_id, self.service, bulk=bulk)

    def refuse(self) -> None:
        """Refuse, unless answered before."""
        if not self._answered:
            self._answered = True
            self.peer._refuse(self._remote_id)


OpenHandler = Callable[[IncomingOpen], Awaitable[None]]
"""Serves one incoming stream from OPEN to its end; the stream is closed when it returns."""


class AdbPeer(Closing):
    """One established connection. Make it with the functions of ``connecting``.

    Attributes:
        connection: What the handshake agreed on, with the peer's banner.
        pace: How large the next WRTE of any of its streams may be.
    """

    def __init__(
        self,
        channel: ByteChannel,
        reader: PacketReader,
        connection: Connection,
        *,
        on_open: OpenHandler | None,
        liveness: Liveness | None,
    ) -> None:
        self.connection = connection
        counts = connection.delayed_ack
        self.pace = WritePace(connection.max_payload, most=MOST_ON_THE_WAY if counts else 0)
        self._channel = channel
        self._reader = reader
        self._mux = Mux(connection.max_payload, window=HELD_LIMIT if counts else 0)
        self._on_open = on_open
        self._streams: dict[int, AdbStream] = {}
        self._opening: dict[int, asyncio.Future[None]] = {}
        self._lost: PeerLost | None = None
        self._lost_event = asyncio.Event()
        self._control: deque[_Outgoing] = deque()
        self._bulk: deque[_Outgoing] = deque()
        self._in_flight: _Outgoing | None = None
        self._something_to_send = asyncio.Event()
        self._received_at = perf_counter()
        self._handlers: set[asyncio.Task[None]] = set()
        works: list[Callable[[], Awaitable[None]]] = [self._read_loop, self._write_loop]
        if liveness is not None:
            works.append(partial(self._watch, liveness))
        self._tasks = [asyncio.create_task(self._run(work)) for work in works]
        for each in self._tasks:
            each.add_done_callback(self._close_channel_after_the_last)

    @property
    def sends_slices(self) -> bool:
        """Whether a part of a file goes out without being read here: nobody has to sum it up either."""
        return self._channel.takes_slices and not self.connection.with_checksum

    @property
    def features(self) -> frozenset[str]:
        """What the peer announced."""
        return self.connection.banner.features

    @property
    def lost(self) -> PeerLost | None:
        """Why the connection is gone, or None."""
        return self._lost

    async def wait_lost(self) -> PeerLost:
        """Wait until the connection is gone; gives the reason."""
        await self._lost_event.wait()
        assert self._lost is not None
        return self._lost

    async def open_service(self, service: str, *, bulk: bool = False) -> AdbStream:
        """Open a service of the peer.

        Args:
            service: Such as ``shell:ls``.
            bulk: Its data gives way to that of all other streams.

        Raises:
            ServiceRefused: The peer does not offer it.
            PeerLost: The connection is gone.
        """
        self._check_alive()
        local_id, packet = self._mux.open(service)
        stream = AdbStream(self, local_id, service, bulk=bulk)
        self._streams[local_id] = stream
        opened = self._opening[local_id] = asyncio.get_running_loop().create_future()
        self._post(packet)
        try:
            await opened
        except BaseException:
            await stream.close()
            raise
        finally:
            self._opening.pop(local_id, None)
        return stream

    async def close(self) -> None:
        """End the connection and everything on it."""
        self._lose(PeerLost("closed by us"))
        await asyncio.wait({*self._tasks, *self._handlers} - {asyncio.current_task()})

    # --- the tasks ---

    def _close_channel_after_the_last(self, _ended: asyncio.Task[None]) -> None:
        """Close the channel when nothing uses it any more (its number may be another socket's at once)."""
        if all(task.done() for task in self._tasks):
            self._channel.close()

    async def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run one of the tasks; however it ends, the connection ends with it."""
        try:
            await work()
        except RemoteProtocolError as error:
            self._lose(PeerLost(f"the peer broke the protocol: {error}"), error)
        except OSError as error:
            self._lose(PeerLost(f"connection broken: {error}"), error)
        except AdbError as error:
            self._lose(PeerLost(str(error)), error)
        finally:
            self._lose(PeerLost("the connection ended"))

    async def _read_loop(self) -> None:
        unyielded = 0
        while True:
            # Packets that came together with the end of the handshake are waiting here already.
            while (packet := self._reader.next_packet()) is not None:
                self._dispatch(packet)
            count = await self._channel.receive_into(self._reader.get_buffer(), self._reader.missing)
            if not count:
                raise PeerLost("the peer closed the connection")
            self._received_at = perf_counter()
            self._reader.advance(count)
            unyielded += count
            if unyielded >= _YIELD_AFTER:
                unyielded = 0
                await asyncio.sleep(0)

    async def _write_loop(self) -> None:
        while True:
            while self._control or self._bulk:
                outgoing = self._in_flight = (self._control or self._bulk).popleft()
                packet = outgoing.packet
                if packet.command is not Command.WRTE or packet.arg0 in self._streams:
                    header = encode_header(packet, with_checksum=self.connection.with_checksum)
                    await self._channel.send(header, packet.payload)
                outgoing.finish()
            self._something_to_send.clear()
            await self._something_to_send.wait()

    async def _watch(self, liveness: Liveness) -> None:
        while True:
            silent_s = perf_counter() - self._received_at
            if silent_s < liveness.ask_after_s:
                await asyncio.sleep(liveness.ask_after_s - silent_s)
                continue
            asked_at = perf_counter()
            self._ask()
            while self._received_at < asked_at:
                if perf_counter() - asked_at >= liveness.lost_after_s:
                    raise PeerLost(f"nothing heard for {perf_counter() - self._received_at:.1f} s")
                await asyncio.sleep(liveness.lost_after_s / 10)

    def _ask(self) -> None:
        """Open and abandon the service nobody offers; whatever comes back shows life."""
        local_id, packet = self._mux.open(ALIVE_SERVICE)
        self._mux.close(local_id)
        self._post(packet)

    # --- received packets ---

    def _dispatch(self, packet: Packet) -> None:
        match self._mux.receive(packet):
            case Received(local_id, payload):
                self._streams[local_id]._on_data(payload)
            case Acknowledged(local_id, count):
                self._streams[local_id]._on_acknowledged(count)
            case Opened(local_id):
                self._streams[local_id]._on_opened()
                self._settle_open(local_id, None)
            case Refused(local_id):
                stream = self._streams.pop(local_id)
                self._settle_open(local_id, ServiceRefused(stream.service))
            case Closed(local_id, reply):
                self._streams.pop(local_id)._on_closed()
                self._post(reply)
            case OpenRequested(remote_id, service):
                self._serve(IncomingOpen(self, remote_id, service))
            case Reply(reply):
                self._post(reply)

    def _settle_open(self, local_id: int, error: AdbError | None) -> None:
        opened = self._opening.get(local_id)
        if opened is None or opened.done():
            return
        if error is None:
            opened.set_result(None)
        else:
            opened.set_exception(error)

    def _serve(self, incoming: IncomingOpen) -> None:
        if self._on_open is None:
            incoming.refuse()
            return
        task = asyncio.create_task(self._handle(self._on_open, incoming))
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)

    async def _handle(self, handler: OpenHandler, incoming: IncomingOpen) -> None:
        try:
            await handler(incoming)
        except (AdbError, OSError) as error:
            _log.debug("service %s ended: %s", incoming.service, error)
        finally:
            if self._lost is None:
                incoming.refuse()

    # --- called by streams and incoming opens ---

    def _accept(self, remote_id: int, service: str, *, bulk: bool) -> AdbStream:
        self._check_alive()
        local_id, packet = self._mux.accept(remote_id)
        stream = AdbStream(self, local_id, service, bulk=bulk)
        stream._on_opened()
        self._streams[local_id] = stream
        self._post(packet)
        return stream

    def _refuse(self, remote_id: int) -> None:
        self._post(self._mux.refuse(remote_id))

    def _room_on(self, local_id: int) -> int:
        return self._mux.room(local_id)

    def _acknowledge(self, local_id: int) -> None:
        packet = self._mux.acknowledge(local_id)
        if packet is not None:
            self._post(packet)

    def _close_stream(self, local_id: int) -> None:
        self._streams.pop(local_id, None)
        packet = self._mux.close(local_id)
        if packet is not None:
            self._post(packet)

    async def _send_data(self, local_id: int, piece: memoryview | FileSlice, *, bulk: bool) -> None:
        """Queue one WRTE; returns when the operating system has it."""
        self._check_alive()
        outgoing = _Outgoing(self._mux.write(local_id, piece), asyncio.get_running_loop().create_future())
        (self._bulk if bulk else self._control).append(outgoing)
        self._something_to_send.set()
        assert outgoing.sent is not None
        await outgoing.sent

    def _post(self, packet: Packet) -> None:
        """Queue a small packet; nobody waits for it."""
        if self._lost is None:
            self._control.append(_Outgoing(packet, None))
            self._something_to_send.set()

    # --- the end ---

    def _check_alive(self) -> None:
        if self._lost is not None:
            raise _again(self._lost)

    def _lose(self, reason: PeerLost, cause: Exception | None = None) -> None:
        """Fail everything at once; only the first reason counts."""
        if self._lost is not None:
            return
        reason.__cause__ = cause
        self._lost = reason
        for opened in self._opening.values():
            if not opened.done():
                opened.set_exception(PeerLost(str(reason)))
        for outgoing in (self._in_flight, *self._control, *self._bulk):
            if outgoing is not None:
                outgoing.fail(reason)
        for stream in self._streams.values():
            stream._on_lost(reason)
        self._streams.clear()
        current = asyncio.current_task()
        for task in (*self._tasks, *self._handlers):
            if task is not current:
                task.cancel()
        self._lost_event.set()


@dataclass(slots=True)
class _Outgoing:
    """A packet on its way to the operating system."""

    packet: Packet
    sent: asyncio.Future[None] | None

    def finish(self) -> None:
        if self.sent is not None and not self.sent.done():
            self.sent.set_result(None)

    def fail(self, reason: PeerLost) -> None:
        if self.sent is not None and not self.sent.done():
            self.sent.set_exception(PeerLost(str(reason)))


def _again(reason: PeerLost) -> PeerLost:
    """The same reason, to be raised once more: an exception carries the way of its first raising with it."""
    again = PeerLost(str(reason))
    again.__cause__ = reason
    return again
