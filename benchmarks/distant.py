"""Filling over a line that answers late, as a Wi-Fi does: official clients and ours, turn about, in one run.

    python3 dev.py bench distant [--megabytes N] [--rounds N]

The line carries 50 MB/s (Wi-Fi 5, one headset) and answers after 5 or 20 ms. Who waits for each answer before
the next piece leaves it empty meanwhile. To a headset that counts bytes of room (``delayed_ack``: Android 14)
go Debian's ``adb push``, that of the newest official adb in its burst mode, and our file transfer; ours also
to one that takes one piece at a time (before Android 14). Megabytes a second, and what we carry for one of
theirs. Exit 1 when that is less than 1 for Debian's over either line; the newest stands beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks._line import distant
from benchmarks.push import OfficialAdb, official_adb
from headset_agent.protocol.adb.banner import DELAYED_ACK, FEATURES
from headset_agent.virtual.adbd import AdbDaemon
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.headsets.link import AdbKey, connect, push_range, run

BYTES_PER_S = 50e6
ANSWERS_AFTER_MS = (5, 20)
_BEFORE = tuple(feature for feature in FEATURES if feature != DELAYED_ACK)


async def ours(port: int, film: Path, key: AdbKey) -> float:
    """Seconds of a transfer; the line is learned before, as it is while headsets are looked at."""
    async with await connect("127.0.0.1", port, key=key) as link:
        for _ in range(3):
            await run(link, "true", timeout_s=30)
        started = perf_counter()
        await push_range(link, film, "/ours.mp4")
        return perf_counter() - started


async def theirs(adb: OfficialAdb, port: int, film: Path) -> float:
    """Seconds of ``adb push``."""
    serial = f"127.0.0.1:{port}"
    await adb.run("connect", serial)
    await adb.run("-s", serial, "wait-for-device")
    return await adb.run("-s", serial, "push", str(film), "/theirs.mp4")


async def over(
    answers_after_ms: int, film: Path, folder: Path, megabytes: int, rounds: int
) -> dict[str, Any]:
    """All of them over one line."""
    key = AdbKey(folder / "adbkey")
    newest = str(files("adbutils") / "binaries" / "adb")
    seconds: dict[str, list[float]] = {"debian": [], "newest": [], "ours": [], "ours_one_at_a_time": []}
    daemons = {}
    for features in (FEATURES, _BEFORE):
        root = folder / f"{answers_after_ms} {DELAYED_ACK in features}"
        root.mkdir()
        daemons[features] = AdbDaemon(ShellDevice(root), "127.0.0.1", 0, features=features, trusts_all=True)
        await daemons[features].start()
    line = {"bytes_per_s": BYTES_PER_S, "one_way_s": answers_after_ms / 2000}
    async with (
        distant(daemons[FEATURES].port, **line) as port,
        distant(daemons[_BEFORE].port, **line) as port_before,
        official_adb(folder) as debian,
        official_adb(folder, newest) as burst,
    ):
        for _ in range(rounds):
            seconds["debian"].append(await theirs(debian, port, film))
            await debian.run("disconnect")
            seconds["newest"].append(await theirs(burst, port, film))
            await burst.run("disconnect")
            seconds["ours"].append(await ours(port, film, key))
            seconds["ours_one_at_a_time"].append(await ours(port_before, film, key))
    for daemon in daemons.values():
        await daemon.close()
    return {
        "answers_after_ms": answers_after_ms,
        "mb_per_s": {who: round(megabytes / statistics.median(took), 1) for who, took in seconds.items()},
        "ratio_to_debian": _ratio(seconds, "debian"),
        "ratio_to_newest": _ratio(seconds, "newest"),
    }


def _ratio(seconds: dict[str, list[float]], whose: str) -> float:
    pairs = zip(seconds[whose], seconds["ours"], strict=True)
    return round(statistics.median(official / own for official, own in pairs), 3)


async def main() -> int:
    """Measure; gives the exit code."""
    parser = argparse.ArgumentParser(prog="bench distant", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as name:
        folder = Path(name)
        film = folder / "film.mp4"
        film.write_bytes(os.urandom(1_000_000) * given.megabytes)
        lines = [await over(each, film, folder, given.megabytes, given.rounds) for each in ANSWERS_AFTER_MS]
    kept = all(line["ratio_to_debian"] >= 1.0 for line in lines)
    result = {"megabytes": given.megabytes, "line_mb_per_s": BYTES_PER_S / 1e6, "lines": lines, "kept": kept}
    print(json.dumps(result, indent=1))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
