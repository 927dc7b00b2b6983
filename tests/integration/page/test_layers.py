"""The film on the browser's media layer, on our own sphere, and on the sphere where the layer fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from headset_agent.devtools import Page
from headset_agent.protocol.page_messages import PageIdentify, PageRecentre
from headset_agent.protocol.playing import Action, PageState, Picture, Projection
from headset_agent.protocol.playing import Stereo as PlayedStereo
from headset_agent.virtual.browser import VirtualBrowser
from tests.integration.page import compass, films, seen
from tests.integration.page.agent import PageAgent
from trainer_app.domain.films import Stereo
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import FilmRecipe, demo_recipes

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

DIRECTIONS = ((0, 0), (90, 0), (180, 0), (-90, 0), (0, 75), (0, -75), (25, 15))
"""Of the head: yaw and pitch, degrees; each of the four, up, down, and one that is neither."""

FILM_S = 90.0
"""Of all films here: longer than a slow machine takes to be looked at."""

CHIP = (0x15, 0x96, 0x73)

LAYER = "0"
NO_LAYERS = "XRMediaBinding = undefined"
LAYER_FAILS = "XRMediaBinding.prototype.createEquirectLayer = () => { throw new Error('no decoder left'); }"
"""What is done to a browser that has media layers before it enters VR."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(workers: None) -> AsyncIterator[VirtualBrowser]:
    async with VirtualBrowser(layers=True, frame_rate=12) as browser:
        yield browser


@pytest.fixture(scope="module")
def recipe() -> FilmRecipe:
    return demo_recipes()[0]


@pytest.fixture(scope="module")
def demo(recipe: FilmRecipe, tmp_path_factory: pytest.TempPathFactory) -> dict[Stereo, Path]:
    """The demo film, three pictures of it, for as long as it takes to be looked at."""
    folder = tmp_path_factory.mktemp("demo")
    slow = replace(recipe, picture=replace(recipe.picture, frame_rate=1))
    made = {}
    for stereo in (Stereo.MONO, Stereo.TOP_BOTTOM):
        render(slow, folder / "short.mp4", seconds=3, width=960, stereo=stereo)
        made[stereo] = films.slowed(folder / "short.mp4", folder / f"{stereo.value}.mp4", round(FILM_S / 3))
    return made


async def enter_vr(agent: PageAgent, page: Page, before: str) -> None:
    await page.evaluate(f"void ({before})")
    assert await page.evaluate("simkoffert.enterVr()", user_gesture=True) == {"immersive": True}
    await agent.report(lambda report: report.immersive)


async def play(
    agent: PageAgent,
    film: str,
    stereo: PlayedStereo = PlayedStereo.MONO,
    projection: Projection = Projection.EQUIRECT,
) -> None:
    """Have the film on; nothing but the film is seen while it plays."""
    for revision, action, state in (
        (1, Action.PREPARE, PageState.READY),
        (2, Action.PLAY, PageState.PLAYING),
    ):
        await agent.set_plan(
            action,
            film=film,
            stereo=stereo,
            projection=projection,
            revision=revision,
            in_s=0.3,
            duration_s=FILM_S,
        )
        await agent.state(state)


@pytest.mark.parametrize("stereo", [Stereo.MONO, Stereo.TOP_BOTTOM])
@pytest.mark.parametrize(
    ("before", "picture"), [(LAYER, Picture.LAYER), (NO_LAYERS, Picture.SPHERE)], ids=["layer", "sphere"]
)
async def test_each_eye_finds_the_compass_where_the_head_looks(
    agent: PageAgent,
    browser: VirtualBrowser,
    page: Page,
    recipe: FilmRecipe,
    demo: dict[Stereo, Path],
    before: str,
    picture: Picture,
    stereo: Stereo,
) -> None:
    agent.films = {"demo": demo[stereo]}
    await enter_vr(agent, page, before)
    await play(agent, "demo", PlayedStereo(stereo.value))
    marks = compass.marks(recipe, stereo)
    for yaw, pitch in DIRECTIONS:
        last = await look_until_right(browser, page, marks, (yaw, pitch))
    # The last direction is neither level nor straight, so that nothing can be exchanged unnoticed.
    for exchanged in compass.exchanged(last, stereo):
        assert compass.faults(exchanged, marks, *DIRECTIONS[-1])
    for off in (-10, 10):
        assert compass.faults(last, marks, DIRECTIONS[-1][0] + off, DIRECTIONS[-1][1])
    assert (await agent.report(lambda _: True)).picture is picture
    await agent.send(PageRecentre())
    # The film has come to where the head was, level as before.
    await look_until_right(browser, page, marks, (DIRECTIONS[-1][0] + 90, 0), turned=DIRECTIONS[-1][0])
    assert agent.problems == []


