"""Ten suitcases at once: fifty virtual headsets listed, watched and commanded by one laptop process.

    python3 dev.py bench fifty [--headsets N] [--idle S] [--commands N]

``idle_percent`` is what the laptop process takes of one core while it watches, without a film, and
``players_open_percent`` the same with all players open and a film prepared: each page reports ten times a
second then. The commands are given in that state, *identify* and words to all wearers by turns, with pauses
of chance between them.

A command's milliseconds are seen from outside. They begin in this process, before the order is written to
the laptop's standard input, and end in the process of each simulated player, when it takes the message off
its web socket; both by this machine's one monotonic clock. Nothing that the laptop says counts. A player
that has not got a command within ten seconds has missed it.

Exit 1 when a command takes longer than promised at the 99th percentile, or does not reach everybody, or
when watching takes more than promised. ``own_percent`` is what laptop and headsets took of one core during
the commands, ``others_percent`` what everything else on this machine did: where both are more than its
cores, the milliseconds tell of the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
from time import perf_counter, perf_counter_ns
from typing import Any

import psutil

from benchmarks._crowd import Crowd
from benchmarks._laptop import Laptop
from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualKit

PROMISED_MS = 250.0
PROMISED_IDLE_PERCENT = 10.0
SETTLE_S = 10.0
"""After all headsets have come: what is done once is over."""

TO_A_PROCESS = 25
"""Headsets that share a process: a process each would measure how this machine changes between a hundred."""

ENDS_S = 345.0
"""Whatever happens, it is over by then."""

_PAUSE_S = (0.2, 1.0)
_MISSED_S = 10.0


async def command(laptop: Laptop, crowd: Crowd, word: str) -> list[float]:
    """Give one command; milliseconds until each headset had it, of those that got it."""
    at_ns = perf_counter_ns()
    await laptop.order(word)
    told: dict[int, int] = {}

    async def all_are_told() -> bool:
        for number, seen in (await crowd.observe()).items():
            if seen["told_at_ns"] > at_ns:
                told.setdefault(number, int(seen["told_at_ns"]))
        return len(told) == crowd.size

    try:
        await until(all_are_told, within_s=_MISSED_S, every_s=0.1)
    except TimeoutError:
        print(f"{word}: {len(told)} of {crowd.size} were told", file=sys.stderr)
    return [(instant - at_ns) / 1e6 for instant in told.values()]


async def commands(laptop: Laptop, crowd: Crowd, count: int) -> dict[str, Any]:
    """Give so many commands, and sum up."""
    found: list[list[float]] = []
    chance = random.Random(1)
    for turn in range(count):
        await asyncio.sleep(chance.uniform(*_PAUSE_S))
        found.append(await command(laptop, crowd, "text" if turn % 2 else "identify"))
    every = [each for came in found for each in came]
    return {
        "commands": count,
        "reached": [len(came) for came in found],
        "missed": count * crowd.size - len(every),
        "command_ms": {f"p{percent}": _percentile(every, percent) for percent in (50, 90, 95, 99, 100)},
        "slowest_ms": [round(max(came), 1) for came in found if came],
    }


def _percentile(values: list[float], percent: int) -> float | None:
    return round(sorted(values)[max(0, -(-percent * len(values) // 100) - 1)], 1) if values else None


async def measure(headsets: int, idle_s: float, count: int) -> dict[str, Any]:
    """Do it all."""
    began = perf_counter()
    async with VirtualKit(count=headsets, clock_skew=True, to_a_process=TO_A_PROCESS) as kit:
        started_s = perf_counter() - began
        async with Laptop(kit.addresses) as laptop, Crowd(kit.headsets) as crowd:
            listed = await laptop.hear()
            listed_s = perf_counter() - began - started_s
            await asyncio.sleep(SETTLE_S)
            idle = await laptop.percent_over(idle_s)
            watched = await laptop.order("watch")
            await laptop.order("prepare")
            await crowd.all_are("ready")
            await asyncio.sleep(SETTLE_S)
            prepared = await laptop.percent_over(idle_s)
            async with crowd.shares(kit.pid, laptop.pid) as shares:
                commanded = await commands(laptop, crowd, count)
            megabytes = laptop.megabytes
    return {
        "headsets": headsets,
        "listed": listed["ready"],
        "watched": watched["watched"],
        "started_s": round(started_s, 1),
        "all_ready_s": round(listed_s, 1),
        "idle_percent": round(idle, 1),
        "players_open_percent": round(prepared, 1),
        "megabytes": round(megabytes),
        **commanded,
        "own_percent": round(shares.own),
        "others_percent": round(shares.others),
        "load": [round(each, 1) for each in psutil.getloadavg()],
        "seconds": round(perf_counter() - began),
    }


async def _in_time(headsets: int, idle_s: float, count: int) -> dict[str, Any]:
    task = asyncio.current_task()
    assert task is not None
    if sys.platform != "win32":
        # As Ctrl-C does: whatever was started is ended first.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with asyncio.timeout(ENDS_S):
        return await measure(headsets, idle_s, count)


def main() -> int:
    """Run it."""
    words = argparse.ArgumentParser(prog="dev.py bench fifty")
    words.add_argument("--headsets", type=int, default=50)
    words.add_argument("--idle", type=float, default=30.0, help="seconds of watching")
    words.add_argument("--commands", type=int, default=40)
    asked = words.parse_args()
    try:
        found = asyncio.run(_in_time(asked.headsets, asked.idle, asked.commands))
    except TimeoutError:
        print(f"not over within {ENDS_S:.0f} s; load {psutil.getloadavg()}", file=sys.stderr)
        return 1
    slowest = found["command_ms"]["p99"]
    found["kept"] = {
        "listed": found["listed"] == found["watched"] == asked.headsets,
        "command": slowest is not None and slowest <= PROMISED_MS and not found["missed"],
        "idle": found["idle_percent"] <= PROMISED_IDLE_PERCENT,
    }
    print(json.dumps(found, indent=1))
    return 0 if all(found["kept"].values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
