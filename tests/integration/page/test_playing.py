"""The film keeps to the plan: measured from outside, through pauses, refinements, late joins and restarts."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from statistics import median

import msgspec
import psutil
import pytest

from headset_agent.devtools import DevTools, Page
from headset_agent.protocol.page_messages import PagePlan, PageReport, PageVolume
from headset_agent.protocol.playing import CHANGE_S, Action, PageState
from headset_agent.virtual.browser import VirtualBrowser
from tests.integration.page import seen
from tests.integration.page.agent import PageAgent, hours_off
from tests.integration.page.conftest import MONO_S
from tests.integration.page.films import TONE_HZ
from tests.integration.page.keeping import keeps_to, note_moves, tells_the_truth, was_not_moved_needlessly

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

HOUR_MS = 3_600_000.0
AGREES_S = 0.005
"""So far may the page be from what an onlooker finds: a browser's clock moves unevenly, by up to 2 ms."""
TRIAL_AND_ERROR_MS = 1_000.0
"""How early a page may start that took the machine's other work for its browser's latency."""
LATE_MS = 60.0
"""More than is made good at the small rate, at any time."""
LAGS_MS = 250.0
"""By then a piece of sound that is read was begun after a change of rate."""
IN_TUNE_CENTS = 9.0
"""Half a per cent, which nobody hears; a rate of 1.05 is 84."""

# The film falls behind by some 60 ms, and no event says so.
HINDRANCE = """(() => {
  const film = document.querySelector('video');
  const brake = setInterval(() => { film.playbackRate = 0.0625; }, 2);
  setTimeout(() => clearInterval(brake), 80);
})()"""

# What a loudspeaker gets, in pieces of 85 ms: when, at what rate, and its frequency by its upward zeros.
EAR = """(async () => {
  const film = document.querySelector('video');
  const context = new AudioContext();
  await context.resume();
  const ear = new AnalyserNode(context, { fftSize: 4096 });
  context.createMediaStreamSource(film.captureStream()).connect(ear);
  const sound = new Float32Array(4096);
  const zeros = () => [...sound.keys()].slice(1).filter((at) => sound[at - 1] < 0 && sound[at] >= 0)
    .map((at) => at - sound[at] / (sound[at] - sound[at - 1]));
  globalThis.heard = [];
  setInterval(() => {
    ear.getFloatTimeDomainData(sound);
    const found = zeros();
    if (found.length < 3) return;
    const hz = (found.length - 1) / (found.at(-1) - found[0]) * context.sampleRate;
    heard.push([performance.now(), film.playbackRate, hz]);
  }, 20);
})()"""


async def play(agent: PageAgent, *, revision: int = 2, in_s: float = 0.6) -> PagePlan:
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.READY)
    plan = await agent.set_plan(Action.PLAY, revision=revision, in_s=in_s)
    await agent.state(PageState.PLAYING)
    return plan


async def reaches(agent: PageAgent, position_s: float) -> PageReport:
    return await agent.report(lambda report: report.position_s >= position_s)


async def test_the_position_agrees_with_the_plan_from_outside(agent: PageAgent, worn: Page) -> None:
    world = await worn.isolated_world()
    plan = await play(agent)
    await keeps_to(agent, plan, world)
    await tells_the_truth(agent, world)
    report = await agent.report(lambda report: report.state is PageState.PLAYING)
    assert not report.silent
    assert not report.dark


async def test_the_start_that_is_told_is_the_one_that_was_seen(agent: PageAgent, worn: Page) -> None:
    """It is judged a tenth of a second into the film, where every browser is past its beginning."""
    world = await worn.isolated_world()
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.READY)
    plan = await agent.set_plan(Action.PLAY, revision=2, in_s=0.6)
    before = found = await seen.look(world, times=1)
    while found.position_s < 0.1:
        before, found = found, await seen.look(world, times=1)
    report = await agent.report(lambda report: report.started_ms is not None)
    assert report.started_ms is not None
    doubt_s = AGREES_S + before.spread_s / 2 + report.at_uncertainty_ms / 1000
    assert before.at_s - doubt_s <= agent.real_s(report.started_ms) <= agent.real_s(report.at_ms)
    assert report.started_ms > plan.anchor_ms - TRIAL_AND_ERROR_MS


async def test_a_pause_holds_its_exact_position_and_play_goes_on(agent: PageAgent, worn: Page) -> None:
    await play(agent)
    await reaches(agent, 1.0)
    await agent.set_plan(Action.PAUSE, revision=3, position_s=3.0)
    paused = await agent.report(lambda report: report.state is PageState.PAUSED and report.position_s == 3.0)
    assert paused.silent
    plan = await agent.set_plan(Action.PLAY, revision=4, position_s=3.0, in_s=0.6)
    await agent.state(PageState.PLAYING)
    await keeps_to(agent, plan, await worn.isolated_world())


