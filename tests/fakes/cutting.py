"""A network that cuts each connection after a number of bytes of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from tests.fakes.network import Network

_PIECE = 64 << 10


class CuttingNetwork(Network):
    """Cuts the first connections after so many bytes, both directions counted; those that follow are whole.

    One that an end gives up before leaves its number of bytes to the next.

    Attributes:
        cuts: How many it has cut.
        carried_bytes: In both directions, over all connections.
        costs: What each cut connection carried in vain: bytes carried that had not arrived for good when the
            next one began.
    """

    def __init__(self, target: str, limits: Sequence[int], arrived: Callable[[], int] = lambda: 0) -> None:
        """``arrived``: how many bytes are there for good."""
        super().__init__(target)
        self.costs: list[int] = []
        self._arrived = arrived
        self._before: tuple[int, int] | None = None
        self.cuts = 0
        self.carried_bytes = 0
        self._limits = list(limits)
        self._given: dict[asyncio.Event, int] = {}
        self._left: dict[asyncio.Event, int | None] = {}

    def _ended(self, flowing: asyncio.Event) -> None:
        given = self._given.pop(flowing, None)
        if self._left.pop(flowing, None) and given is not None:
            self._limits.insert(0, given)

    def _reckon(self) -> None:
        now = (self.carried_bytes, self._arrived())
        if self._before is not None and len(self.costs) < self.cuts:
            self.costs.append(now[0] - self._before[0] - (now[1] - self._before[1]))
        self._before = now

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flowing: asyncio.Event
    ) -> None:
        if flowing not in self._left:
            self._left[flowing] = None
            self._reckon()
            if self._limits:
                self._given[flowing] = self._left[flowing] = self._limits.pop(0)
        while data := await reader.read(_PIECE):
            left = self._left[flowing]
            if left is not None and left <= len(data):
                writer.write(data[:left])
                self.carried_bytes += left
                if left:
                    self.cuts += 1
                self._left[flowing] = 0
                raise ConnectionAbortedError
            self._left[flowing] = None if left is None else left - len(data)
            writer.write(data)
            self.carried_bytes += len(data)
            await writer.drain()
        writer.close()
