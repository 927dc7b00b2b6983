"""Many virtual headsets, seen from outside; and what else keeps the machine busy meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Self

import psutil

from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualHeadset

_ALL_S = 90.0
"""So long a busy machine may take until all players are where they should be."""


@dataclass(slots=True)
class Shares:
    """Who took how many percent of one core; valid after the block.

    Attributes:
        own: The benchmark with all its processes.
        others: Everything else.
    """

    own: float = 0.0
    others: float = 0.0


class Crowd:
    """The observers of all headsets, for as long as an ``async with`` block."""

    def __init__(self, headsets: Sequence[VirtualHeadset]) -> None:
        self._headsets = headsets
        self._ways: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def __aenter__(self) -> Self:
        for headset in self._headsets:
            assert headset.observe is not None
            self._ways[headset.number] = await asyncio.open_unix_connection(headset.observe)
        return self

    async def __aexit__(self, *_: object) -> None:
        for _reader, writer in self._ways.values():
            writer.close()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._headsets)

    async def observe(self) -> dict[int, dict[str, Any]]:
        """What each player can be seen to do, by number."""
        for _reader, writer in self._ways.values():
            writer.write(b'{"observe": true}\n')
        return {number: json.loads(await reader.readline()) for number, (reader, _) in self._ways.items()}

    async def all_are(self, state: str) -> None:
        """Wait until each player is in a state.

        Raises:
            TimeoutError: one never was.
        """

        async def so() -> bool:
            return all(seen["state"] == state for seen in (await self.observe()).values())

        await until(so, within_s=_ALL_S, every_s=0.5)

    @contextlib.asynccontextmanager
    async def shares(self, *own: int) -> AsyncIterator[Shares]:
        """Watch what this process takes, with these processes and their families, and what all others do."""
        found, began = Shares(), perf_counter()
        everything, ours = _busy_s(), _family_s(own)
        yield found
        percent = 100 / (perf_counter() - began)
        found.own = (_family_s(own) - ours) * percent
        found.others = max(0.0, (_busy_s() - everything) * percent - found.own)


def _busy_s() -> float:
    """What all cores have worked so far; of a virtual machine also what its host has taken from it."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + getattr(times, "steal", 0.0))


def _family_s(own: Sequence[int]) -> float:
    """What these processes, their children and this one have worked so far, buried children included."""
    family = [psutil.Process(os.getpid())]
    for pid in own:
        process = psutil.Process(pid)
        family += [process, *process.children(recursive=True)]
    return sum(_worked_s(process) for process in family)


def _worked_s(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(sum(times[:4]))
