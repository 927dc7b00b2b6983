"""What benchmarks with five headsets behind the air share: words, links, a library with a long film, the run.

Everything is in network namespaces of its own (``tests.rig``), the benchmark itself at home beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.commands import Desk
from tests.e2e.films import repeated
from tests.rig.air import BAD_WIFI, CLEAR, Weather
from tests.rig.lab import SIMULATED, Lab, can_run
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes

HEADSETS = 5
LINKS = {"wifi": BAD_WIFI, "clean": CLEAR}
_ONCE_S = 16
_LEAST_S = 70.0
_WIDTH = 640


def words_for(name: str) -> argparse.ArgumentParser:
    """The words that all of them understand."""
    words = argparse.ArgumentParser(prog=f"dev.py bench {name}")
    words.add_argument("--link", choices=tuple(LINKS), default="wifi")
    words.add_argument("--players", choices=("chromium", SIMULATED), default="chromium")
    words.add_argument("--library", type=Path, help="a laptop's folder to keep and use again; else a new one")
    return words


Measure = Callable[[argparse.Namespace, Path], Awaitable[dict[str, Any]]]


def measured(asked: argparse.Namespace, measure: Measure) -> dict[str, Any]:
    """What a measurement finds, in the library that was asked for.

    Raises:
        SystemExit: This machine cannot do it.
    """
    if not can_run():
        print("this needs Linux, root and /dev/net/tun", file=sys.stderr)
        raise SystemExit(2)
    with contextlib.ExitStack() as stack:
        library: Path | None = asked.library
        if library is None:
            library = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simkoffert-bench-")))
        library.mkdir(parents=True, exist_ok=True)
        return asyncio.run(_until_told(measure(asked, library)))


async def _until_told(found: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    task = asyncio.current_task()
    assert task is not None
    # As Ctrl-C does: whatever was started is ended first.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await found


@dataclass(frozen=True, slots=True)
class Stocked:
    """A film in a laptop's library."""

    title: str
    path: Path
    length_s: float


async def stock(folder: Path, seconds: float) -> Stocked:
    """Have a real film of at least so many seconds in a laptop's library, unless one is there."""
    times = -(-round(max(seconds, _LEAST_S)) // _ONCE_S)
    title, desk = f"Sammen {times}", Desk(folder)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    if await _find(desk, title) is None:
        once, file = folder / "once.mp4", folder / f"{times}.mp4"
        await asyncio.to_thread(render, demo_recipes()[0], once, seconds=_ONCE_S, width=_WIDTH)
        await asyncio.to_thread(repeated, once, file, times=times, seconds=_ONCE_S)
        imported = await desk.run("film", "import", str(file), "--theme", "INN", "--title", title)
        assert imported.code == 0, imported.stderr
    film = await _find(desk, title)
    assert film is not None
    return Stocked(title, folder / "data" / "films" / f"{film['sha256']}.mp4", film["duration_s"])


async def _find(desk: Desk, title: str) -> dict[str, Any] | None:
    films = (await desk.run("film", "list", "--json")).document["films"]
    return next((film for film in films if film["title"] == title), None)


async def bring(lab: Lab, desk: Desk, film: Stocked, weather: Weather) -> None:
    """Have the film on all headsets while the air is clear; then it is as it is to be."""
    await lab.change_weather(CLEAR)
    pushed = await desk.run("film", "push", film.title, "--at", ",".join(lab.addresses))
    assert pushed.code == 0, pushed.stderr
    await lab.change_weather(weather)
