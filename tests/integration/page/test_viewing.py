"""What the wearer sees: VR without a click, the film where the head looks, each eye its own picture."""

from __future__ import annotations

import asyncio

import pytest
from PIL import Image

from headset_agent.devtools import Page
from headset_agent.entering import Entering
from headset_agent.protocol.page_messages import PageIdentify, PageRecentre, PageText
from headset_agent.protocol.playing import Action, PageState, Stereo
from headset_agent.virtual.browser import VirtualBrowser
from tests.fakes.waiting import until
from tests.integration.page import films, seen
from tests.integration.page.agent import WELCOME, PageAgent
from tests.integration.page.keeping import note_moves, was_not_moved_needlessly

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

CHIP = (0x15, 0x96, 0x73)
BEHIND_WORDS = (56, 21, 23)
"""The film's north, behind the dark ground of words: three quarters of that, one of the film."""

BUTTON_SHOWN = "!document.getElementById('enter').hidden"


async def test_vr_begins_without_a_click(agent: PageAgent, page: Page) -> None:
    assert agent.hellos[0].xr
    await until(lambda: page.evaluate(BUTTON_SHOWN))
    assert await page.evaluate("simkoffert.enterVr()", user_gesture=True) == {"immersive": True}
    report = await agent.report(lambda report: report.immersive)
    assert report.visible == "visible"
    assert not await page.evaluate(BUTTON_SHOWN)
    # Asked again, because an agent that reconnects does not know.
    assert await page.evaluate("simkoffert.enterVr()", user_gesture=True) == {"immersive": True}


async def test_the_fallback_is_one_button_that_a_participant_can_press(agent: PageAgent, page: Page) -> None:
    await until(lambda: page.evaluate(BUTTON_SHOWN))  # once the agent has welcomed the page
    box = await page.evaluate(
        "(() => { const b = document.getElementById('enter').getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2, b.width]; })()"
    )
    assert box[2] > 100
    await page.click(box[0], box[1])
    await agent.report(lambda report: report.immersive)


class NotToldYet:
    """The web socket has not brought the page's report."""

    immersive = False

    async def wait_until_immersive(self) -> None:
        raise AssertionError("nobody has to press")


async def test_a_click_from_within_is_a_way_and_a_page_in_vr_is_left_alone(
    agent: PageAgent, page: Page
) -> None:
    await until(lambda: page.evaluate(BUTTON_SHOWN))
    assert (await page.evaluate("simkoffert.vrState()"))["tries"] == 0
    await page.evaluate("document.getElementById('enter').click()", user_gesture=True)
    await agent.report(lambda report: report.immersive)
    told: list[str] = []
    await Entering(page=page, immersion=NotToldYet(), tell=told.append).go()
    state = await page.evaluate("simkoffert.vrState()")
    assert state == {"immersive": True, "asking": False, "tries": 1, "code": "", "detail": ""}
    assert told == []


async def test_the_film_lies_where_the_head_looks(
    agent: PageAgent, browser: VirtualBrowser, worn: Page
) -> None:
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.READY)
    await agent.set_plan(Action.PLAY, revision=2, in_s=0.3)
    await agent.state(PageState.PLAYING)
    for yaw, pitch, name in (
        (0, 0, "N"), (90, 0, "E"), (-90, 0, "W"), (178, 0, "S"), (38, 0, "N"), (52, 0, "E"),
        (0, 70, "up"), (60, -70, "down"), (-60, 30, "W"),
    ):  # fmt: skip
        await browser.set_head(yaw, pitch)
        await seen.look_until_sees(worn, name, films.LEFT)
        turned = await agent.report(lambda report: report.yaw_deg is not None)
        assert turned.yaw_deg == pytest.approx(yaw, abs=0.1)
        assert turned.pitch_deg == pytest.approx(pitch, abs=0.1)


async def test_each_eye_sees_its_own_half_of_a_stacked_film(
    agent: PageAgent, browser: VirtualBrowser, worn: Page
) -> None:
    await agent.set_plan(Action.PREPARE, film="stacked", stereo=Stereo.TOP_BOTTOM, duration_s=4)
    await agent.state(PageState.READY)
    await agent.set_plan(
        Action.PAUSE, film="stacked", stereo=Stereo.TOP_BOTTOM, revision=2, position_s=1, duration_s=4
    )
    await agent.state(PageState.PAUSED)
    dim = {name: _dimmed(colour) for name, colour in films.LEFT.items()}
    for yaw, pitch, name in ((90, 40, "E"), (-90, 40, "W"), (0, 80, "up"), (0, -80, "down")):
        await browser.set_head(yaw, pitch)
        await seen.look_until_sees(worn, name, dim, near=30)
        _, right = await seen.eyes(worn)
        assert seen.name_of(right, {other: _dimmed(films.RIGHT[other]) for other in films.RIGHT}, 30) == name


