"""Whether the page keeps to its plan, found out from outside on a machine that is busy with other things.

A starved machine plays a film late, and the page leads it back. What a test may ask for is therefore not
where the film is at one moment, but that it comes to its plan and stays there. What was read while the
machine did something else says nothing either way. A machine that takes more from a film than the page may
give it back never lets it arrive: there the film has to be led, so that it never falls far behind.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from headset_agent.devtools import World
from headset_agent.protocol.page_messages import PagePlan
from tests.integration.page import seen
from tests.integration.page.agent import PageAgent

CLOSE_MS = 25.0
"""The benchmarks show how much closer a machine comes that is not software-drawing at the same time."""
STAYS = 8
"""Readings in a row that make "it stays there"."""
STEP_S = 0.1
FAR_MS = 100.0
"""What the rate makes good by itself in two seconds is nothing to move a film for."""
COMES_S = 70.0
"""A film that is a second late is back after half a minute; the rest is for the machine."""
BEAT_S = 0.01
MISSED_S = 0.02
"""A beat so late is time in which a browser could play no sound either."""
STARVED = 0.02
"""Share of its time that a machine has to lose before less is asked of it; a calm one loses none."""
LED_READINGS = 80
LED_MS = 150.0
"""In the middle of them all: a film that is not led is half a second behind, and stays there."""
LOST_MS = 10.0
"""A film that falls back so far between two readings has lost sound, whatever the page does."""


@dataclass(frozen=True, slots=True)
class Error:
    """How far off something is, and how far wrong that reading can be."""

    ms: float
    uncertainty_ms: float

    @property
    def is_small(self) -> bool:
        return abs(self.ms) + self.uncertainty_ms < CLOSE_MS

    @property
    def is_large(self) -> bool:
        return abs(self.ms) - self.uncertainty_ms > CLOSE_MS


class Beat:
    """Notes how much of its time the machine keeps for itself."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._missed_s = 0.0

    @property
    def missed(self) -> float:
        """The share of time that was missed since the beginning."""
        return self._missed_s / max(time.perf_counter() - self._began, BEAT_S)

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT_S)
            late = time.perf_counter() - before - BEAT_S
            if late > MISSED_S:
                self._missed_s += late


@asynccontextmanager
async def beating() -> AsyncIterator[Beat]:
    """A beat that goes on until the block ends."""
    beat = Beat()
    task = asyncio.create_task(beat.run())
    try:
        yield beat
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def comes_and_stays(
    read: Callable[[], Awaitable[Error]], *, enough: Callable[[list[Error]], bool] = lambda _: False
) -> None:
    """Wait until an error is small and stays so, or until what was met is enough."""
    met: list[Error] = []
    small = 0
    try:
        async with asyncio.timeout(COMES_S):
            while small < STAYS and not enough(met):
                met.append(await read())
                small = 0 if met[-1].is_large else small + met[-1].is_small
                await asyncio.sleep(STEP_S)
    except TimeoutError:
        raise AssertionError(f"it does not stay close; the last readings: {met[-12:]}") from None


def is_led(met: list[Error]) -> bool:
    """Whether a film that loses time again and again is all the same held near its line."""
    last = met[-LED_READINGS:]
    if len(last) < LED_READINGS:
        return False
    lost_ms = sum(_lost_ms(before, after) for before, after in pairwise(last))
    return (
        lost_ms > STARVED * LED_READINGS * STEP_S * 1000 and median(abs(error.ms) for error in last) < LED_MS
    )


def _lost_ms(before: Error, after: Error) -> float:
    lost_ms = before.ms - after.ms
    return lost_ms if lost_ms > LOST_MS + before.uncertainty_ms + after.uncertainty_ms else 0.0


async def keeps_to(agent: PageAgent, plan: PagePlan, world: World) -> None:
    """Wait until an onlooker finds the film on its plan's line."""

    async def read() -> Error:
        found = await seen.look(world)
        off_s = found.position_s - _line_s(agent, plan, found.at_s)
        return Error(off_s * 1000, found.spread_s * 500)

    async with beating() as beat:
        await comes_and_stays(read, enough=lambda met: beat.missed > STARVED and is_led(met))


async def tells_the_truth(agent: PageAgent, world: World) -> None:
    """Wait until the position that the page reports is the one an onlooker finds."""

    async def read() -> Error:
        report = await agent.report(lambda report: report.playback_rate == 1)
        found = await seen.look(world)
        told_s = report.position_s + found.at_s - agent.real_s(report.at_ms)
        return Error((told_s - found.position_s) * 1000, found.spread_s * 500 + report.at_uncertainty_ms)

    await comes_and_stays(read)


async def note_moves(world: World) -> None:
    """From now on note when the film is moved, and where it was: the instant in wall clock ms, and s."""
    await world.evaluate(
        "globalThis.moves = []; const film = document.querySelector('video');"
        " const now = () => [performance.timeOrigin + performance.now(), film.currentTime]; let last = now();"
        " setInterval(() => { if (!film.seeking) last = now(); }, 50);"
        " film.addEventListener('seeking', () => moves.push(last)); 0"
    )


async def was_not_moved_needlessly(agent: PageAgent, plan: PagePlan, world: World) -> bool:
    """Only a film that was far from its line may have been moved."""
    wall_minus_own_s = time.time() - time.perf_counter()
    moves = await world.evaluate("moves")
    return all(
        abs(_line_s(agent, plan, wall_ms / 1000 - wall_minus_own_s) - position_s) * 1000 > FAR_MS
        for wall_ms, position_s in moves
    )


def _line_s(agent: PageAgent, plan: PagePlan, at_s: float) -> float:
    """Where the plan has the film at an instant of this machine's clock."""
    return plan.position_s + at_s - agent.real_s(plan.anchor_ms)
