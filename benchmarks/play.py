"""How well five headsets keep together, seen from outside, beside what the receipt says.

Two runs with the same film: all simulated (what link, agent and clock estimates alone contribute), and with
real Chromium pages in immersive VR (``--browsers``; one software-drawn page fills a core: two of five).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks._seen import summed
from tests.e2e.commands import Desk
from tests.e2e.outside import spreads_ms, watching
from trainer_app.headsets.rehearsal import VirtualKit

TITLE = "Innkomst"


async def measured(desk: Desk, *, browsers: int, seconds: float) -> dict[str, Any]:
    player = f"chromium:{browsers}" if browsers else "simulated"
    async with VirtualKit(count=5, player=player, clock_skew=True) as kit:
        at = ",".join(kit.addresses)
        pushed = await desk.run("film", "push", TITLE, "--at", at)
        assert pushed.code == 0, pushed.stderr
        load = os.getloadavg()[0]
        async with watching(kit.headsets) as watches:
            played = await desk.run(
                "play", TITLE, "--at", at, "--seconds", str(seconds), "--json", timeout_s=seconds + 90
            )
        assert played.code == 0, played.stderr
        clocks = {headset.serial: headset.clock for headset in kit.headsets}
    receipt = played.document
    outside = spreads_ms(watches)
    return {
        "browsers": browsers,
        "seconds": seconds,
        "load_before": round(load, 1),
        "receipt": {
            "start_spread_ms": receipt["start_spread_ms"],
            "spread_ms": receipt["spread_ms"],
            "start_error_ms": [headset["start_error_ms"] for headset in receipt["headsets"]],
            "corrections": [headset["corrections"] for headset in receipt["headsets"]],
            "seeks": [headset["seeks"] for headset in receipt["headsets"]],
        },
        "outside": {
            "all_ms": summed(outside),
            "from_3_s_ms": summed(outside[30:]),
            "instants": len(outside),
        },
        "clock": [_clock(headset, clocks[headset["serial"]]) for headset in receipt["headsets"]],
    }


def _clock(headset: dict[str, Any], injected: dict[str, float] | None) -> dict[str, float]:
    assert injected is not None
    since = headset["clock_at_ns"] - injected["reference_ns"]
    true_ms = (injected["offset_ns"] + since * injected["drift_ppm"] * 1e-6) * 1e-6
    return {
        "injected_ms": round(true_ms, 3),
        "error_ms": round(headset["clock_offset_ms"] - true_ms, 3),
        "uncertainty_ms": headset["clock_uncertainty_ms"],
    }


async def main() -> None:
    parser = argparse.ArgumentParser(prog="bench play", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--browsers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder:
        desk = Desk(Path(folder))
        made = await desk.run(
            "film", "demo", "--seconds", str(given.seconds + 10), "--width", "1280", timeout_s=400
        )
        assert made.code == 0, made.stderr
        runs = [
            await measured(desk, browsers=browsers, seconds=given.seconds) for browsers in (0, given.browsers)
        ]
    print(json.dumps({"runs": runs}, indent=1))


asyncio.run(main())
