"""A film on its way in: its bytes are written, hashed and flushed as they come."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import FileIO
from time import perf_counter_ns
from typing import TypeVar

from headset_agent.flushing import Flushing
from headset_agent.following import FollowedFile
from headset_agent.protocol.messages import FILM_ROOM, TAKEN_OVER
from headset_agent.store_errors import StoreError, storage_error

T = TypeVar("T")

_LOOK_NS = 1_000_000_000
"""So often it is looked how much room there is while a film arrives: others write on this storage too."""


@dataclass(slots=True)
class Incoming:
    """A film on its way in: ``offset`` of its ``size`` bytes are in the file that ``content`` hashes."""

    size: int
    suffix: str
    title: str
    offset: int
    content: FollowedFile
    arrival: Arrival | None = None


class Arrival:
    """The bytes of one film as they come; one stream at a time may bring them.

    Attributes:
        on_taken_over: Called when another stream takes over.
    """

    def __init__(
        self,
        incoming: Incoming,
        file: FileIO,
        *,
        free_bytes: Callable[[], Awaitable[int]],
        distrust: Callable[[], None],
    ) -> None:
        """Take the film and its file, open at the film's end.

        Args:
            incoming: The film.
            file: Where its bytes go; closed in the end.
            free_bytes: Tells how much room there is.
            distrust: Called when nobody knows any more where the film ends in its file.
        """
        self._incoming = incoming
        self._file = file
        self._free_bytes = free_bytes
        self._distrust = distrust
        self._flushing = Flushing(file)
        self._lock = asyncio.Lock()
        self._looked_ns = perf_counter_ns()
        self.on_taken_over: Callable[[], None] = lambda: None

    @property
    def offset(self) -> int:
        """How many bytes of the film are there."""
        return self._incoming.offset

    @property
    def size(self) -> int:
        """Bytes of the whole film."""
        return self._incoming.size

    async def write(self, data: memoryview) -> None:
        """Store the film's next bytes.

        Raises:
            StoreError: The storage is full or faulty, they are more than the film has, or another stream
                brings this film now.
        """
        async with self._lock:
            if self._file.closed:
                raise StoreError(TAKEN_OVER, "begun by another")
            if self._incoming.offset + len(data) > self._incoming.size:
                raise StoreError("film_offset", f"more than {self._incoming.size} bytes")
            try:
                await self._look_for_room()
                await self._write_and_hash(data)
                self._flushing.written(len(data))
            except OSError as error:
                await self._flushing.end()
                self._file.close()
                self._distrust()
                raise storage_error(error) from error
            self._incoming.content.grown_to(self._incoming.offset)

    async def close(self) -> None:
        """End it; what has arrived stays for the next try."""
        async with self._lock:
            await self._flushing.end()
            self._file.close()
        if self._incoming.arrival is self:
            self._incoming.arrival = None

    async def _write_and_hash(self, data: memoryview) -> None:
        """At once, in two threads: neither takes long, and together they would."""
        content, works = self._incoming.content, [asyncio.to_thread(self._write, data)]
        if content.is_read_up_to(self._incoming.offset):
            works.append(asyncio.to_thread(content.take, data))
        for outcome in await finished(asyncio.gather(*works, return_exceptions=True)):
            if outcome is not None:
                raise outcome

    def _write(self, data: memoryview) -> None:
        while data:
            count = self._file.write(data)
            self._incoming.offset += count
            data = data[count:]

    async def _look_for_room(self) -> None:
        now = perf_counter_ns()
        if now - self._looked_ns > _LOOK_NS:
            self._looked_ns = now
            if await self._free_bytes() < FILM_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


async def finished(work: Awaitable[T]) -> T:
    """Wait for work in a thread also when we are cancelled: it uses our buffer and our file."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
