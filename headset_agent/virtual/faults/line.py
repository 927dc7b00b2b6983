"""The line between computer and headset, as the faults of the connection make it.

All of it happens in user space, on the headset's end of a TCP connection on loopback: bytes are taken from
the socket later than they came, or handed to it later than they were written. So a lost packet is no lost
packet but what TCP makes of one, a stall of 200 ms and more in which nothing arrives; and the operating
system's own buffers, some hundred kilobytes, still fill at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
from time import perf_counter

from headset_agent.protocol.adb.connecting import TcpChannel
from headset_agent.protocol.adb.framing import Sendable
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import Cut, Fault, LostPackets, Offline, SlowLink

_PACKET = 1448
"""Bytes of a film in one TCP packet."""

_LEAST_STALL_MS = 200.0
_PIECE = 64 * 1024
_PIECE_S = 0.05
"""A narrow line is given so many seconds of bytes at a time."""


class FaultyChannel(TcpChannel):
    """A connection that suffers from whatever is wrong; without faults it is a TCP connection."""

    def __init__(self, sock: socket.socket, faults: ActiveFaults, chance: random.Random) -> None:
        """Take over a connected socket; ``chance`` decides which packets get lost."""
        super().__init__(sock)
        self._faults = faults
        self._chance = chance
        self._is_cut = False
        self._counted: Fault | None = None
        self._carried = 0

    def cut(self) -> None:
        """Break the connection; whoever reads or writes here notices at once."""
        self._is_cut = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    async def receive_into(self, buffer: memoryview, missing: int = 0) -> int:
        """Receive some bytes; 0 at the end."""
        if self._is_cut:
            return 0
        if self._faults:
            count = await super().receive_into(buffer[: self._piece()])
        else:
            count = await super().receive_into(buffer, missing)
        if self._faults and count:
            await self._carry(count)
            self._count(count)
        return count

    async def send(self, header: bytes, payload: Sendable) -> None:
        """Send both whole."""
        if self._faults:
            await self._carry(len(header) + len(payload))
            self._count(len(header) + len(payload))
            if self._is_cut:
                raise ConnectionResetError("the line was cut")
        await super().send(header, payload)

    def _piece(self) -> int:
        """So many bytes are taken at once."""
        size = _PIECE
        if slow := self._faults.get(SlowLink):
            size = min(size, _narrow_piece(slow))
        if cut := self._faults.get(Cut):
            size = min(size, max(1, cut.after_bytes - (self._carried if cut is self._counted else 0)))
        return size

    async def _carry(self, count: int) -> None:
        """Let these bytes take their time."""
        if slow := self._faults.get(SlowLink):
            await self._wait_in_line(slow, count)
        if lost := self._faults.get(LostPackets):
            await self._stall(lost, count)
        await self._faults.until_over(Offline)

    async def _wait_in_line(self, slow: SlowLink, count: int) -> None:
        """Piece by piece, so that other connections get their turns on the same line."""
        for start in range(0, count, _narrow_piece(slow)):
            if self._faults.get(SlowLink) is not slow:
                return
            needed_s = min(_narrow_piece(slow), count - start) / slow.bytes_per_s
            now = perf_counter()
            await asyncio.sleep(self._faults.line.put(now, needed_s, slow.delay_ms / 1000) - now)

    async def _stall(self, lost: LostPackets, count: int) -> None:
        packets = -(-count // _PACKET)
        if self._chance.random() > (1 - lost.percent / 100) ** packets:
            await asyncio.sleep(self._chance.uniform(_LEAST_STALL_MS, lost.longest_ms) / 1000)

    def _count(self, count: int) -> None:
        """Break the connection when it has carried all it may."""
        cut = self._faults.get(Cut)
        if cut is not self._counted:
            self._counted, self._carried = cut, 0
        if cut is not None:
            self._carried += count
            if self._carried >= cut.after_bytes:
                self.cut()


def _narrow_piece(slow: SlowLink) -> int:
    return max(_PACKET, round(slow.bytes_per_s * _PIECE_S))
