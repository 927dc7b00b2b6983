"""The page's pure modules against the golden vectors, run by the browser that will run them."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from headset_agent.devtools import DevTools, Page
from headset_agent.virtual.browser import VirtualBrowser
from tests import vectors
from tests.integration.page.agent import PageAgent

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

FOLDER = Path(vectors.__file__).parent

CLOCK = """(async (cases) => {
  const { ClockFilter } = await import('/web/clock.js');
  return cases.map(({ exchanges, checks }) => {
    const filter = new ClockFilter();
    const found = [];
    exchanges.forEach(([t1, t2, t3, t4], index) => {
      filter.add({ t1, t2, t3, t4 });
      for (const { after, now } of checks) if (after === index + 1) found.push(filter.estimate(now));
    });
    return { found, steps: filter.steps, best: filter.lowestRoundTrip() };
  });
})"""

TIMELINE = """(async ({ positions, turns, arrivals }) => {
  const { positionAt, lineAt, instantOf, judgeArrival, turned } = await import('/web/timeline.js');
  const plan = (pair) => pair && { plan_id: pair[0], revision: pair[1] };
  return {
    positions: positions.map(({ plan, at_ms }) =>
      [positionAt(plan, at_ms), lineAt(plan, at_ms), instantOf(plan, lineAt(plan, at_ms))]),
    turns: turns.map(({ plan, at_ms }) => turned(plan, at_ms)),
    arrivals: arrivals.map(({ current, incoming }) => judgeArrival(plan(current), plan(incoming))),
  };
})"""

DRIFT = """(async ({ delay_ms, tick_ms, cases }) => {
  const { DriftController } = await import('/web/drift.js');
  return cases.map(({ error, ppm, noise, losses, stalls, setback }) => {
    const controller = new DriftController();
    controller.restart(0);
    const rates = [], kept = [], errors = [], moves = [], due = [...losses], waits = [...stalls];
    let now = 0, changes = 0, stretched = 0, outOfTune = 0;
    for (const reading of noise) {
      const showing = rates.length - 1 - Math.round(delay_ms / tick_ms);
      error += ((rates[showing] ?? 1) - 1) * tick_ms + ppm * 1e-6 * tick_ms;
      if (kept[showing] && !kept[showing - 1]) {
        error -= setback;
        stretched += 1;
      }
      now += tick_ms;
      while (due.length && due[0][0] <= now) error -= due.shift()[1];
      while (waits.length && waits[0][0] <= now) {
        error -= waits.shift()[1];
        controller.resume(now);
      }
      const { rate, keepsPitch, seek } = controller.step(now, error + reading);
      if (rate !== 1 && rate !== rates[rates.length - 1]) changes += 1;
      if (!keepsPitch) outOfTune = Math.max(outOfTune, Math.abs(rate - 1));
      rates.push(rate);
      kept.push(keepsPitch);
      errors.push(error);
      if (!seek) continue;
      moves.push(now);
      error = 0;
      rates.fill(1);
      kept.fill(false);
      controller.restart(now);
    }
    return { errors, changes, moves, stretched, outOfTune,
      fastest: Math.max(...rates.map((rate) => Math.abs(rate - 1))),
      fastestLate: Math.max(...rates.slice(3000 / tick_ms + 10).map((rate) => Math.abs(rate - 1))) };
  });
})"""

GAZE = """(async ({ vectors, told }) => {
  const { headAlong, gazeOf } = await import('/web/gaze.js');
  return {
    vectors: vectors.map(({ vector }) => gazeOf(headAlong(vector, 1000), 'visible', 1010)),
    told: told.map(({ visible }) => gazeOf({ yaw: 1, pitch: 0, at: 1000 }, visible, 1010).yaw_deg !== null),
    nobody: gazeOf(null, 'visible', 1010),
    lost: gazeOf({ yaw: 1, pitch: 0, at: 1000 }, 'visible', 1600),
  };
})"""

REST_MS = 10_000
"""Films that still run are not moved more often."""


@pytest_asyncio.fixture(loop_scope="module")
async def blank(browser: VirtualBrowser) -> AsyncIterator[Page]:
    """A page of the agent's origin that runs nothing by itself."""
    async with PageAgent({}) as agent, DevTools(f"tcp:{browser.devtools}") as dev:
        target = await browser.open(f"http://127.0.0.1:{agent.port}/web/timeline.js")
        yield await dev.page(f"http://127.0.0.1:{agent.port}/web/", timeout=5)
        await dev.close_target(target)


