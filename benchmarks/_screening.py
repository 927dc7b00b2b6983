"""One playback in a lab, seen from outside, and its figures put together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from benchmarks._at_home import Stocked, bring
from benchmarks._load import Load, Memory
from benchmarks._seen import by_frames, judged, spreads
from headset_agent.devtools import DevTools
from tests.e2e.commands import Desk
from tests.e2e.outside import Watch, watching
from tests.rig.air import Weather
from tests.rig.lab import Lab

SETTLED_S = 240.0
"""By then caches are full; what grows later, grows for ever."""

_STARTED_S = 5.0
_LONG_S = 120.0
_LOOKS_EVERY_S = 300.0
_BEGUN_S = 10.0
_LAST_LOOK_S = 10.0
"""So long before the end: a look takes seconds, and whoever has ended by then would not be judged."""


@dataclass(slots=True)
class Screening:
    """What was measured of one playback."""

    receipt: dict[str, Any]
    watches: list[Watch]
    load: dict[str, float]
    packets: dict[str, Any]
    memory: Memory


async def screen(lab: Lab, desk: Desk, film: Stocked, weather: Weather, seconds: float) -> Screening:
    """Bring a film, then play it in that weather."""
    await bring(lab, desk, film, weather)
    before = await lab.count()
    words = ("play", film.title, "--at", ",".join(lab.addresses), "--seconds", str(seconds), "--json")
    async with watching(lab.headsets) as watches, await desk.start(*words) as playing:
        await playing.heard("Filmen starter")
        # To look at all processes takes a core for a moment, which the start must not miss.
        await asyncio.sleep(_STARTED_S)
        load = Load.begin()
        # What is done once, at the end, is none of the film's.
        memory = await _watched(lab, seconds - 1 - _STARTED_S)
        percent = load.percent()
        played = await playing.ended()
    assert played.code == 0, played.stderr
    after = await lab.count()
    return Screening(played.document, watches, percent, _packets(before, after), memory)


async def _watched(lab: Lab, seconds: float) -> Memory:
    """Let time pass; of a long film, look at the memory now and then, which takes the processor a moment."""
    memory = Memory()
    if seconds < _LONG_S:
        await asyncio.sleep(seconds)
        return memory
    began = perf_counter()
    steps = max(4, round(seconds / _LOOKS_EVERY_S))
    every_s = (seconds - _BEGUN_S - _LAST_LOOK_S) / steps
    for step in range(steps + 1):
        await asyncio.sleep(began + _BEGUN_S + step * every_s - perf_counter())
        await _tidy(lab)
        memory.look()
    await asyncio.sleep(began + seconds - perf_counter())
    return memory


async def _tidy(lab: Lab) -> None:
    """Have every page give up what nobody needs any more: when a browser does so by itself is chance."""
    for headset in lab.headsets:
        if headset.devtools:
            async with (
                DevTools(f"tcp:{headset.devtools}") as browser,
                await browser.page("http://127.") as page,
            ):
                await page.send("HeapProfiler.collectGarbage")


def _packets(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[int]]:
    """Carried and lost on all links, in both directions."""
    return {
        what: [
            sum(after[number][way][what] - before[number][way][what] for number in after) for way in (0, 1)
        ]
        for what in ("carried", "lost")
    }


def traced(watches: Sequence[Watch]) -> dict[int, Any]:
    """All looks, for whoever wants to see for himself: instants in ms, positions in s."""
    return {
        watch.headset.number: {
            "seen": [[seen.at_ns / 1e6, seen.position_s, seen.playing] for seen in watch.seen],
            "frames": [[frame.at_ns / 1e6, frame.media_s, frame.dropped] for frame in watch.frames],
        }
        for watch in watches
    }


def figures(screening: Screening) -> dict[str, Any]:
    """What an onlooker saw, and beside it what the receipt says."""
    receipt, watches = screening.receipt, screening.watches
    pages = [watch for watch in watches if watch.frames]
    outside = judged(watches)
    begin_ns = outside.pop("begin_ns", 0)
    found: dict[str, Any] = {
        "outside": outside,
        "receipt": {
            "start_spread_ms": receipt["start_spread_ms"],
            "spread_ms": receipt["spread_ms"],
            **{name: _each(receipt, name) for name in ("start_error_ms", "corrections", "seeks", "stalls")},
            "uncertainty_ms": _each(receipt, "clock_uncertainty_ms"),
        },
        "clock_error_ms": [_clock_error_ms(headset, watches) for headset in receipt["headsets"]],
        "percent_of_a_core": screening.load,
        "packets": screening.packets,
    }
    if screening.memory.looks:
        found["memory_mb"] = screening.memory.looks
        found["grown_mb"] = screening.memory.grown_mb(SETTLED_S)
    if len(pages) > 1:
        found["frames"] = {
            **spreads([by_frames(watch) for watch in pages], begin_ns),
            "presented": [len(watch.frames) for watch in pages],
            "dropped": [watch.frames[-1].dropped - watch.frames[0].dropped for watch in pages],
        }
    return found


def _each(receipt: dict[str, Any], name: str) -> list[Any]:
    return [headset[name] for headset in receipt["headsets"]]


def _clock_error_ms(headset: dict[str, Any], watches: Sequence[Watch]) -> float:
    """The laptop's last estimate of an agent's clock, less the clock that the headset was given."""
    clock = next(watch.headset.clock for watch in watches if watch.headset.serial == headset["serial"])
    assert clock is not None
    since = headset["clock_at_ns"] - clock["reference_ns"]
    true_ms = (clock["offset_ns"] + since * clock["drift_ppm"] * 1e-6) * 1e-6
    return float(round(headset["clock_offset_ms"] - true_ms, 3))
