"""How long a headset is still heard after *Stopp alt*, seen from outside.

Three ways: Ctrl-C in ``play`` (the stop goes out on connections that are open), the command ``stop`` (a
process of its own that has to start first), and the command while a film is pushed to all five and one link
hangs.
Milliseconds from the order to the last moment at which the headset was heard or seen playing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from tests.e2e.commands import Desk
from tests.e2e.films import padded
from tests.e2e.outside import Watch, until, watching
from tests.fakes.network import Network
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes


async def _all(watches: list[Watch], *, playing: bool) -> None:
    async def so() -> bool:
        return all(watch.seen and watch.seen[-1].playing is playing for watch in watches)

    await until(so)


def _last_ms(watches: list[Watch], since_ns: int) -> list[int]:
    return [
        round((max(s.at_ns for s in watch.seen if s.playing or s.audible) - since_ns) / 1e6)
        for watch in watches
    ]


async def one(desk: Desk, kit: VirtualKit, way: str) -> dict[str, Any]:
    async with AsyncExitStack() as stack:
        at = list(kit.addresses)
        hanging = await stack.enter_async_context(Network(at[-1]))
        if way == "stop_busy":
            at[-1] = hanging.address
        watches = await stack.enter_async_context(watching(kit.headsets))
        play = await stack.enter_async_context(await desk.start("play", "Kort", "--at", ",".join(at)))
        await _all(watches, playing=True)
        if way == "stop_busy":
            await stack.enter_async_context(
                await desk.start("film", "push", "Lang", "--at", ",".join(kit.addresses))
            )

            def pushing() -> bool:
                return all(list(Path(headset.storage).rglob("*.part")) for headset in kit.headsets)

            await until(lambda: asyncio.to_thread(pushing))
            hanging.hang()
        load = os.getloadavg()[0]
        since = perf_counter_ns()
        took = None
        if way == "interrupt":
            play.interrupt()
        else:
            stopped = await desk.run("stop", "--at", ",".join(at), "--json")
            took = round((perf_counter_ns() - since) / 1e6)
            assert stopped.code == 0, stopped.stderr
        await _all(watches, playing=False)
        await play.ended()
    for headset in kit.headsets:
        for file in (Path(headset.storage) / "SimKoffert" / "films").glob("*.part"):
            file.unlink()
    return {"way": way, "heard_ms": _last_ms(watches, since), "command_ms": took, "load": round(load, 1)}


async def main() -> None:
    parser = argparse.ArgumentParser(prog="bench stop", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--browsers", type=int, default=0)
    given = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder:
        desk = Desk(Path(folder))
        film = Path(folder) / "kort.mp4"
        await asyncio.to_thread(render, demo_recipes()[0], film, seconds=40, width=640)
        long = padded(film, Path(folder) / "lang.mp4", 1 << 30)
        for file, title in ((film, "Kort"), (long, "Lang")):
            imported = await desk.run("film", "import", str(file), "--theme", "INN", "--title", title)
            assert imported.code == 0, imported.stderr
        player = f"chromium:{given.browsers}" if given.browsers else "simulated"
        async with VirtualKit(count=5, player=player, clock_skew=True) as kit:
            pushed = await desk.run("film", "push", "Kort", "--at", ",".join(kit.addresses))
            assert pushed.code == 0, pushed.stderr
            for _ in range(given.rounds):
                for way in ("interrupt", "stop", "stop_busy"):
                    runs.append(await one(desk, kit, way))
    worst = {
        way: max(max(run["heard_ms"]) for run in runs if run["way"] == way)
        for way in ("interrupt", "stop", "stop_busy")
    }
    print(json.dumps({"browsers": given.browsers, "worst_ms": worst, "runs": runs}, indent=1))


asyncio.run(main())