async def run(page: Page, script: str, given: object) -> Any:
    return await page.evaluate(f"{script}({json.dumps(given)})", timeout=30)


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


async def test_clock(blank: Page) -> None:
    cases = read("clock")
    for case, answer in zip(cases, await run(blank, CLOCK, cases), strict=True):
        name = case["name"]
        assert answer["steps"] == case["steps"], name
        for check, found in zip(case["checks"], answer["found"], strict=True):
            error = abs(found["offset"] - check["offset"])
            assert error <= found["uncertainty"], name
            assert error <= check["limit"], name
            assert found["uncertainty"] >= answer["best"] / 2 * 0.999, name


async def test_timeline(blank: Page) -> None:
    cases = read("timeline")
    answer = await run(blank, TIMELINE, cases)
    for case, (position, line, instant) in zip(cases["positions"], answer["positions"], strict=True):
        assert position == pytest.approx(case["position_s"], abs=1e-9)
        assert line == pytest.approx(case["line_s"], abs=1e-9)
        assert instant == pytest.approx(case["at_ms"], abs=1e-5)
    for case, plan in zip(cases["turns"], answer["turns"], strict=True):
        assert (plan["action"], plan["film_url"]) == (case["action"], case["film_url"])
        assert plan["anchor_ms"] == pytest.approx(case["anchor_ms"], abs=1e-5)
        assert plan["position_s"] == case["position_s"]
        assert plan["revision"] == case["plan"]["revision"]
    assert answer["arrivals"] == [case["verdict"] for case in cases["arrivals"]]


async def test_gaze(blank: Page) -> None:
    cases = read("gaze")
    answer = await run(blank, GAZE, cases)
    for case, found in zip(cases["vectors"], answer["vectors"], strict=True):
        assert found["pitch_deg"] == case["pitch_deg"], case
        assert case["yaw_deg"] in (None, found["yaw_deg"]), case
    assert answer["told"] == [case["is_told"] for case in cases["told"]]
    assert answer["nobody"] == answer["lost"] == {"yaw_deg": None, "pitch_deg": None}


