"""A network between laptop and headset that can hang, slow down and be cut: a TCP proxy on loopback."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self

_PIECE = 64 << 10


class Network:
    """Forwards connections to a port; use as a context.

    Attributes:
        address: Where it listens.
        bytes_per_s: How much it carries, both directions counted; None is all there is.
        takes: How many connections it takes in its life; None is any number.
        accepted: How many were opened, also those it did not take.
        carried: Pieces carried in either direction.
    """

    def __init__(self, target: str, *, bytes_per_s: float | None = None) -> None:
        host, _, port = target.rpartition(":")
        self._host, self._port = host, int(port)
        self._connections: dict[asyncio.Task[None], asyncio.Event] = {}
        self._server: asyncio.Server | None = None
        self.address = ""
        self.bytes_per_s = bytes_per_s
        self.takes: int | None = None
        self.accepted = 0
        self.carried = 0

    @property
    def open(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    def hang(self) -> None:
        """What is connected now falls silent without being closed; new connections work."""
        for flowing in self._connections.values():
            flowing.clear()

    def cut(self) -> None:
        """Close what is connected now."""
        for task in self._connections:
            task.cancel()

    def cut_newest(self) -> None:
        """Close the one of them that was opened last."""
        next(reversed(self._connections)).cancel()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.accepted += 1
        if self.takes is not None and self.accepted > self.takes:
            near_out.transport.abort()
            return
        flowing = self._connections[task] = asyncio.Event()
        flowing.set()
        far_in, far_out = await asyncio.open_connection(self._host, self._port)
        try:
            await asyncio.gather(
                self._carry(near_in, far_out, flowing), self._carry(far_in, near_out, flowing)
            )
        except (asyncio.CancelledError, ConnectionError):
            pass  # cut, or an end has gone: both are what this is for
        finally:
            self._ended(self._connections.pop(task))
            for writer in (near_out, far_out):
                writer.close()
                with contextlib.suppress(ConnectionError):
                    await writer.wait_closed()

    def _ended(self, flowing: asyncio.Event) -> None:
        """A connection carries nothing any more."""

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flowing: asyncio.Event
    ) -> None:
        while data := await reader.read(_PIECE):
            await flowing.wait()
            self.carried += 1
            writer.write(data)
            await writer.drain()
            if self.bytes_per_s is not None:
                await asyncio.sleep(len(data) / self.bytes_per_s)
        writer.close()
