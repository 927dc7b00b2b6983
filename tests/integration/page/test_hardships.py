"""What a headset may put a page through: slow seeks and films, lost graphics, a head nobody can find."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from headset_agent.devtools import Page
from headset_agent.protocol.page_messages import PagePlan, PageStop, PageVolume
from headset_agent.protocol.playing import Action, PageState
from tests.fakes.waiting import until
from tests.integration.page import films as demo
from tests.integration.page import keeping, seen
from tests.integration.page.agent import PageAgent

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

REFINED_EVERY_S = 0.5
SLOW_SEEK_MS = 1600
"""Longer than the first lead of who joins, and than the time between two refinements."""
BLACK = 8


@asynccontextmanager
async def refined(agent: PageAgent, plan: PagePlan) -> AsyncIterator[None]:
    """As a group does it: while others play, the plan comes again and again, a fraction nearer the truth."""

    async def refine() -> None:
        for revision in range(plan.revision + 1, 1000):
            await asyncio.sleep(REFINED_EVERY_S)
            nudged = msgspec.structs.replace(plan, revision=revision, anchor_ms=plan.anchor_ms + revision % 2)
            await agent.send(nudged)

    refining = asyncio.create_task(refine())
    try:
        yield
    finally:
        refining.cancel()
        await asyncio.gather(refining, return_exceptions=True)


async def test_who_seeks_slowly_joins_though_the_plan_is_refined_meanwhile(
    agent: PageAgent, worn: Page
) -> None:
    await worn.evaluate(
        "{ const proto = HTMLMediaElement.prototype;"
        " const real = Object.getOwnPropertyDescriptor(proto, 'currentTime');"
        " Object.defineProperty(proto, 'currentTime', { ...real, set(value) {"
        f" setTimeout(() => real.set.call(this, value), {SLOW_SEEK_MS}); }} }}); }} 0"
    )
    plan = await agent.set_plan(Action.PLAY, in_s=-3.0)
    async with refined(agent, plan):
        await agent.state(PageState.PLAYING)
    assert not agent.problems


async def test_a_start_that_is_asked_for_while_the_film_still_loads_is_no_failure(
    agent: PageAgent, worn: Page
) -> None:
    agent.gives_films.clear()
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.LOADING)
    await agent.set_plan(Action.PLAY, revision=2, in_s=-0.5)
    await agent.report(lambda report: report.revision == 2)
    agent.gives_films.set()
    await agent.state(PageState.PLAYING)
    assert not agent.problems
    assert not any(report.state is PageState.FAILED for report in agent.reports)


async def test_a_start_that_the_browser_breaks_off_is_made_again(agent: PageAgent, worn: Page) -> None:
    await worn.evaluate(
        "{ const proto = HTMLMediaElement.prototype; const real = proto.play;"
        " proto.play = function play() { proto.play = real;"
        " return Promise.reject(new DOMException('interrupted', 'AbortError')); }; } 0"
    )
    plan = await agent.set_plan(Action.PLAY, in_s=0.2)
    async with refined(agent, plan):
        begun = await agent.state(PageState.PLAYING)
        await agent.report(
            lambda report: report.state is PageState.PLAYING and report.position_s > begun.position_s + 1
        )
    assert not agent.problems


async def test_a_film_that_runs_dry_says_so_and_is_back_on_its_line_when_it_has_data_again(
    agent: PageAgent, worn: Page
) -> None:
    world = await worn.isolated_world()
    agent.film_flow = asyncio.Event()
    agent.film_flow.set()
    await agent.set_plan(Action.PREPARE, film="silent", position_s=42)
    await agent.state(PageState.READY)
    agent.film_flow.clear()
    plan = await agent.set_plan(Action.PLAY, film="silent", revision=2, in_s=0.5, position_s=42)
    dry = await agent.state(PageState.STALLED)
    assert dry.stalls == 1
    agent.film_flow.set()
    back = await agent.state(PageState.PLAYING)
    assert back.position_s > dry.position_s
    await keeping.keeps_to(agent, plan, world)
    assert not agent.problems


async def test_a_film_that_the_browser_pauses_goes_on_by_its_plan_though_nobody_says_anything(
    agent: PageAgent, worn: Page
) -> None:
    """A browser pauses when its headset is taken off; the laptop may be gone meanwhile."""
    await agent.set_plan(Action.PLAY, in_s=0.2)
    await agent.state(PageState.PLAYING)
    await until(lambda: worn.evaluate("document.querySelector('video').currentTime > 0.2"), within_s=20)
    await worn.evaluate("document.querySelector('video').pause()")
    paused = await agent.report(lambda report: True)
    again = await agent.report(lambda report: report.position_s > paused.position_s + 0.8)
    assert again.state in (PageState.PLAYING, PageState.STALLED)
    assert not agent.problems


async def test_the_volume_set_while_a_film_is_prepared_is_not_heard_before_its_start(
    agent: PageAgent, worn: Page
) -> None:
    await worn.evaluate(
        "{ globalThis.heard = []; const film = document.querySelector('video');"
        " film.addEventListener('volumechange', () => {"
        " if (!film.paused && !film.muted) heard.push(film.volume); }); } 0"
    )
    await agent.set_plan(Action.PREPARE)
    while not any(report.state is PageState.READY for report in agent.reports):
        await agent.send(PageVolume(level=0.8))
        await agent.report(lambda report: True)
    assert max(await worn.evaluate("heard"), default=0) < 0.01
    await agent.set_plan(Action.PLAY, revision=2, in_s=0.3)
    await agent.state(PageState.PLAYING)
    assert await worn.evaluate("document.querySelector('video').volume") == 0.8


async def test_graphics_that_were_lost_and_came_back_show_the_film_again(
    agent: PageAgent, worn: Page
) -> None:
    await agent.set_plan(Action.PLAY, in_s=0.5)
    await agent.state(PageState.PLAYING)
    await seen.look_until_sees(worn, "N", demo.LEFT)
    await worn.evaluate(
        "globalThis.graphics = simkoffert.page.picture.renderer.gl.getExtension('WEBGL_lose_context');"
        " graphics.loseContext(); 0"
    )
    await agent.until(lambda: any(problem.code == "graphics" for problem in agent.problems))
    await worn.evaluate("graphics.restoreContext(); 0")
    await seen.look_until_sees(worn, "N", demo.LEFT)


async def test_a_stop_is_dark_also_while_nobody_knows_where_the_head_is(agent: PageAgent, worn: Page) -> None:
    await agent.set_plan(Action.PLAY, in_s=0.5)
    await agent.state(PageState.PLAYING)
    await seen.look_until_sees(worn, "N", demo.LEFT)
    await worn.evaluate("XRFrame.prototype.getViewerPose = () => null; 0")
    await agent.stop(seq=3)
    # What a compositor showed last stays until it is drawn over.
    await agent.report(lambda report: report.dark and report.silent)
    assert await seen.brightest(worn) < BLACK


async def test_a_page_that_is_seen_but_draws_nothing_does_not_say_that_it_is_dark(
    agent: PageAgent, worn: Page
) -> None:
    await agent.set_plan(Action.PLAY, in_s=0.5)
    await agent.state(PageState.PLAYING)
    # A frame that hangs in the graphics driver; the page's script goes on.
    await worn.evaluate("simkoffert.page.picture.drawViews = () => undefined; 0")
    await agent.send(PageStop(seq=4))
    stopped = await agent.report(lambda report: report.state is PageState.STOPPED)
    later = await agent.report(lambda report: report.at_ms > stopped.at_ms + 600)
    assert later.silent
    assert not later.dark
    assert not agent.stopped
