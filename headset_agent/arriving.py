"""A film on its way in: its bytes are written, summed and flushed as they come.

A thread does that: gigabytes would keep the agent's loop from everything else, and its turns would take
longer than the bytes. It takes a little at a time and does all that has to be done with it at once, while it
is near the processor: handed over to a second thread, which summed, it had to come from the memory twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import FileIO
from time import perf_counter_ns
from typing import TypeVar

from headset_agent.film_line import FilmLine
from headset_agent.flushing import Flushing
from headset_agent.following import FollowedFile
from headset_agent.protocol.messages import FILM_ROOM, FILM_STEP, TAKEN_OVER
from headset_agent.store_errors import StoreError, storage_error

T = TypeVar("T")

_LOOK_NS = 1_000_000_000
"""So often it is looked how much room there is while a film arrives: others write on this storage too."""

Stored = Callable[[int], None]
"""Called with how many bytes of the film are in the file, whenever that has changed."""


@dataclass(slots=True)
class Incoming:
    """A film on its way in: ``offset`` of its ``size`` bytes are in its file.

    ``content`` is what they sum up to, and ``expected`` what all of them have to.
    """

    size: int
    suffix: str
    title: str
    offset: int
    content: FollowedFile
    expected: str
    arrival: Arrival | None = None


class Arrival:
    """The bytes of one film as they come over one connection."""

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
        self._line: FilmLine | None = None
        self._taking: asyncio.Future[None] | None = None
        self._looked_ns = perf_counter_ns()
        self._is_ended = False

    async def take(self, sock: socket.socket, stored: Stored) -> None:
        """Take bytes from a connection until the film is whole or its sender is gone.

        Args:
            sock: Not blocking, and read by nobody else.
            stored: Told on the way.

        Raises:
            StoreError: The storage is full or faulty, or another connection brings this film now.
            OSError: The connection broke.
        """
        if self._is_ended:
            raise StoreError(TAKEN_OVER, "begun by another")
        self._line = FilmLine(sock, self._incoming.size - self._incoming.offset)
        with self._summed_as_it_comes() as sums, _thread("film") as taker, _works() as works:
            take = partial(self._take, works, partial(self._tell, stored), sums=sums)
            self._taking = works.loop.run_in_executor(taker, take)
            try:
                await asyncio.shield(self._taking)
            except StoreError:
                self._file.close()
                self._distrust()
                raise
            finally:
                await self._stop()
        if self._is_ended and self._incoming.offset < self._incoming.size:
            raise StoreError(TAKEN_OVER, "begun by another")

    async def close(self) -> None:
        """End it, also while it is being taken; what has arrived stays for the next try."""
        self._is_ended = True
        try:
            await self._stop()
        finally:
            self._file.close()
            if self._incoming.arrival is self:
                self._incoming.arrival = None

    async def _stop(self) -> None:
        if self._line is not None:
            self._line.stop()
        if self._taking is not None:
            await finished(asyncio.wait([self._taking]))

    @contextlib.contextmanager
    def _summed_as_it_comes(self) -> Iterator[bool]:
        """Whether what is written is summed at once; else the file is read behind it."""
        content = self._incoming.content
        sums = content.begin_taking(self._incoming.offset)
        try:
            yield sums
        finally:
            if sums:
                content.end_taking()

    def _tell(self, stored: Stored, offset: int) -> None:
        self._incoming.content.grown_to(offset)
        stored(offset)

    # --- in a thread of its own ---

    def _take(self, works: _Works, tell: Stored, *, sums: bool) -> None:
        assert self._line is not None
        flushing = Flushing(self._file, works.flusher)
        told = self._incoming.offset
        try:
            for piece in self._line.pieces():
                self._store(piece, flushing, works)
                if sums:
                    self._incoming.content.take(piece)
                arrived = self._incoming.offset
                if arrived - told >= FILM_STEP or (arrived > told and not piece):
                    told = arrived
                    works.loop.call_soon_threadsafe(tell, arrived)
        finally:
            flushing.end()
            if self._incoming.offset > told:
                works.loop.call_soon_threadsafe(tell, self._incoming.offset)

    def _store(self, piece: memoryview, flushing: Flushing, works: _Works) -> None:
        try:
            self._look_for_room(works)
            self._write(piece)
            flushing.written(len(piece))
        except OSError as error:
            raise storage_error(error) from error

    def _write(self, data: memoryview) -> None:
        while data:
            count = self._file.write(data)
            self._incoming.offset += count
            data = data[count:]

    def _look_for_room(self, works: _Works) -> None:
        now = perf_counter_ns()
        if now - self._looked_ns > _LOOK_NS:
            self._looked_ns = now
            if works.wait_for(self._free_bytes()) < FILM_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@dataclass(frozen=True, slots=True)
class _Works:
    """Who helps the thread that takes a film: the agent's loop, and a thread that flushes."""

    loop: asyncio.AbstractEventLoop
    flusher: ThreadPoolExecutor

    def wait_for(self, question: Awaitable[T]) -> T:
        """Have the loop answer a question."""

        async def asked() -> T:
            return await question

        return asyncio.run_coroutine_threadsafe(asked(), self.loop).result()


@contextlib.contextmanager
def _works() -> Iterator[_Works]:
    with _thread("flush") as flusher:
        yield _Works(asyncio.get_running_loop(), flusher)


@contextlib.contextmanager
def _thread(name: str) -> Iterator[ThreadPoolExecutor]:
    """A thread of its own; what it is given is done in order."""
    thread = ThreadPoolExecutor(1, thread_name_prefix=name)
    try:
        yield thread
    finally:
        # Its work is done, or waited for by whoever has given it: the loop does not wait here.
        thread.shutdown(wait=False)


async def finished(work: Awaitable[T]) -> T:
    """Wait for work in a thread also when we are cancelled: it uses our buffer and our file."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