def _dimmed(colour: seen.Colour) -> seen.Colour:
    return (round(colour[0] * 0.4), round(colour[1] * 0.4), round(colour[2] * 0.4))


async def test_identify_shows_the_number_over_the_film_and_sounds(agent: PageAgent, worn: Page) -> None:
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.READY)
    heard = await agent.report(lambda report: True)
    assert heard.silent
    await agent.send(PageIdentify(seconds=3))
    await seen.look_until_sees(worn, "chip", {"chip": CHIP, "ink": (0x10, 0x18, 0x1C)} | films.LEFT)
    assert await agent.report(lambda report: not report.silent)
    await agent.set_plan(Action.PLAY, revision=2, in_s=0.1)
    await agent.state(PageState.PLAYING)
    await seen.look_until_sees(worn, "N", films.LEFT)


async def test_the_facilitators_words_are_read_over_the_film_which_goes_on(
    agent: PageAgent, worn: Page
) -> None:
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.READY)
    plan = await agent.set_plan(Action.PLAY, revision=2, in_s=0.3)
    began = await agent.state(PageState.PLAYING)
    world = await worn.isolated_world()
    await note_moves(world)
    await agent.send(PageText(text="Snart stopp. Bli sittende og se på den røde døra.", seconds=3600))
    await _until_seen(worn, BEHIND_WORDS)
    assert min(await _brightest(worn)) > BEHIND_WORDS[0] + 60, "there are letters on it"
    await agent.send(PageText(text="Snart stopp.", seconds=0.1))
    await _until_seen(worn, BEHIND_WORDS, wanted=False)
    await seen.look_until_sees(worn, "N", films.LEFT)
    report = await agent.report(lambda report: report.state is PageState.PLAYING)
    assert report.position_s > began.position_s
    assert await was_not_moved_needlessly(agent, plan, world)
    assert agent.problems == []


async def test_the_facilitators_words_take_the_place_of_the_waiting_screen(
    agent: PageAgent, worn: Page
) -> None:
    await _until_seen(worn, CHIP)
    await agent.send(PageText(text="Vent litt.", seconds=3600))
    await _until_seen(worn, CHIP, wanted=False)
    assert min(await _brightest(worn)) > 100
    await agent.send(PageText(text="Nå begynner vi.", seconds=0.1))
    await _until_seen(worn, CHIP)
    await agent.send(PageText(text="Vent litt.", seconds=3600))
    await _until_seen(worn, CHIP, wanted=False)
    await agent.stop()
    assert await seen.brightest(worn) < 30, "after a stop there is nothing to be read"


async def test_even_the_longest_word_has_room(worn: Page) -> None:
    widths = await worn.evaluate(
        "(() => { const { panel } = simkoffert.page.picture;"
        " const lines = panel.wrap('W'.repeat(120), { size: 56, weight: 600 });"
        " return lines.map((line) => panel.context.measureText(line).width); })()"
    )
    assert 1 < len(widths) <= 9
    assert max(widths) <= 880


def _pixels(picture: Image.Image) -> list[seen.Colour]:
    values = iter(picture.tobytes())
    return list(zip(values, values, values, strict=True))


async def _brightest(page: Page) -> seen.Colour:
    return max(_pixels(await seen.screenshot(page)), key=sum)


async def _until_seen(page: Page, colour: seen.Colour, *, wanted: bool = True) -> None:
    """Wait until a colour is somewhere to be seen, or nowhere any more."""
    async with asyncio.timeout(40):
        while wanted is not any(seen.distance(c, colour) < 12 for c in _pixels(await seen.screenshot(page))):
            pass


async def test_recentring_brings_the_film_to_where_the_head_points(
    agent: PageAgent, worn: Page, browser: VirtualBrowser
) -> None:
    await agent.set_plan(Action.PREPARE)
    await agent.state(PageState.READY)
    await agent.set_plan(Action.PLAY, revision=2, in_s=0.3)
    await agent.state(PageState.PLAYING)
    await browser.set_head(90, 20)
    await agent.report(lambda report: report.yaw_deg == pytest.approx(90, abs=0.1))
    await agent.send(PageRecentre())
    turned = await agent.report(lambda report: report.yaw_deg == pytest.approx(0, abs=0.1))
    assert turned.pitch_deg == pytest.approx(20, abs=0.1)
    await browser.set_head(90, 0)
    await seen.look_until_sees(worn, "N", films.LEFT)
    await browser.set_head(180, 0)
    await seen.look_until_sees(worn, "E", films.LEFT)


async def test_the_waiting_screen_shows_the_number_in_its_colour(agent: PageAgent, worn: Page) -> None:
    async def is_shown() -> bool:
        picture = await seen.screenshot(worn)
        columns, rows = range(picture.width // 2), range(picture.height)
        return any(seen.distance(seen.pixel(picture, x, y), CHIP) < 12 for x in columns for y in rows)

    await until(is_shown)
    assert await worn.evaluate("document.documentElement.lang") == WELCOME.lang
    assert not agent.problems
