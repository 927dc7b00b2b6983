"""Carries packets between two TUN devices, through the air of each direction."""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import dataclass

from tests.rig.air import Air

_LARGEST = 65536
_AT_ONCE = 64
"""Packets taken from one device before others have a turn."""


@dataclass(slots=True)
class Ether:
    """One link: what is read at one end is written at the other when its time has come."""

    ends: tuple[int, int]
    airs: tuple[Air, Air]

    def start(self) -> None:
        """Carry from now on, in the running loop."""
        loop = asyncio.get_running_loop()
        there, back = self.airs
        near, far = self.ends
        loop.add_reader(near, self._carry, near, far, there)
        loop.add_reader(far, self._carry, far, near, back)

    def _carry(self, source: int, target: int, air: Air) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(BlockingIOError):
            for _ in range(_AT_ONCE):
                packet = os.read(source, _LARGEST)
                at_s = air.arrival(loop.time())
                if at_s is None:
                    continue
                if at_s <= loop.time():
                    _write(target, packet)
                else:
                    loop.call_at(at_s, _write, target, packet)


def _write(target: int, packet: bytes) -> None:
    # A full queue loses packets, as everywhere.
    with contextlib.suppress(BlockingIOError):
        os.write(target, packet)
