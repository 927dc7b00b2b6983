"""Filling against the official client: our ``film push`` and ``adb push`` of the same bytes, side by side.

Both go to the same virtual headset in one run, turn about; the wall clock around the whole command judges,
and for ours the transfer alone as well (``seconds``: first byte to verified rename).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.e2e.commands import Desk
from tests.e2e.films import padded
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes


async def _adb(environment: dict[str, str], *words: str) -> float:
    started = perf_counter()
    process = await asyncio.create_subprocess_exec(
        "adb", *words, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said
    return perf_counter() - started


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _ours(desk: Desk, kit: VirtualKit, size: int) -> tuple[float, float]:
    for film in (Path(kit.headsets[0].storage) / "SimKoffert").rglob("*.mp4"):
        film.unlink()
    started = perf_counter()
    pushed = await desk.run("film", "push", "all", "--at", kit.addresses[0], "--json", timeout_s=300)
    wall = perf_counter() - started
    assert pushed.code == 0, pushed.stderr
    assert pushed.document["results"][0]["sent_bytes"] == size
    return wall, float(pushed.document["results"][0]["seconds"])


async def main() -> None:
    parser = argparse.ArgumentParser(prog="bench push", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    size = given.megabytes * 1_000_000
    rounds: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder:
        desk = Desk(Path(folder))
        short = Path(folder) / "kort.mp4"
        await asyncio.to_thread(render, demo_recipes()[0], short, seconds=5, width=640)
        film = padded(short, Path(folder) / "film.mp4", size)
        imported = await desk.run("film", "import", str(film), "--theme", "INN", timeout_s=300)
        assert imported.code == 0, imported.stderr
        environment = {
            **os.environ,
            "HOME": str(desk.folder / "home"),
            "ANDROID_ADB_SERVER_PORT": str(_free_port()),
            "ADB_LOCAL_TRANSPORT_MAX_PORT": "5553",
        }
        async with VirtualKit(count=1) as kit:
            serial = kit.addresses[0]
            await _adb(environment, "connect", serial)
            for _ in range(given.rounds):
                adb = await _adb(environment, "-s", serial, "push", str(film), "/sdcard/adb.mp4")
                await _adb(environment, "-s", serial, "shell", "rm /sdcard/adb.mp4")
                wall, transfer = await _ours(desk, kit, size)
                rounds.append({"adb_s": adb, "ours_s": wall, "ours_transfer_s": transfer})
            await _adb(environment, "kill-server")
    whole = statistics.median(r["adb_s"] / r["ours_s"] for r in rounds)
    transfer = statistics.median(r["adb_s"] / r["ours_transfer_s"] for r in rounds)
    print(
        json.dumps(
            {
                "megabytes": given.megabytes,
                "ratio_whole_command_with_verification": round(whole, 2),
                "ratio_transfer_with_verification": round(transfer, 2),
                "rounds": [{k: round(v, 3) for k, v in r.items()} for r in rounds],
                "load": round(os.getloadavg()[0], 1),
            },
            indent=1,
        )
    )


asyncio.run(main())
