"""A service of a headset, carried by a connection to the adb server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from headset_agent.protocol.adb.framing import Payload
from trainer_app.domain.link_errors import LinkLost, ServiceEnded

_READ_SIZE = 256 * 1024
_HELD = 4 << 20
"""Bytes that are held for a slow reader; beyond them the server has to wait."""


class ServerStream:
    """A :class:`~trainer_app.headsets.link.interface.Stream`; made by ``ServerLink.open_service``.

    Args:
        sock: Belongs to it.
        headset: What people call it.
        service: Its first word.
        heard: Called whenever something was received.
        gone: Called when it is closed.
    """

    def __init__(
        self,
        sock: socket.socket,
        headset: str,
        service: str,
        heard: Callable[[], None],
        gone: Callable[[ServerStream], None],
    ) -> None:
        self._sock = sock
        self._headset = headset
        self._service = service
        self._heard = heard
        self._gone = gone
        self._loop = asyncio.get_running_loop()
        self._pieces: deque[memoryview] = deque()
        self._held = 0
        self._ended = False
        self._closed = False
        self._lost: LinkLost | None = None
        self._changed = asyncio.Event()
        self._room = asyncio.Event()
        self._write_lock = asyncio.Lock()
        self._sending: asyncio.Task[bool] | None = None
        self._reading = self._loop.create_task(self._read_loop(), name=f"read {service}")

    @property
    def has_data(self) -> bool:
        """A read would not wait: there is data, or the end."""
        return bool(self._pieces) or self._ended or self._lost is not None

    async def read_some(self) -> memoryview:
        """The next piece as it came; empty at the end. Raises LinkLost."""
        while not self._pieces:
            self._check()
            if self._ended:
                return memoryview(b"")
            self._changed.clear()
            await self._changed.wait()
        piece = self._pieces.popleft()
        self._held -= len(piece)
        self._room.set()
        return piece

    async def read(self, limit: int) -> bytes:
        """At least one and at most ``limit`` bytes; empty at the end. Raises LinkLost."""
        piece = await self.read_some()
        if len(piece) > limit:
            self.unread(piece[limit:])
            piece = piece[:limit]
        return bytes(piece)

    async def read_exactly(self, count: int) -> bytes:
        """Exactly ``count`` bytes. Raises LinkLost (ServiceEnded when the stream ended before)."""
        data = bytearray()
        while len(data) < count:
            piece = await self.read(count - len(data))
            if not piece:
                raise self._end(f"ended after {len(data)} of {count} bytes")
            data += piece
        return bytes(data)

    def unread(self, data: Payload) -> None:
        """Put back what was read too much."""
        if data:
            self._pieces.appendleft(memoryview(data))
            self._held += len(data)

    async def write(self, data: Payload) -> None:
        """Send; returns when ``data`` may be reused. Raises LinkLost.

        What has begun to go out goes out whole, also when whoever waits for it is cancelled.
        """
        async with self._write_lock:
            self._check()
            if self._sending is not None:
                await asyncio.wait([self._sending])
            self._sending = self._loop.create_task(self._send(data), name=f"write {self._service}")
            await asyncio.wait([self._sending])
            self._check()
            if self._sending.cancelled() or not self._sending.result():
                raise self._end("the adb server closed it")

    async def close(self) -> None:
        """Close; what was not read is dropped. Never fails."""
        if self._closed:
            return
        self._closed = True
        self._gone(self)
        self._changed.set()
        self._pieces.clear()
        tasks: list[asyncio.Task[Any]] = [self._reading]
        if self._sending is not None:
            tasks.append(self._sending)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        self._sock.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def lose(self, reason: LinkLost) -> None:
        """The headset is gone: who waits hears of it."""
        self._lost = reason
        self._changed.set()
        self._room.set()
        if self._sending is not None:
            self._sending.cancel()

    def _check(self) -> None:
        if self._lost is not None:
            raise same_again(self._lost)
        if self._closed:
            raise self._end("closed by us")

    def _end(self, detail: str) -> ServiceEnded:
        return ServiceEnded(headset=self._headset, service=self._service, detail=detail)

    async def _send(self, data: Payload) -> bool:
        try:
            await self._loop.sock_sendall(self._sock, data)
        except OSError:
            return False
        return True

    async def _read_loop(self) -> None:
        with contextlib.suppress(OSError):
            while data := await self._loop.sock_recv(self._sock, _READ_SIZE):
                self._heard()
                self._pieces.append(memoryview(data))
                self._held += len(data)
                self._changed.set()
                while self._held >= _HELD and self._lost is None:
                    self._room.clear()
                    await self._room.wait()
        self._ended = True
        self._changed.set()


def same_again(reason: LinkLost) -> LinkLost:
    """The same reason, to be raised once more: an exception carries the way of its first raising with it."""
    return type(reason)(detail=reason.detail, **reason.params)
