"""Filling against the official client: the same bytes to the same virtual headset, turn about, in one run.

``transfer``: our direct backend's file transfer against ``adb push``: first byte to the headset's "stored".
``whole``: the command ``film push`` (start of the program, connecting, sending, verifying on the headset)
against the command ``adb push``; the wall clock outside judges. ``five``: five headsets at once, one
``film push`` against five ``adb push`` side by side. Ratios above 1 say that we are faster. ``memory``: what
the laptop's process grew by.

Before every turn of either side all written files are on the disk and the machine's memory is in use
(:mod:`benchmarks._memory`): else the one whose turn it happens to be would pay for it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

from benchmarks._memory import UsedMemory, used_memory
from headset_agent.virtual.adbd import AdbDaemon
from tests.e2e.commands import Desk
from tests.e2e.films import padded
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.headsets.link import AdbKey, connect, push_range
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes

FIVE = 5
_SAMPLE_S = 0.02
_FOREIGN = "@devicefarmer/adbkit@3.3.9"


@dataclass(frozen=True, slots=True)
class OfficialAdb:
    """An official adb with a server of its own."""

    environment: dict[str, str]
    program: str = "adb"

    async def run(self, *words: str) -> float:
        """Run a command; gives its seconds."""
        started = perf_counter()
        process = await asyncio.create_subprocess_exec(
            self.program,
            *words,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said
        return perf_counter() - started

    async def push(self, serial: str, film: Path) -> float:
        """``adb push``; the file is removed again, which does not count."""
        seconds = await self.run("-s", serial, "push", str(film), "/sdcard/adb.mp4")
        await self.run("-s", serial, "shell", "rm /sdcard/adb.mp4")
        return seconds


@asynccontextmanager
async def official_adb(home: Path, program: str = "adb") -> AsyncIterator[OfficialAdb]:
    """Debian's, or another; start nothing; end the server that the first command starts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    own = {"HOME": str(home), "ANDROID_ADB_SERVER_PORT": port, "ADB_LOCAL_TRANSPORT_MAX_PORT": "5553"}
    own |= {"ADB_BURST_MODE": "1", "ADB_MDNS": "0"}
    adb = OfficialAdb({**os.environ, **own}, program)
    try:
        yield adb
    finally:
        await adb.run("kill-server")


# --- ours -------------------------------------------------------------------------------------------------


def forget_films(kit: VirtualKit) -> None:
    """As if no headset had ever had a film."""
    for headset in kit.headsets:
        for film in (Path(headset.storage) / "SimKoffert").rglob("*.mp4"):
            film.unlink()


async def settled(memory: UsedMemory) -> None:
    """The same state of the machine for whoever is next."""
    await asyncio.to_thread(os.sync)
    await asyncio.to_thread(memory.fill)


async def whole_command(desk: Desk, kit: VirtualKit, size: int, memory: UsedMemory) -> dict[str, Any]:
    """``film push`` to all headsets of a kit; gives the wall clock, its own time and its memory's growth."""
    forget_films(kit)
    await settled(memory)
    started = perf_counter()
    async with await desk.start("film", "push", "all", "--at", ",".join(kit.addresses), "--json") as push:
        watching = asyncio.create_task(_memory(push.pid))
        ended = await push.ended(timeout_s=3600)
        wall_s = perf_counter() - started
    grown = await watching
    assert ended.code == 0, ended.stderr
    results = ended.document["results"]
    assert [result["sent_bytes"] for result in results] == [size] * len(kit.headsets)
    return {
        "wall_s": wall_s,
        "sending_s": max(float(result["seconds"]) for result in results),
        "memory_grew_mb": round(grown / 1e6, 1),
    }


async def _memory(pid: int) -> int:
    """The most a process grew by, in bytes, from when it held its libraries (its first connection) on."""
    first = most = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            used = process.memory_info().rss
            if not first and process.net_connections():
                first = used
            most = max(most, used)
            await asyncio.sleep(_SAMPLE_S)
    return most - first if first else 0