async def test_drift(blank: Page) -> None:
    given = read("drift")
    for case, answer in zip(given["cases"], await run(blank, DRIFT, given), strict=True):
        name = case["name"]
        after_3_s = answer["errors"][3000 // given["tick_ms"] :]
        assert max(map(abs, after_3_s)) <= case["settled"], name
        assert answer["changes"] <= case["changes"], name
        assert len(answer["moves"]) == case["seeks"], name
        assert all(later - move >= REST_MS for move, later in pairwise(answer["moves"])), name
        assert answer["fastest"] <= 0.05 + 1e-12, name
        # Nobody hears that; beyond it the pitch is kept, at the price of a setback each time.
        assert answer["outOfTune"] <= 0.005 + 1e-12, name
        assert answer["stretched"] <= case["stretched"], name
        if not case["stretched"] or case["settled"] < 40:
            assert answer["fastestLate"] <= 0.005 + 1e-12, name
        assert max(map(abs, answer["errors"][case["back"] // given["tick_ms"] :]), default=0.0) <= 10, name
        # However far off it began, in the end it is there.
        assert max(map(abs, answer["errors"][-200:])) <= case["ends"], name


async def test_what_is_too_far_off_is_moved_and_looked_at_anew(blank: Page) -> None:
    script = """(async (errors) => {
      const { DriftController } = await import('/web/drift.js');
      const controller = new DriftController();
      controller.restart(0);
      return errors.map((error, index) => controller.step(index * 20, error).seek);
    })"""
    played = [0.0] * 100
    assert any(await run(blank, script, [*played, *[-1500.0] * 70]))
    assert not any(await run(blank, script, [*played, *[-900.0] * 70]))
    # Before anybody is in the film it costs nothing.
    assert any(await run(blank, script, [-900.0] * 30))


BEAT = """(async ({ starts, asked }) => {
  const { Beat } = await import('/web/beat.js');
  const beat = new Beat();
  for (const [called, zero] of starts) beat.note(called, zero);
  return { period: beat.period, latency: beat.latency, next: asked.map((at) => beat.next(at)) };
})"""

BUFFER_MS = 1024 / 48


def on_beat(called: float, *, phase: float, least: float = 65.0) -> list[float]:
    """A start of a film whose clock begins with the first buffer that it is ready for."""
    return [called, phase + math.ceil((called + least - phase) / BUFFER_MS) * BUFFER_MS]


async def test_a_film_s_start_is_put_on_the_beat_of_the_sound_device(blank: Page) -> None:
    starts = [on_beat(called, phase=7.5) for called in (1000.0, 1413.0, 1771.0, 2164.0)]
    found = await run(blank, BEAT, {"starts": starts, "asked": [5000.0, 5010.0]})
    assert found["period"] == pytest.approx(BUFFER_MS)
    for asked, next_ in zip([5000.0, 5010.0], found["next"], strict=True):
        assert -1.0 <= next_ - asked <= BUFFER_MS
        assert abs(math.remainder(next_ - 7.5, BUFFER_MS)) < 0.01
        # Called so long ahead, the film begins with that buffer and with none beside it.
        for hurried_ms in (-4.0, 0.0, 3.0):
            assert on_beat(next_ - found["latency"] + hurried_ms, phase=7.5)[1] == pytest.approx(next_)


async def test_where_starts_have_no_beat_none_is_made_up(blank: Page) -> None:
    starts = [[1000.0, 1065.0], [1413.0, 1481.5], [1771.0, 1850.1], [2164.0, 2233.3], [2500.0, 2561.0]]
    found = await run(blank, BEAT, {"starts": starts, "asked": [5000.0]})
    assert found == {"period": None, "latency": pytest.approx(68.5), "next": [5000.0]}
    nothing = await run(blank, BEAT, {"starts": [], "asked": [5000.0]})
    assert nothing == {"period": None, "latency": 60, "next": [5000.0]}


REFINING = """(async ({ before, plan, scenes }) => {
  const { onlyRefines } = await import('/web/refining.js');
  const idle = { state: 'ready', url: 'a', cued: null, position: null, arriving: false };
  return scenes.map(([former, newer, scene]) => onlyRefines(
    former && { ...before, ...former }, { ...plan, ...newer }, { ...idle, ...scene }, 6000, 1000));
})"""

PLAY = {"action": "play", "anchor_ms": 1000.0, "position_s": 0.0, "rate": 1.0, "film_url": "a"}
STAND = {"action": "pause", "position_s": 5.0}
STANDING = {"state": "paused", "cued": 5.0}
RUNNING = {"state": "playing", "position": 5.2}


async def test_only_a_word_that_is_near_what_goes_on_lets_it_go_on(blank: Page) -> None:
    refines = [
        [{}, {}, RUNNING],
        [{}, {"anchor_ms": 1700.0}, RUNNING],
        # On its way into the film: where it will be by the former word counts.
        [{}, {"anchor_ms": 1900.0}, {"arriving": True, "position": 0.0}],
        [STAND, STAND, STANDING],
    ]
    begins_anew = [
        [{}, {}, {}],
        [{}, {}, {**RUNNING, "position": 6.3}],
        [{}, {"anchor_ms": 2100.0}, {"arriving": True}],
        [{}, {"film_url": "b"}, RUNNING],
        [None, {}, RUNNING],
        [{"action": "prepare"}, {}, RUNNING],
        [{}, STAND, RUNNING],
        # It stands there by itself, and nobody has told it to yet.
        [{}, STAND, STANDING],
        [STAND, {**STAND, "position_s": 4.0}, STANDING],
        [STAND, {**STAND, "film_url": "b"}, STANDING],
    ]
    given = {"before": PLAY, "plan": PLAY, "scenes": refines + begins_anew}
    found = await run(blank, REFINING, given)
    assert found == [True] * len(refines) + [False] * len(begins_anew)


AS_IT_STANDS = """(async ({ plan, asked }) => {
  const { asItStands } = await import('/web/line.js');
  return asked.map((at) => asItStands(plan, at)).map((now) => [now.action, now.position_s]);
})"""


async def test_a_stop_point_is_made_ready_for_a_little_before_it(blank: Page) -> None:
    film = {"sha256": "f", "duration_s": 60.0, "projection": "", "stereo": "", "stops_s": [5.0]}
    plan = {**PLAY, "film": film, "then": [], "then_urls": [], "loops": False}
    found = await run(blank, AS_IT_STANDS, {"plan": plan, "asked": [5900.0, 5950.0, 6100.0]})
    assert found == [["play", 0.0], ["pause", 5.0], ["pause", 5.0]]
