"""A push that is broken off again and again: the connection cut, and the laptop's process killed.

Each is done so many times at random moments (the seed is printed, and can be given again). What counts: the
film arrives verified, and no break costs more bytes than one chunk (8 MiB). Where that does not hold, the
exit code is 1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.e2e.commands import Desk
from tests.e2e.films import padded
from tests.fakes.cutting import CuttingNetwork
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes

PIECE = 4 << 20
MOST_TWICE = 8 << 20


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
    async with VirtualKit(count=1) as kit, CuttingNetwork(kit.addresses[0], limits) as network:
        ended = await desk.run("film", "push", "all", "--at", network.address, "--json", timeout_s=3600)
    assert ended.code == 0, ended.stderr
    [result] = ended.document["results"]
    assert result["verified"]
    return {
        "cuts": network.cuts,
        "bytes": size,
        "sent_bytes": result["sent_bytes"],
        "twice_a_cut": (result["sent_bytes"] - size) / max(1, network.cuts),
        "seconds": perf_counter() - started,
        "holds": result["sent_bytes"] - size <= network.cuts * MOST_TWICE,
    }


async def killed(desk: Desk, times: int, size: int, chance: random.Random) -> dict[str, Any]:
    """The command killed so many times at random bytes, and started again."""
    started = perf_counter()
    kills = 0
    async with VirtualKit(count=1) as kit, CuttingNetwork(kit.addresses[0], []) as network:
        # What it takes to bring the agent there is no part of the film.
        await desk.run("headset", "list", "--at", network.address)
        while kills < times:
            until = network.carried_bytes + chance.randrange(1 << 16, 3 * PIECE // 2)
            async with await desk.start("film", "push", "all", "--at", network.address) as push:
                while push.is_alive and network.carried_bytes < until:  # noqa: ASYNC110 - it is a process
                    await asyncio.sleep(0.002)
                assert push.is_alive, "the film was too short for so many kills"
                push.kill()
            kills += 1
        last = await desk.run("film", "push", "all", "--at", network.address, "--json", timeout_s=3600)
        carried = network.carried_bytes
    assert last.code == 0, last.stderr
    [result] = last.document["results"]
    assert result["verified"]
    return {
        "kills": kills,
        "bytes": size,
        "carried_bytes": carried,
        "twice_a_kill": (carried - size) / kills,
        "seconds": perf_counter() - started,
        "holds": carried - size <= kills * MOST_TWICE,
    }


async def main() -> int:
    parser = argparse.ArgumentParser(prog="bench cuts", description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if given.seed is None else given.seed
    chance = random.Random(seed)
    # Long enough that it never arrives before the last break.
    size = given.times * PIECE + (8 << 20)
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder:
        desk = Desk(Path(folder))
        await library(desk, Path(folder), size)
        broken = await cut(desk, given.times, size, chance)
        ended = await killed(desk, given.times, size, chance)
    result = {"seed": seed, "cut": broken, "killed": ended}
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0 if broken["holds"] and ended["holds"] else 1


sys.exit(asyncio.run(main()))
