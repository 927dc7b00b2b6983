"""The laptop process of the benchmark ``fifty``, as it is led and looked at from outside."""

from __future__ import annotations

import asyncio
import json
import sys
from time import perf_counter
from typing import Any, Self

import psutil

_END_S = 30.0


class Laptop:
    """The process that watches (``_suitcases.py``), for as long as an ``async with`` block."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "benchmarks._suitcases",
            *self._addresses,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Ctrl-C is for the program that leads, which ends it in order.
            start_new_session=sys.platform != "win32",
        )
        self._watched = psutil.Process(self._process.pid)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(_END_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def hear(self) -> dict[str, Any]:
        """The next thing it says."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the laptop has ended"
        said: dict[str, Any] = json.loads(line)
        return said

    async def order(self, word: str) -> dict[str, Any]:
        """Have it do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(word.encode() + b"\n")
        return await self.hear()

    async def percent_over(self, seconds: float) -> float:
        """What it takes of one core."""
        before, began = self._used_s(), perf_counter()
        await asyncio.sleep(seconds)
        return 100 * (self._used_s() - before) / (perf_counter() - began)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def megabytes(self) -> float:
        """What it holds."""
        return float(self._watched.memory_info().rss) / (1 << 20)

    def _used_s(self) -> float:
        times = self._watched.cpu_times()
        return float(times.user + times.system)