async def transfer(
    adb: OfficialAdb, serial: str, film: Path, key: AdbKey, rounds: int, memory: UsedMemory
) -> list[dict[str, float]]:
    """The bytes alone: our file transfer and the official one, turn about."""
    host, _, port = serial.rpartition(":")
    measured = []
    async with await connect(host, int(port), key=key) as link:
        for _ in range(rounds):
            await settled(memory)
            official = await adb.push(serial, film)
            await settled(memory)
            started = perf_counter()
            await push_range(link, film, "/sdcard/ours.mp4")
            measured.append({"adb_s": official, "ours_s": perf_counter() - started})
            await adb.run("-s", serial, "shell", "rm /sdcard/ours.mp4")
    return measured


async def whole(
    desk: Desk, adb: OfficialAdb, kit: VirtualKit, film: Path, size: int, rounds: int, memory: UsedMemory
) -> list[dict[str, Any]]:
    """The commands as people start them, turn about."""
    measured = []
    for _ in range(rounds):
        forget_films(kit)
        await settled(memory)
        official = await adb.push(kit.addresses[0], film)
        measured.append({"adb_s": official, **await whole_command(desk, kit, size, memory)})
    return measured


async def five(
    desk: Desk, adb: OfficialAdb, film: Path, size: int, rounds: int, memory: UsedMemory
) -> list[dict[str, Any]]:
    """Five headsets at once, against five commands at once, turn about.

    The first round starts the agents as well, as the first one of ``whole`` does.
    """
    measured = []
    async with VirtualKit(count=FIVE) as kit:
        for serial in kit.addresses:
            await adb.run("connect", serial)
        for _ in range(rounds):
            await settled(memory)
            official = await _five_official(adb, kit, film)
            measured.append({"adb_s": official, **await whole_command(desk, kit, size, memory)})
            forget_films(kit)
    return measured


async def _five_official(adb: OfficialAdb, kit: VirtualKit, film: Path) -> float:
    started = perf_counter()
    await asyncio.gather(
        *(adb.run("-s", serial, "push", str(film), "/sdcard/adb.mp4") for serial in kit.addresses)
    )
    seconds = perf_counter() - started
    await asyncio.gather(*(adb.run("-s", s, "shell", "rm /sdcard/adb.mp4") for s in kit.addresses))
    return seconds


async def small_packets(film: Path, size: int, folder: Path, key: AdbKey) -> dict[str, Any]:
    """A peer that speaks packets of 4 KiB with checksums, as headsets did before 2018."""
    device = ShellDevice(folder / "old headset")
    daemon = AdbDaemon(
        device, "127.0.0.1", 0, max_payload=4096, version=0x01000000, features=(), trusts_all=True
    )
    await daemon.start()
    try:
        async with await connect("127.0.0.1", daemon.port, key=key) as link:
            started = perf_counter()
            size = await push_range(link, film, "/film", length=min(size, 20_000_000))
            seconds = perf_counter() - started
        return {
            "megabytes": size / 1e6,
            "seconds": seconds,
            "stored_bytes": device.resolve("/film").stat().st_size,
        }
    finally:
        await daemon.close()


async def beyond_four_gigabytes(short: Path, folder: Path, memory: UsedMemory) -> dict[str, Any]:
    """A sparse film above 4 GiB, taken into a library of its own, sent and verified."""
    desk, size = Desk(folder / "large"), (4 << 30) + (5 << 20)
    film = await asyncio.to_thread(padded, short, folder / "lang.mp4", size)
    imported = await desk.run("film", "import", str(film), "--theme", "INN", timeout_s=600)
    assert imported.code == 0, imported.stderr
    film.unlink()
    async with VirtualKit(count=1) as kit:
        return {"bytes": size, **await whole_command(desk, kit, size, memory)}


