"""A USB cable as a channel of an ADB peer: a thread that reads, a thread that writes.

libusb must not be closed while somebody waits in it. So both threads wait in short turns, and the one that
ends last closes the pipes.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from headset_agent.protocol.adb.framing import Payload, Sendable
from headset_agent.protocol.adb.slices import FileSlice
from trainer_app.headsets.link.usb_pipe import PipeBroken, PipeTimeout, UsbPipe
from trainer_app.headsets.link.usb_transfers import IncomingTransfers

_TURN_S = 0.2
"""So long a thread waits before it looks whether it shall end."""

_LARGEST_WRITE = 64 * 1024
_QUEUED_READS = 16
"""Transfers that were read and not yet taken; beyond them the headset has to wait."""


@dataclass(frozen=True, slots=True)
class _Write:
    header: bytes
    payload: Payload
    done: asyncio.Future[None]


class UsbChannel:
    """A :class:`~headset_agent.protocol.adb.peer.ByteChannel` over open pipes, which belong to it."""

    def __init__(self, pipe: UsbPipe) -> None:
        self._pipe = pipe
        self._loop = asyncio.get_running_loop()
        self._closing = threading.Event()
        self._received: queue.Queue[bytes | OSError] = queue.Queue(_QUEUED_READS)
        self._arrived = asyncio.Event()
        self._rest = memoryview(b"")
        self._broken: OSError | None = None
        self._outgoing: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._closed = asyncio.Event()
        self._running = 2
        self._ending = threading.Lock()
        for work in (self._read, self._write):
            threading.Thread(target=self._run, args=(work,), name=f"usb{work.__name__}", daemon=True).start()

    @property
    def takes_slices(self) -> bool:
        """It does not: a cable's packets are made here."""
        return False

    async def receive_into(self, buffer: memoryview, missing: int = 0) -> int:
        """Receive some bytes. Raises OSError when the cable is gone."""
        while not self._rest:
            self._rest = memoryview(await self._next_transfer())
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    async def send(self, header: bytes, payload: Sendable) -> None:
        """Send both whole. Raises OSError when the cable is gone."""
        assert not isinstance(payload, FileSlice)
        if self._broken is not None:
            raise PipeBroken(str(self._broken))
        done = self._loop.create_future()
        self._outgoing.put(_Write(header, payload, done))
        await done

    def close(self) -> None:
        """Close soon; see :meth:`wait_closed`."""
        self._closing.set()
        self._outgoing.put(None)

    async def wait_closed(self) -> None:
        """Wait until others may open the headset, after :meth:`close`."""
        await self._closed.wait()

    async def _next_transfer(self) -> bytes:
        while True:
            if self._broken is not None:
                raise PipeBroken(str(self._broken))
            try:
                transfer = self._received.get_nowait()
            except queue.Empty:
                self._arrived.clear()
                await self._arrived.wait()
                continue
            if not isinstance(transfer, OSError):
                return transfer
            self._broken = transfer

    # --- in the threads ---

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self._end()

    def _end(self) -> None:
        """Close the pipes when nobody uses them any more."""
        with self._ending:
            self._running -= 1
            if self._running:
                return
        try:
            self._pipe.close()
        finally:
            self._tell(self._closed.set)

    def _read(self) -> None:
        incoming = IncomingTransfers(self._pipe.packet_size)
        try:
            while not self._closing.is_set():
                data = incoming.take(self._read_turn(incoming.wanted))
                if data:
                    self._hand_over(data)
        except OSError as error:
            self._hand_over(error)

    def _read_turn(self, wanted: int) -> bytes:
        try:
            return self._pipe.read(wanted, _TURN_S)
        except PipeTimeout as timeout:
            return timeout.received

    def _hand_over(self, transfer: bytes | OSError) -> None:
        while not self._closing.is_set():
            try:
                self._received.put(transfer, timeout=_TURN_S)
            except queue.Full:
                continue
            self._tell(self._arrived.set)
            return

    def _write(self) -> None:
        while (write := self._outgoing.get()) is not None:
            error: OSError | None = None
            try:
                self._write_all(write.header)
                if write.payload:
                    self._write_all(write.payload)
            except OSError as broken:
                error = broken
            self._tell(partial(_settle, write.done, error))

    def _write_all(self, data: Payload) -> None:
        """Write one part of a packet; the headset has to see where it ends."""
        left = memoryview(data)
        fills_its_packets = len(left) % self._pipe.packet_size == 0
        while left:
            left = left[self._write_turn(left[:_LARGEST_WRITE]) :]
        if fills_its_packets:
            self._write_turn(b"")

    def _write_turn(self, data: Payload) -> int:
        while not self._closing.is_set():
            try:
                return self._pipe.write(data, _TURN_S)
            except PipeTimeout as timeout:
                if timeout.sent:
                    return timeout.sent
        raise PipeBroken("closed by us")

    def _tell(self, called: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended before us
            self._loop.call_soon_threadsafe(called)


def _settle(done: asyncio.Future[None], error: OSError | None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
