"""The reading half of a stream, on asyncio: what has come is held until somebody reads it."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import deque

from headset_agent.protocol.adb.framing import Payload
from headset_agent.protocol.closing import Closing

HELD_LIMIT = 4 << 20
"""Bytes that are held for a slow reader; beyond them the other side has to wait."""


class ReadableStream(Closing):
    """What the streams of all ways to a headset have in common. One task reads; closing never fails."""

    def __init__(self) -> None:
        self._pieces: deque[memoryview] = deque()
        self._held = 0
        self._closed_by_peer = False
        self._changed = asyncio.Event()

    @property
    def has_data(self) -> bool:
        """A read would not wait: there is data, or the end."""
        return bool(self._pieces) or self._closed_by_peer or self._failure() is not None

    async def read_some(self) -> memoryview:
        """The next piece as it came, without a copy; empty at the end. Raises what :meth:`_failure` gives."""
        while not self._pieces:
            self._check_open()
            if self._closed_by_peer:
                return memoryview(b"")
            self._changed.clear()
            await self._changed.wait()
        piece = self._pieces.popleft()
        self._held -= len(piece)
        if self._has_room:
            self._make_room()
        return piece

    async def read(self, limit: int) -> bytes:
        """At least one and at most ``limit`` bytes; empty at the end. Raises as :meth:`read_some`."""
        piece = await self.read_some()
        if len(piece) > limit:
            self.unread(piece[limit:])
            piece = piece[:limit]
        return bytes(piece)

    async def read_exactly(self, count: int) -> bytes:
        """Exactly ``count`` bytes. Raises as :meth:`read_some`, or :meth:`_cut_short` at an early end."""
        data = bytearray()
        while len(data) < count:
            piece = await self.read(count - len(data))
            if not piece:
                raise self._cut_short(f"ended after {len(data)} of {count} bytes")
            data += piece
        return bytes(data)

    def unread(self, data: Payload) -> None:
        """Put back what was read too much; the next read gives it again."""
        if data:
            self._pieces.appendleft(memoryview(data))
            self._held += len(data)

    # --- for whoever brings the bytes ---

    @property
    def _has_room(self) -> bool:
        return self._held < HELD_LIMIT

    def _take_in(self, data: Payload) -> None:
        """Hold what has come."""
        if data:
            self._pieces.append(memoryview(data))
            self._held += len(data)
            self._changed.set()

    def _drop(self) -> None:
        """Forget what was not read; whoever waits for more hears of the failure."""
        self._pieces.clear()
        self._held = 0
        self._changed.set()

    def _check_open(self) -> None:
        failure = self._failure()
        if failure is not None:
            raise failure

    @abstractmethod
    def _failure(self) -> Exception | None:
        """Why nothing more can come, other than by the peer's closing: lost, or closed by us."""

    @abstractmethod
    def _cut_short(self, detail: str) -> Exception:
        """What is raised when the peer closed in the middle of what was expected."""

    @abstractmethod
    def _make_room(self) -> None:
        """Something was read, and there is room for more."""
