"""A real browser a module, a page a test, in a clock that is neither the agent's nor the machine's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from headset_agent.devtools import DevTools, Page
from headset_agent.virtual.browser import VirtualBrowser
from headset_agent.virtual.skew import ClockSkew
from tests.fakes.workers import have_workers
from tests.integration.page import films as demo
from tests.integration.page.agent import PageAgent

MONO_S = 90.0
"""Longer than a page may need to come back to its plan on a machine that has other things to do."""

PAGE_SKEW = ClockSkew(-3 * 3_600_000_000_000, -70.0, 0)


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("films")
    torn = folder / "torn.mp4"
    made = {
        "mono": demo.make_film(folder / "mono.mp4", demo.panorama(demo.LEFT, 320, 160), MONO_S),
        "stacked": demo.make_film(folder / "stacked.mp4", demo.stacked(), 4, sound=False),
        "torn": torn,
    }
    # Its pictures lie in the file in the order in which they are shown.
    made["silent"] = demo.slowed(made["mono"], folder / "silent.mp4", 1)
    torn.write_bytes(made["mono"].read_bytes()[:200] + b"\0" * 4000)
    return made


@pytest_asyncio.fixture(loop_scope="module")
async def agent(films: dict[str, Path], workers: None) -> AsyncIterator[PageAgent]:
    async with PageAgent(films) as agent:
        yield agent


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(workers: None) -> AsyncIterator[VirtualBrowser]:
    async with VirtualBrowser(skew=PAGE_SKEW) as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> None:
    """Have the loop's threads before any test."""
    await have_workers()


@pytest_asyncio.fixture(loop_scope="module")
async def page(agent: PageAgent, browser: VirtualBrowser) -> AsyncIterator[Page]:
    """The page, open and greeted, not in VR, the head straight."""
    await browser.set_head(0, 0)
    target = await browser.open(agent.url)
    await agent.until(lambda: bool(agent.hellos))
    async with DevTools(f"tcp:{browser.devtools}") as dev:
        yield await dev.page(agent.url)
        await dev.close_target(target)


@pytest_asyncio.fixture(loop_scope="module")
async def worn(agent: PageAgent, page: Page) -> Page:
    """The page in immersive VR."""
    assert await page.evaluate("simkoffert.enterVr()", user_gesture=True) == {"immersive": True}
    await agent.report(lambda report: report.immersive)
    return page
