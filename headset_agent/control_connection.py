"""One accepted connection of the control port: lines in, messages out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator

from headset_agent.protocol.lines import LineBuffer
from headset_agent.protocol.messages import FromAgent, Hello, Report, encode
from headset_agent.protocol.patience import ended_within

log = logging.getLogger(__name__)

_FLUSH_S = 1.0
"""How long a connection that is closed may take to send what is queued; its peer may hang."""

_TELEMETRY_BACKLOG = 64 << 10
"""Bytes waiting to be sent beyond which reports are dropped: telemetry must not grow a queue."""


class Goodbye(Exception):
    """The connection is to be closed."""


class Connection:
    """One accepted control connection: lines in, messages out."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, serving: asyncio.Task[None]
    ) -> None:
        """Take the two ends of the stream and the task that serves it."""
        self._serving = serving
        self._reader = reader
        self._writer = writer
        self._lines = LineBuffer()
        self._ready: list[bytes] = []
        self.hello: Hello | None = None
        self.on_line: Callable[[], None] = lambda: None

    async def line(self) -> bytes | None:
        """The next line, or None when the peer has closed."""
        while not self._ready:
            data = await self._reader.read(1 << 16)
            if not data:
                return None
            self._ready = self._lines.feed(data)
            self._ready.reverse()
        self.on_line()
        return self._ready.pop()

    def send(self, message: FromAgent) -> None:
        """Queue one message; reports are dropped while the peer does not keep up."""
        if self._writer.is_closing():
            return
        backlog = self._writer.transport.get_write_buffer_size()
        if isinstance(message, Report) and backlog > _TELEMETRY_BACKLOG:
            return
        self._writer.write(encode(message) + b"\n")

    @contextlib.contextmanager
    def socket(self) -> Iterator[socket.socket]:
        """The socket itself, for bytes that are no lines; the peer waits for an answer before it sends any.

        What the peer is told still goes through :meth:`send`.
        """
        transport = self._writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()
        with transport.get_extra_info("socket").dup() as own:
            yield own

    def hang_up(self) -> None:
        """Have the connection closed by the task that serves it; does not wait for a peer that may hang."""
        self._serving.cancel()

    async def close(self) -> None:
        """Send what is queued and close."""
        self._writer.close()
        try:
            if not await ended_within(self._writer.wait_closed(), _FLUSH_S):
                self._writer.transport.abort()
        except ConnectionError as error:
            log.debug("closing: %s", error)
