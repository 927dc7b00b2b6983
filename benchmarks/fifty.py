"""Ten suitcases at once: fifty virtual headsets listed, watched and commanded by one laptop process.

    python3 dev.py bench fifty [--count N] [--idle S] [--commands N]

``idle_percent`` is what the laptop process takes of one core while it watches, without a film, and
``players_open_percent`` the same with all players open and a film prepared. A command's milliseconds are seen
from outside: from the order in the laptop to the instant at which each simulated player has it, both by this
machine's clock. Exit 1 when a command takes longer than promised at the 99th percentile, or does not reach
everybody, or when watching takes more than promised.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from time import perf_counter
from typing import Any, Self

import psutil

from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualHeadset, VirtualKit

PROMISED_MS = 250.0
PROMISED_IDLE_PERCENT = 10.0
SETTLE_S = 10.0
"""After all headsets have come: what is done once is over."""


class Laptop:
    """The process that watches."""

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
        )
        self._watched = psutil.Process(self._process.pid)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(60):
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
    def megabytes(self) -> float:
        """What it holds."""
        return float(self._watched.memory_info().rss) / (1 << 20)

    def _used_s(self) -> float:
        times = self._watched.cpu_times()
        return float(times.user + times.system)


async def told_at_ns(headset: VirtualHeadset) -> int:
    """When its player was told something the last time."""
    assert headset.observe is not None
    reader, writer = await asyncio.open_unix_connection(headset.observe)
    try:
        writer.write(b'{"observe": true}\n')
        return int(json.loads(await reader.readline())["told_at_ns"])
    finally:
        writer.close()


async def _command_ms(laptop: Laptop, kit: VirtualKit, word: str) -> list[float | None]:
    """Give one command; how long each headset took to have it, None where it never came."""
    said = await laptop.order(word)
    told: dict[int, int] = {}

    async def all_are_told() -> bool:
        for headset in kit.headsets:
            if headset.number not in told and (at_ns := await told_at_ns(headset)) > said["at_ns"]:
                told[headset.number] = at_ns
        return len(told) == len(kit.headsets)

    try:
        await until(all_are_told, within_s=10.0, every_s=0.2)
    except TimeoutError:
        print(f"{word}: {len(told)} of {len(kit.headsets)} were told", file=sys.stderr)
    return [
        (told[each.number] - said["at_ns"]) / 1e6 if each.number in told else None for each in kit.headsets
    ]


def _percentile(values: list[float], percent: int) -> float | None:
    return round(sorted(values)[max(0, -(-percent * len(values) // 100) - 1)], 1) if values else None


async def measure(count: int, idle_s: float, commands: int) -> dict[str, Any]:
    """Do it all."""
    began = perf_counter()
    async with VirtualKit(count=count, clock_skew=True, to_a_process=25) as kit:
        started_s = perf_counter() - began
        async with Laptop(kit.addresses) as laptop:
            await laptop.hear()
            listed_s = perf_counter() - began - started_s
            await asyncio.sleep(SETTLE_S)
            idle = await laptop.percent_over(idle_s)
            await laptop.order("prepare")
            await asyncio.sleep(SETTLE_S)
            prepared = await laptop.percent_over(idle_s)
            found: list[float | None] = []
            for turn in range(commands):
                found += await _command_ms(laptop, kit, "text" if turn % 2 else "identify")
            megabytes = laptop.megabytes
    came = [each for each in found if each is not None]
    return {
        "headsets": count,
        "started_s": round(started_s, 1),
        "all_ready_s": round(listed_s, 1),
        "idle_percent": round(idle, 1),
        "players_open_percent": round(prepared, 1),
        "megabytes": round(megabytes),
        "commands": commands,
        "missed": len(found) - len(came),
        "command_ms": {f"p{percent}": _percentile(came, percent) for percent in (50, 95, 99, 100)},
        "load": [round(each, 1) for each in psutil.getloadavg()],
    }


def main() -> int:
    """Run it."""
    words = argparse.ArgumentParser(prog="dev.py bench fifty")
    words.add_argument("--count", type=int, default=50)
    words.add_argument("--idle", type=float, default=30.0, help="seconds of watching")
    words.add_argument("--commands", type=int, default=40)
    asked = words.parse_args()
    found = asyncio.run(measure(asked.count, asked.idle, asked.commands))
    slowest = found["command_ms"]["p99"]
    found["kept"] = {
        "command": slowest is not None and slowest <= PROMISED_MS and not found["missed"],
        "idle": found["idle_percent"] <= PROMISED_IDLE_PERCENT,
    }
    print(json.dumps(found, indent=1))
    return 0 if all(found["kept"].values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