async def look_until_right(
    browser: VirtualBrowser,
    page: Page,
    marks: list[compass.Mark],
    head: tuple[float, float],
    turned: float = 0,
) -> Image.Image:
    """Turn the head, and wait until all is where it should be in a room that was turned so far, degrees."""
    yaw, pitch = head[0] - turned, head[1]
    wrong: list[str] = []
    try:
        async with asyncio.timeout(50):
            while True:
                # Said again and again: a browser that is held up for long may not have heard it.
                await browser.set_head(*head)
                wrong = compass.faults(picture := await seen.screenshot(page), marks, yaw, pitch)
                if not wrong:
                    return picture
    except TimeoutError:
        state = await page.evaluate(
            "JSON.stringify([simkoffert.page.immersion.head, simkoffert.page.picture.shown])"
        )
        raise AssertionError(f"looking to {yaw}, {pitch} ({state}): {'; '.join(wrong)}") from None


async def test_where_the_layer_fails_the_film_is_drawn_and_the_agent_told_once(
    agent: PageAgent, browser: VirtualBrowser, page: Page, recipe: FilmRecipe, demo: dict[Stereo, Path]
) -> None:
    agent.films = {"demo": demo[Stereo.TOP_BOTTOM]}
    await enter_vr(agent, page, LAYER_FAILS)
    await play(agent, "demo", PlayedStereo.TOP_BOTTOM)
    for yaw, pitch in DIRECTIONS[-2:]:
        await look_until_right(browser, page, compass.marks(recipe, Stereo.TOP_BOTTOM), (yaw, pitch))
    assert (await agent.report(lambda _: True)).picture is Picture.SPHERE
    assert [(problem.code, problem.detail) for problem in agent.problems] == [
        ("no_layer", "Error: no decoder left")
    ]


async def test_a_layer_of_half_a_sphere_side_by_side(
    agent: PageAgent, browser: VirtualBrowser, page: Page, tmp_path: Path
) -> None:
    short = films.make_film(tmp_path / "short.mp4", films.halves(), 1, sound=False)
    agent.films = {"half": films.slowed(short, tmp_path / "half.mp4", round(FILM_S))}
    await enter_vr(agent, page, LAYER)
    await play(agent, "half", PlayedStereo.LEFT_RIGHT, Projection.EQUIRECT_180)
    left, right = films.LEFT | {"none": (0, 0, 0)}, films.RIGHT | {"none": (0, 0, 0)}
    # What fills a whole turn elsewhere fills half of one here.
    for yaw, pitch, name in ((0, 0, "N"), (45, 0, "E"), (-45, 0, "W"), (0, 70, "up"), (180, 0, "none")):
        await browser.set_head(yaw, pitch)
        await seen.look_until_sees(page, name, left)
        assert seen.name_of((await seen.eyes(page))[1], right) == name


async def test_words_lie_over_the_layer_and_a_stop_leaves_nothing_of_it(agent: PageAgent, page: Page) -> None:
    await enter_vr(agent, page, LAYER)
    await play(agent, "mono")
    shown = await agent.report(lambda report: report.picture is not None)
    assert shown.picture is Picture.LAYER
    await seen.look_until_sees(page, "N", films.LEFT)
    await agent.send(PageIdentify(seconds=3600))
    await seen.look_until_sees(page, "chip", {"chip": CHIP, "ink": (0x10, 0x18, 0x1C)} | films.LEFT)
    await agent.stop()
    assert await seen.brightest(page) < 30
    dark = await agent.report(lambda report: report.dark)
    assert dark.picture is None
    assert agent.problems == []


async def test_a_head_that_is_lost_does_not_keep_the_layer_from_going_dark(
    agent: PageAgent, page: Page
) -> None:
    await enter_vr(agent, page, LAYER)
    await play(agent, "mono")
    await seen.look_until_sees(page, "N", films.LEFT)
    await page.evaluate("XRFrame.prototype.getViewerPose = () => null, undefined")
    await agent.stop()
    assert await seen.brightest(page) < 30


async def test_the_agent_is_told_that_the_browser_has_layers(agent: PageAgent, page: Page) -> None:
    assert agent.hellos[0].layers
    await page.evaluate("XRMediaBinding = undefined")
    assert not await page.evaluate("import('/web/layers.js').then((layers) => layers.supportsLayers())")