async def test_the_film_stands_at_its_stop_point_and_goes_on_when_it_is_told_to(
    agent: PageAgent, worn: Page
) -> None:
    await agent.set_plan(Action.PREPARE, position_s=1.0)
    await agent.state(PageState.READY)
    await agent.set_plan(Action.PLAY, revision=2, position_s=1.0, in_s=0.2, stops_s=(1.0, 2.5))
    standing = await agent.report(lambda r: r.state is PageState.PAUSED and r.position_s == 2.5)
    assert standing.silent
    # A word that left before the laptop knew: it says the same, and nobody's picture moves.
    moves = "document.getElementById('film').addEventListener('seeking', () => { globalThis.moved = true; })"
    await worn.evaluate(moves)
    await agent.set_plan(Action.PLAY, revision=3, position_s=2.0, in_s=-5.0, stops_s=(1.0, 2.5))
    await agent.report(lambda r: r.revision == 3 and r.state is PageState.PAUSED)
    assert not await worn.evaluate("globalThis.moved ?? false")
    plan = await agent.set_plan(Action.PLAY, revision=4, position_s=2.5, in_s=0.6, stops_s=(1.0, 2.5))
    await agent.state(PageState.PLAYING)
    await keeps_to(agent, plan, await worn.isolated_world())


async def test_the_next_film_follows_by_itself(agent: PageAgent, worn: Page) -> None:
    first = partial(agent.set_plan, film="stacked", duration_s=4.0, position_s=3.0, then=("mono",))
    await first(Action.PREPARE)
    await agent.state(PageState.READY)
    plan = await first(Action.PLAY, revision=2, in_s=0.2)
    await agent.report(lambda r: r.state is PageState.PLAYING and 0 < r.position_s < 3.0)
    following = msgspec.structs.replace(
        plan, film_url=plan.then_urls[0], position_s=0.0, anchor_ms=plan.anchor_ms + (1 + CHANGE_S) * 1000
    )
    await keeps_to(agent, following, await worn.isolated_world())
    assert not agent.problems


async def test_stop_is_silent_and_dark_at_once_and_the_film_can_start_again(
    agent: PageAgent, worn: Page
) -> None:
    await play(agent)
    await reaches(agent, 0.8)
    await agent.stop(seq=7)
    found = await seen.look(await worn.isolated_world())
    assert found.paused
    assert found.muted
    assert await seen.brightest(worn) < 8
    stopped = await agent.state(PageState.STOPPED)
    assert stopped.dark
    assert stopped.silent
    # What the stop overrode must not come back by itself, only by a newer plan.
    assert agent.plan is not None
    await agent.send(agent.plan)
    await agent.set_plan(Action.PREPARE, plan_id="again", position_s=2.0)
    await agent.state(PageState.READY)
    assert not any(report.state is PageState.PLAYING for report in agent.reports[-5:])
    await agent.set_plan(Action.PLAY, plan_id="again", revision=2, position_s=2.0, in_s=0.3)
    playing = await agent.state(PageState.PLAYING)
    assert not playing.dark


async def test_a_revision_refines_and_an_older_one_changes_nothing(agent: PageAgent, worn: Page) -> None:
    plan = await play(agent)
    world = await worn.isolated_world()
    await keeps_to(agent, plan, world)
    await note_moves(world)
    before = agent.reports[-1]
    source = (await seen.look(world)).source
    refined = msgspec.structs.replace(plan, revision=5, anchor_ms=plan.anchor_ms - 60)
    await agent.send(refined)
    await agent.send(msgspec.structs.replace(plan, revision=4, anchor_ms=plan.anchor_ms + 900))
    await keeps_to(agent, refined, world)
    report = await agent.report(lambda report: True)
    assert report.revision == 5
    assert await was_not_moved_needlessly(agent, refined, world)
    assert report.rate_changes + report.seeks > before.rate_changes + before.seeks
    assert (await seen.look(world)).source == source


async def test_a_film_that_is_led_back_is_heard_in_tune(agent: PageAgent, worn: Page) -> None:
    """What comes out of it counts, not what the page has asked for."""
    plan = await play(agent)
    world = await worn.isolated_world()
    await world.evaluate(EAR, user_gesture=True)
    await keeps_to(agent, plan, world)
    sooner = msgspec.structs.replace(plan, revision=5, anchor_ms=plan.anchor_ms - LATE_MS)
    await agent.send(sooner)
    await agent.report(lambda report: report.playback_rate > 1.01)
    await keeps_to(agent, sooner, world)
    await agent.report(lambda report: report.playback_rate == 1)
    heard = await world.evaluate("heard")
    assert abs(cents(led(heard))) < IN_TUNE_CENTS


def led(heard: list[tuple[float, float, float]]) -> list[float]:
    """The frequencies of the pieces that were begun and ended while the film was played faster."""
    pieces: list[float] = []
    since_ms: float | None = None
    for at_ms, rate, hz in heard:
        since_ms = None if rate < 1.01 else at_ms if since_ms is None else since_ms
        if since_ms is not None and at_ms - since_ms > LAGS_MS:
            pieces.append(hz)
    return pieces


def cents(frequencies: list[float]) -> float:
    """How far the middle of some frequencies is from the film's tone."""
    return 1200 * math.log2(median(frequencies) / TONE_HZ)


