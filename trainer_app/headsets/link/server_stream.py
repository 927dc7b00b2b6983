"""A service of a headset, carried by a connection to the adb server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import Any

from headset_agent.protocol.adb.framing import Sendable
from headset_agent.protocol.adb.receiving import ReadableStream
from headset_agent.protocol.adb.slices import FileSlice
from trainer_app.domain.errors import same_again
from trainer_app.domain.link_errors import LinkLost, ServiceEnded

_READ_SIZE = 256 * 1024


class ServerStream(ReadableStream):
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
        super().__init__()
        self._sock = sock
        self._headset = headset
        self._service = service
        self._heard = heard
        self._gone = gone
        self._loop = asyncio.get_running_loop()
        self._closed = False
        self._lost: LinkLost | None = None
        self._room = asyncio.Event()
        self._write_lock = asyncio.Lock()
        self._sending: asyncio.Task[bool] | None = None
        self._reading = self._loop.create_task(self._read_loop(), name=f"read {service}")

    async def write(self, data: Sendable) -> None:
        """Send; returns when ``data`` may be reused. Raises LinkLost.

        What has begun to go out goes out whole, also when whoever waits for it is cancelled.
        """
        async with self._write_lock:
            self._check_open()
            if self._sending is not None:
                await asyncio.wait([self._sending])
            self._sending = self._loop.create_task(self._send(data), name=f"write {self._service}")
            await asyncio.wait([self._sending])
            self._check_open()
            if self._sending.cancelled() or not self._sending.result():
                raise self._cut_short("the adb server closed it")

    async def close(self) -> None:
        """Close; what was not read is dropped. Never fails."""
        if self._closed:
            return
        self._closed = True
        self._gone(self)
        self._drop()
        tasks: list[asyncio.Task[Any]] = [self._reading]
        if self._sending is not None:
            tasks.append(self._sending)
        for task in tasks:
            # Not after the wait below: whoever closes may be cancelled in it.
            task.add_done_callback(self._close_socket_after_the_last)
            task.cancel()
        await asyncio.wait(tasks)

    def _close_socket_after_the_last(self, _ended: asyncio.Task[Any]) -> None:
        """Close the socket when nothing uses it any more (its number may be another one's at once)."""
        if self._reading.done() and (self._sending is None or self._sending.done()):
            self._sock.close()

    def lose(self, reason: LinkLost) -> None:
        """The headset is gone: who waits hears of it."""
        self._lost = reason
        self._changed.set()
        self._room.set()
        if self._sending is not None:
            self._sending.cancel()

    def _failure(self) -> LinkLost | None:
        if self._lost is not None:
            return same_again(self._lost)
        return self._cut_short("closed by us") if self._closed else None

    def _cut_short(self, detail: str) -> ServiceEnded:
        return ServiceEnded(headset=self._headset, service=self._service, detail=detail)

    def _make_room(self) -> None:
        self._room.set()

    async def _send(self, data: Sendable) -> bool:
        try:
            if isinstance(data, FileSlice):
                await data.send(self._sock)
            else:
                await self._loop.sock_sendall(self._sock, data)
        except OSError:
            return False
        return True

    async def _read_loop(self) -> None:
        with contextlib.suppress(OSError):
            while data := await self._loop.sock_recv(self._sock, _READ_SIZE):
                self._heard()
                self._take_in(data)
                while not self._has_room and self._lost is None:
                    self._room.clear()
                    await self._room.wait()
        self._closed_by_peer = True
        self._changed.set()