async def foreign_daemon(
    adb: OfficialAdb,
    kit: VirtualKit,
    film: Path,
    folder: Path,
    key: AdbKey,
    rounds: int,
    memory: UsedMemory,
) -> dict[str, Any]:
    """The bytes alone, to the ADB daemon of another project: adbkit's, which npm brings."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return {"note": "npm and node are needed to bring one"}
    place = folder / "foreign"
    place.mkdir()
    bring = await asyncio.create_subprocess_exec(
        npm, "install", "--no-fund", "--no-audit", _FOREIGN, cwd=place, stdout=asyncio.subprocess.DEVNULL
    )
    if await bring.wait():
        return {"note": f"npm could not bring {_FOREIGN}"}
    shutil.copy(Path(__file__).with_name("foreign_daemon.js"), place)
    daemon = await asyncio.create_subprocess_exec(
        node,
        "foreign_daemon.js",
        adb.environment["ANDROID_ADB_SERVER_PORT"],
        kit.addresses[0],
        cwd=place,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert daemon.stdin is not None
    assert daemon.stdout is not None
    try:
        serial = f"127.0.0.1:{int(await daemon.stdout.readline())}"
        await adb.run("connect", serial)
        await adb.run("-s", serial, "wait-for-device")
        measured = await transfer(adb, serial, film, key, rounds, memory)
    finally:
        daemon.stdin.close()
        await daemon.wait()
    return {"which": _FOREIGN, "ratio_transfer": _median(measured, "ours_s"), "transfer": measured}


# --- the run ----------------------------------------------------------------------------------------------


def _median(rounds: Sequence[dict[str, Any]], key: str) -> float:
    return statistics.median(float(each["adb_s"]) / float(each[key]) for each in rounds)


async def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it; see the module."""
    desk = Desk(folder)
    short = folder / "kort.mp4"
    await asyncio.to_thread(render, demo_recipes()[0], short, seconds=5, width=640)
    size = given.megabytes * 1_000_000
    film = await asyncio.to_thread(padded, short, folder / "film.mp4", size)
    imported = await desk.run("film", "import", str(film), "--theme", "INN", timeout_s=300)
    assert imported.code == 0, imported.stderr
    key = AdbKey(folder / "adbkey")
    rounds = given.rounds
    with used_memory(folder) as memory:
        async with official_adb(desk.folder / "home") as adb, VirtualKit(count=1) as kit:
            await adb.run("connect", kit.addresses[0])
            moved = await transfer(adb, kit.addresses[0], film, key, rounds, memory)
            foreign = await foreign_daemon(adb, kit, film, folder, key, rounds, memory)
            commands = await whole(desk, adb, kit, film, size, rounds, memory)
            at_once = await five(desk, adb, film, size, rounds, memory)
            old = await small_packets(film, size, folder, key)
        large = [] if given.no_large else [await beyond_four_gigabytes(short, folder, memory)]
    return {
        "megabytes": given.megabytes,
        "ratio_transfer": _median(moved, "ours_s"),
        "ratio_whole_command_with_verification": _median(commands, "wall_s"),
        "ratio_sending_with_verification": _median(commands, "sending_s"),
        "ratio_five_at_once": _median(at_once, "wall_s"),
        "memory_grew_mb": max(each["memory_grew_mb"] for each in (*commands, *at_once, *large)),
        "transfer": moved,
        "whole": commands,
        "five": at_once,
        "small_packets": old,
        "beyond_4_gib": large[0] if large else None,
        "foreign_daemon": foreign,
        "load": round(os.getloadavg()[0], 1),
    }


def _rounded(value: Any) -> Any:
    """Milliseconds are enough."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, 3) if isinstance(value, float) else value


async def main() -> None:
    parser = argparse.ArgumentParser(prog="bench push", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7, help="the first also starts the agents")
    parser.add_argument("--no-large", action="store_true", help="leave the film above 4 GiB out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder:
        result = await measure(given, Path(folder))
    json.dump(_rounded(result), sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    asyncio.run(main())