async def test_where_the_film_leaves_its_line_is_told_to_the_instant(agent: PageAgent, worn: Page) -> None:
    """The receipt lays straight lines between reports; one over 100 ms would tell of a gentle slope."""
    plan = await play(agent)
    world = await worn.isolated_world()
    await reaches(agent, 1.0)
    gaps_ms = []
    for _ in range(3):
        seen_before = len(agent.reports)
        await world.evaluate(HINDRANCE)
        await agent.report(lambda report: report.position_s < _line_s(plan, report) - 0.03)
        told = agent.reports[max(0, seen_before - 2) :]
        off_s = [report.position_s - _line_s(plan, report) for report in told]
        leap = max(range(1, len(told)), key=lambda which: off_s[which - 1] - off_s[which])
        gaps_ms.append(told[leap].at_ms - told[leap - 1].at_ms)
        await keeps_to(agent, plan, world)
    assert median(gaps_ms) < 60


def _line_s(plan: PagePlan, report: PageReport) -> float:
    return plan.position_s + (report.at_ms - plan.anchor_ms) / 1000 * plan.rate


async def test_a_page_that_opens_late_joins_where_the_film_is(
    agent: PageAgent, browser: VirtualBrowser
) -> None:
    agent.plan = None
    plan = await agent.set_plan(Action.PLAY, in_s=-3.0)
    await browser.open(agent.url)
    await agent.state(PageState.PLAYING)
    async with DevTools(f"tcp:{browser.devtools}") as dev, await dev.page(agent.url) as page:
        await keeps_to(agent, plan, await page.isolated_world())
    assert agent.reports[-1].started_ms is None


async def test_the_film_plays_on_while_the_agent_restarts(
    films: dict[str, Path], agent: PageAgent, worn: Page
) -> None:
    plan = await play(agent)
    await reaches(agent, 1.0)
    port = agent.port
    world = await worn.isolated_world()
    await note_moves(world)
    await agent.__aexit__(None, None, None)
    await keeps_to(agent, plan, world)
    # The new agent's clock shows another time, and it knows of no plan.
    async with PageAgent(films, skew=hours_off(-40.0, hours=2), port=port) as other:
        report = await other.report(lambda report: abs(report.at_ms - other.now_ms()) < HOUR_MS)
        assert report.plan_id == plan.plan_id
        # Where the film is to be is still what the first agent said, also after the page has judged it anew.
        await other.report(lambda later: later.position_s > report.position_s + 3)
        await keeps_to(agent, plan, world)
        assert await was_not_moved_needlessly(agent, plan, world)
        await other.stop()
        assert (await seen.look(world)).paused


async def test_the_film_ends_by_itself(agent: PageAgent, worn: Page) -> None:
    near = MONO_S - 1.5
    await agent.set_plan(Action.PREPARE, position_s=near)
    await agent.state(PageState.READY)
    await agent.set_plan(Action.PLAY, revision=2, position_s=near, in_s=0.2)
    ended = await agent.state(PageState.ENDED)
    assert ended.silent
    assert not agent.problems


async def test_volume_is_the_films_alone(agent: PageAgent, worn: Page) -> None:
    await agent.send(PageVolume(level=0.25))
    await play(agent)
    assert await worn.evaluate("document.querySelector('video').volume") == 0.25
    await agent.send(PageVolume(level=0))
    await agent.report(lambda report: report.silent and report.state is PageState.PLAYING)


@pytest.mark.parametrize(("film", "code"), [("torn", "film_not_playable"), ("absent", "film_not_found")])
async def test_a_film_that_does_not_play_is_reported(
    agent: PageAgent, worn: Page, film: str, code: str
) -> None:
    await agent.set_plan(Action.PREPARE, film=film)
    await agent.state(PageState.FAILED)
    await agent.until(lambda: bool(agent.problems))
    assert agent.problems[0].code == code
    # The page is as good as before.
    await agent.set_plan(Action.PREPARE, plan_id="p2")
    await agent.state(PageState.READY)


async def test_without_drawing_the_film_still_plays_and_the_page_says_so(agent: PageAgent) -> None:
    async with VirtualBrowser(draw=False) as browser:
        await browser.open(agent.url)
        await agent.until(lambda: bool(agent.hellos))
        async with DevTools(f"tcp:{browser.devtools}") as dev, await dev.page(agent.url) as page:
            entered = await page.evaluate("simkoffert.enterVr()", user_gesture=True)
            assert (entered["immersive"], entered["code"]) == (False, "graphics")
            await play(agent)
            await reaches(agent, 0.5)
    assert agent.problems[0].code == "graphics"


async def test_the_browser_leaves_nothing_behind(agent: PageAgent) -> None:
    other = psutil.Process().children(recursive=True)
    async with VirtualBrowser(skew=hours_off()) as browser:
        first = await browser.open(agent.url)
        assert (await browser.open(agent.url)).id == first.id
        await agent.until(lambda: bool(agent.hellos))
        ours = set(psutil.Process().children(recursive=True)) - set(other)
        assert ours
    assert [process for process in ours if process.is_running()] == []
