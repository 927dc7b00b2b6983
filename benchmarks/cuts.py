"""A push that is broken off again and again: the connection cut, and the laptop's process killed.

    python3 dev.py bench cuts [--times N] [--only cut|killed] [--seed N]

Each is done so many times at random bytes (the seed is printed, and can be given again). What counts: the
film arrives verified, and no single break costs more bytes than one chunk (8 MiB). Where that does not hold,
the exit code is 1.

What a break has cost is counted outside of the product: the bytes that a network of ours has carried between
laptop and headset, in both directions, from the beginning of one connection (of one program) to that of the
next, less those by which the film on the headset's storage has grown meanwhile. So it holds the greetings of
the programs as well. That the film has arrived is asked of the file there: its bytes must have its hash.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.e2e.commands import Desk, Running
from tests.e2e.films import padded
from tests.fakes.cutting import CuttingNetwork
from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualHeadset, VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes

PIECE = 4 << 20
MOST_TWICE = 8 << 20
_FILMS = "SimKoffert/films"
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the film arrives, seen from outside."""

    folder: Path

    @classmethod
    def of(cls, headset: VirtualHeadset) -> Storage:
        """The films of one headset."""
        return cls(Path(headset.storage) / _FILMS)

    def arrived(self) -> int:
        """How many bytes of the film are there for good."""
        return sum(file.stat().st_size for file in (*self._glob("*.part"), *self._glob("*.mp4")))

    def is_whole(self) -> bool:
        """The film is there under its name, which is the hash of its bytes."""
        [film] = self._glob("*.mp4")
        with film.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == film.stem

    def _glob(self, pattern: str) -> list[Path]:
        return sorted(self.folder.glob(pattern))


async def library(desk: Desk, folder: Path, size: int) -> None:
    """A library with one film of so many bytes."""
    short = folder / "kort.mp4"
    await asyncio.to_thread(render, demo_recipes()[0], short, seconds=5, width=640)
    film = await asyncio.to_thread(padded, short, folder / "film.mp4", size)
    imported = await desk.run("film", "import", str(film), "--theme", "INN", timeout_s=300)
    assert imported.code == 0, imported.stderr


async def cut(desk: Desk, times: int, size: int, chance: random.Random) -> dict[str, Any]:
    """One command, whose connection is cut so many times."""
    limits = [chance.randrange(1 << 16, 3 * PIECE // 2) for _ in range(times)]
    started = perf_counter()
    async with VirtualKit(count=1) as kit:
        storage = Storage.of(kit.headsets[0])
        async with CuttingNetwork(kit.addresses[0], limits, storage.arrived) as network:
            ended = await desk.run("film", "push", "all", "--at", network.address, "--json", timeout_s=3600)
        whole = storage.is_whole()
    assert ended.code == 0, ended.stderr
    return _found("cuts", network.cuts, network.costs, size, network.carried_bytes, started, whole=whole)


async def killed(desk: Desk, times: int, size: int, chance: random.Random) -> dict[str, Any]:
    """The command killed so many times at random bytes, and started again."""
    started = perf_counter()
    marks: list[tuple[int, int]] = []
    async with VirtualKit(count=1) as kit, CuttingNetwork(kit.addresses[0], []) as network:
        storage = Storage.of(kit.headsets[0])

        async def push(*options: str) -> Running:
            """Start the command, and note what there is when it begins to speak."""
            before = network.carried_bytes
            running = await desk.start("film", "push", "all", "--at", network.address, *options)
            await _carried(running, network, before + 1)
            marks.append((network.carried_bytes, storage.arrived()))
            return running

        for _ in range(times):
            async with await push() as pushing:
                end = network.carried_bytes + chance.randrange(1 << 16, 3 * PIECE // 2)
                await _carried(pushing, network, end)
                pushing.kill()
        async with await push("--json") as last:
            ended = await last.ended(timeout_s=3600)
        whole, carried = storage.is_whole(), network.carried_bytes
    assert ended.code == 0, ended.stderr
    costs = [after[0] - before[0] - (after[1] - before[1]) for before, after in pairwise(marks)]
    return _found("kills", times, costs, size, carried, started, whole=whole)


async def _carried(command: Running, network: CuttingNetwork, end: int) -> None:
    """Wait until the network has carried so many bytes for a command that runs."""

    def enough() -> bool:
        return not command.is_alive or network.carried_bytes >= end

    await until(enough, within_s=_PATIENCE_S, every_s=0.001)
    assert command.is_alive, "the film was too short for so many breaks"


def _found(
    breaks: str, count: int, costs: list[int], size: int, carried: int, started: float, *, whole: bool
) -> dict[str, Any]:
    return {
        breaks: count,
        "bytes": size,
        "carried_bytes": carried,
        "cost_bytes": costs,
        "most_bytes": max(costs),
        "whole": whole,
        "seconds": round(perf_counter() - started, 1),
        "holds": whole and len(costs) == count and max(costs) <= MOST_TWICE,
    }


async def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="bench cuts", description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--only", choices=("cut", "killed"), help="else both")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if given.seed is None else given.seed
    chance = random.Random(seed)
    # Long enough that it never arrives before the last break.
    size = given.times * PIECE + (8 << 20)
    result: dict[str, Any] = {"seed": seed}
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder:
        desk = Desk(Path(folder))
        await library(desk, Path(folder), size)
        for kind, measure in (("cut", cut), ("killed", killed)):
            if given.only in (None, kind):
                result[kind] = await measure(desk, given.times, size, chance)
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0 if all(result[kind]["holds"] for kind in ("cut", "killed") if kind in result) else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
