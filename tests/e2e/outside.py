"""Looks at players from outside, by this machine's own clock, without the product's own measurements.

A Chromium page is read in an isolated world, where the injected clock skew does not reach; a simulated player
is read over its observer's socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from bisect import bisect_right
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from headset_agent.devtools import DevTools, DevToolsError, Page, World
from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualHeadset

STEP_S = 0.02

# Samples by itself, so that no round trip lies between two: page time ms, position, playing, audible; and of
# each frame when the eye gets it, its place in the film, and how many were dropped so far.
_SAMPLER = f"""
(() => {{
  const film = document.querySelector('video');
  globalThis.samples = [];
  globalThis.frames = [];
  setInterval(() => samples.push([
    performance.now(), film.currentTime, !film.paused && !film.ended,
    !film.paused && !film.muted && film.volume > 0,
  ]), {STEP_S * 1000});
  const presented = (_, frame) => {{
    const {{ droppedVideoFrames }} = film.getVideoPlaybackQuality();
    frames.push([frame.expectedDisplayTime, frame.mediaTime, droppedVideoFrames]);
    film.requestVideoFrameCallback(presented);
  }};
  film.requestVideoFrameCallback?.(presented);
}})()
"""


@dataclass(frozen=True)
class Seen:
    """One look at a player."""

    at_ns: int
    position_s: float
    playing: bool
    audible: bool
    dark: bool | None = None


@dataclass(frozen=True)
class Frame:
    """One frame as the browser presented it, and how many it had dropped by then."""

    at_ns: int
    media_s: float
    dropped: int


@dataclass
class Watch:
    """What was seen of one headset."""

    headset: VirtualHeadset
    seen: list[Seen] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def position_at(self, at_ns: int) -> float | None:
        """Position while playing, by a straight line between two looks."""
        after = bisect_right(self.seen, at_ns, key=lambda seen: seen.at_ns)
        if after in (0, len(self.seen)):
            return None
        a, b = self.seen[after - 1], self.seen[after]
        if not (a.playing and b.playing) or b.at_ns - a.at_ns > 300_000_000:
            return None
        return a.position_s + (b.position_s - a.position_s) * (at_ns - a.at_ns) / (b.at_ns - a.at_ns)


def had_time(watch: Watch) -> bool:
    """Whether the machine let this player do what it does all the time: 95 % of the looks came in time."""
    gaps = sorted(after.at_ns - before.at_ns for before, after in pairwise(watch.seen))
    return gaps[int(len(gaps) * 0.95)] < 5 * STEP_S * 1e9


def spreads_ms(watches: Sequence[Watch]) -> list[float]:
    """Largest minus smallest position every 100 ms at which all play."""
    start = max(watch.seen[0].at_ns for watch in watches)
    end = min(watch.seen[-1].at_ns for watch in watches)
    found = []
    for at_ns in range(start, end, 100_000_000):
        positions = [watch.position_at(at_ns) for watch in watches]
        known = [position for position in positions if position is not None]
        if len(known) == len(watches):
            found.append((max(known) - min(known)) * 1e3)
    return found


async def all_seen(watches: Sequence[Watch], *, playing: bool) -> None:
    """Wait until every headset is seen so."""
    await until(
        lambda: all(watch.seen and watch.seen[-1].playing is playing for watch in watches),
        within_s=60,
        every_s=STEP_S,
    )


def is_pushed_to(headset: VirtualHeadset) -> bool:
    """Whether a film is on its way to it."""
    return any(Path(headset.storage).rglob("*.part"))


@contextlib.asynccontextmanager
async def watching(headsets: Sequence[VirtualHeadset], *, again: bool = False) -> AsyncIterator[list[Watch]]:
    """Watch headsets as soon as they have a page, until the block ends; ``again``: also the next page."""
    watches = [Watch(headset) for headset in headsets]
    tasks = [asyncio.create_task(_watch(watch, again)) for watch in watches]
    try:
        yield watches
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def _watch(watch: Watch, again: bool) -> None:
    if not watch.headset.devtools:
        await _watch_simulated(watch)
        return
    await _watch_page(watch, watch.headset.devtools)
    while again:
        with contextlib.suppress(DevToolsError):
            await _watch_page(watch, watch.headset.devtools)
        await asyncio.sleep(STEP_S)


async def _watch_page(watch: Watch, devtools: str) -> None:
    async with (
        DevTools(f"tcp:{devtools}") as browser,
        await browser.page("http://127.", timeout=60.0) as page,
    ):
        # The module script has run when the page's own object is there.
        await until(lambda: page.evaluate("'simkoffert' in globalThis"), within_s=60, every_s=STEP_S)
        world = await page.isolated_world()
        await world.evaluate(_SAMPLER)
        origin_ns = await _origin_ns(page)
        try:
            while True:
                await asyncio.sleep(0.1)
                await _collect(watch, world, origin_ns)
        except DevToolsError:
            return  # the browser is gone, which is what some tests are about


async def _origin_ns(page: Page) -> int:
    """Where the page's own clock begins, by this machine's monotonic one, which the browser reads as well."""
    await page.send("Performance.enable")
    metrics = (await page.send("Performance.getMetrics"))["metrics"]
    began_s = next(metric["value"] for metric in metrics if metric["name"] == "NavigationStart")
    return round(float(began_s) * 1e9)


async def _collect(watch: Watch, world: World, origin_ns: int) -> None:
    seen, frames = await world.evaluate("[samples.splice(0), frames.splice(0)]")
    for at_ms, position, playing, audible in seen:
        watch.seen.append(Seen(origin_ns + round(at_ms * 1e6), position, bool(playing), bool(audible)))
    for at_ms, media_s, dropped in frames:
        watch.frames.append(Frame(origin_ns + round(at_ms * 1e6), media_s, int(dropped)))


async def _watch_simulated(watch: Watch) -> None:
    assert watch.headset.observe is not None
    reader, writer = await asyncio.open_unix_connection(watch.headset.observe)
    try:
        while True:
            writer.write(b'{"observe": true}\n')
            line = await reader.readline()
            if not line:
                return
            seen = json.loads(line)
            playing = seen["state"] == "playing"
            watch.seen.append(
                Seen(seen["at_ns"], seen["position_s"], playing, not seen["silent"], seen["dark"])
            )
            await asyncio.sleep(STEP_S)
    except ConnectionError:
        return
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
