"""A page that something else stands in front of, the headset's home or another tab; and who comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from headset_agent.devtools import DevTools, Page
from headset_agent.protocol.page_messages import PageReport
from headset_agent.protocol.playing import Action, PageState
from headset_agent.virtual.browser import VirtualBrowser
from tests.integration.page import keeping
from tests.integration.page.agent import PageAgent

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

BEHIND_S = 0.5
"""Less than a film is moved for that somebody is in, and ten seconds' work for its rate."""
IN_THE_FILM_S = 1.3
"""A start is over by then."""


@asynccontextmanager
async def something_in_front(browser: VirtualBrowser, page: Page) -> AsyncIterator[None]:
    """The browser draws the page no more, and tells its session nothing."""
    async with DevTools(f"tcp:{browser.devtools}") as dev:
        other = await dev.open("about:blank")
        await (await dev.browser()).send("Target.activateTarget", {"targetId": other.id})
        assert await page.evaluate("document.hidden")
        yield
        await dev.close_target(other)
    await page.bring_to_front()


def is_unseen(report: PageReport) -> bool:
    return report.visible == "hidden" and report.yaw_deg is None


async def test_while_it_is_hidden_nobody_is_said_to_see_the_film_which_goes_on(
    agent: PageAgent, browser: VirtualBrowser, worn: Page
) -> None:
    world = await worn.isolated_world()
    plan = await agent.set_plan(Action.PLAY, in_s=0.3)
    await agent.state(PageState.PLAYING)
    async with something_in_front(browser, worn):
        hidden = await agent.report(is_unseen)
        later = await agent.report(lambda report: report.position_s > hidden.position_s + 0.5)
        assert (later.state, later.immersive, later.visible) == (PageState.PLAYING, True, "hidden")
    await agent.report(lambda report: report.visible == "visible" and report.yaw_deg is not None)
    await keeping.keeps_to(agent, plan, world)
    assert not agent.problems


async def test_a_stop_is_answered_by_a_page_that_is_hidden(
    agent: PageAgent, browser: VirtualBrowser, worn: Page
) -> None:
    await agent.set_plan(Action.PLAY, in_s=0.3)
    await agent.state(PageState.PLAYING)
    async with something_in_front(browser, worn):
        await agent.stop(seq=5)
        assert await worn.evaluate("document.querySelector('video').paused")
    back = await agent.report(lambda report: report.visible == "visible" and report.dark)
    assert (back.state, back.silent) == (PageState.STOPPED, True)


async def test_a_film_that_fell_behind_while_it_was_hidden_is_where_the_others_are_at_once(
    agent: PageAgent, browser: VirtualBrowser, worn: Page
) -> None:
    world = await worn.isolated_world()
    plan = await agent.set_plan(Action.PLAY, in_s=0.3)
    await agent.report(lambda report: report.position_s > IN_THE_FILM_S)
    async with something_in_front(browser, worn):
        # As where timers come once a second: it is not led meanwhile.
        await worn.evaluate(
            "{ simkoffert.page.director.keeper.look = () => false;"
            f" document.querySelector('video').currentTime -= {BEHIND_S}; }} 0"
        )
        begun = await agent.report(lambda report: report.state is PageState.PLAYING)
        await agent.report(lambda report: report.position_s > begun.position_s + 0.2)
        await worn.evaluate("delete simkoffert.page.director.keeper.look")
    await agent.report(lambda report: report.seeks == 1 and report.state is PageState.PLAYING)
    await keeping.keeps_to(agent, plan, world)
    assert not agent.problems
