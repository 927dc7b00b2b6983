"""Import, push, play, receipt: real commands, real ADB, real agents, and for two headsets a real browser."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageColor

from headset_agent.devtools import DevTools
from tests.e2e.commands import Desk
from tests.e2e.conftest import TITLE, addresses
from tests.e2e.outside import Watch, spreads_ms, watching
from tests.integration.page import seen
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_recipe import demo_recipes

pytestmark = pytest.mark.slow


async def filled(desk: Desk, kit: VirtualKit, film: Path) -> str:
    """Import the film and push it to all; its sha256."""
    imported = await desk.run("film", "import", str(film), "--theme", "INN", "--title", TITLE, "--json")
    assert imported.code == 0, imported.stderr
    pushed = await desk.run("film", "push", "all", "--at", addresses(kit), "--json")
    assert pushed.code == 0, pushed.stderr
    results = pushed.document["results"]
    assert [result["verified"] for result in results] == [True] * kit.count
    size = await asyncio.to_thread(lambda: film.stat().st_size)
    assert {result["bytes"] for result in results} == {size}
    sha256 = imported.document["sha256"]
    assert isinstance(sha256, str)
    return sha256


def injected_offset_ms(clock: dict[str, float], at_ns: int) -> float:
    """What the kit says of a headset's clock, at an instant of this machine's."""
    drifted = (at_ns - clock["reference_ns"]) * clock["drift_ppm"] * 1e-6
    return (clock["offset_ns"] + drifted) * 1e-6


def check_clocks(receipt: dict[str, Any], kit: VirtualKit) -> None:
    by_serial = {headset.serial: headset for headset in kit.headsets}
    for headset in receipt["headsets"]:
        clock = by_serial[headset["serial"]].clock
        assert clock is not None
        error = headset["clock_offset_ms"] - injected_offset_ms(clock, headset["clock_at_ns"])
        # Half a microsecond: the receipt is rounded to whole ones.
        assert abs(error) <= headset["clock_uncertainty_ms"] + 0.0005, headset


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[max(0, -(-percent * len(values) // 100) - 1)]


def all_played(watches: list[Watch]) -> bool:
    return all(any(seen.playing for seen in watch.seen) for watch in watches)


async def test_five_headsets_with_clocks_of_their_own(desk: Desk, five: VirtualKit, film_file: Path) -> None:
    await filled(desk, five, film_file)
    async with watching(five.headsets) as watches:
        played = await desk.run("play", TITLE, "--at", addresses(five), "--seconds", "6", "--json")
    assert played.code == 0, played.stderr
    receipt = played.document
    check_clocks(receipt, five)
    outside = spreads_ms(watches)
    assert len(outside) > 40
    for percent in (50, 95):
        assert receipt["spread_ms"][f"p{percent}"] == pytest.approx(percentile(outside, percent), abs=5)
    assert receipt["spread_ms"]["max"] < 5
    assert receipt["start_spread_ms"] < 5
    assert [headset["number"] for headset in receipt["headsets"]] == [1, 2, 3, 4, 5]


async def test_it_starts_where_it_is_told_and_stops_by_itself(
    desk: Desk, five: VirtualKit, film_file: Path
) -> None:
    sha256 = await filled(desk, five, film_file)
    async with watching(five.headsets) as watches:
        played = await desk.run(
            "play", sha256[:8], "--at", addresses(five), "--from", "3", "--seconds", "2", "--json"
        )
    assert played.code == 0, played.stderr
    for watch in watches:
        positions = [seen.position_s for seen in watch.seen if seen.playing]
        assert positions[0] == pytest.approx(3.0, abs=0.1)
        assert positions[-1] == pytest.approx(5.0, abs=0.5)
        assert not watch.seen[-1].playing
        assert watch.seen[-1].dark


async def test_real_browsers_in_immersive_vr(desk: Desk, film_file: Path) -> None:
    """Two real Chromium pages and a simulated player; the receipt agrees with what is seen from outside."""
    async with VirtualKit(count=3, player="chromium:2", clock_skew=True) as kit:
        await filled(desk, kit, film_file)
        async with watching(kit.headsets) as watches:
            played = await desk.run("play", TITLE, "--at", addresses(kit), "--seconds", "9", "--json")
        assert played.code == 0, played.stderr
    receipt = played.document
    check_clocks(receipt, kit)
    assert all_played(watches)
    outside = spreads_ms(watches)
    assert len(outside) > 60
    for percent in (50, 95):
        assert receipt["spread_ms"][f"p{percent}"] == pytest.approx(percentile(outside, percent), abs=5)
    starts = {headset["number"]: headset["start_error_ms"] for headset in receipt["headsets"]}
    assert all(start is not None for start in starts.values())


async def test_the_compass_markers_are_where_the_head_looks(desk: Desk, film_file: Path) -> None:
    """Pixels of the real page in immersive VR, in two headsets, while the demo film plays for the group."""
    palette = {d.letter["nb"]: ImageColor.getrgb(d.colour)[:3] for d in demo_recipes()[0].directions}
    bearings = {d.letter["nb"]: d.yaw_deg for d in demo_recipes()[0].directions}
    async with VirtualKit(count=2, player="chromium") as kit:
        await filled(desk, kit, film_file)
        async with await desk.start("play", TITLE, "--at", addresses(kit), "--json") as play:
            await play.heard("Filmen starter")
            async with AsyncExitStack() as stack:
                for headset in kit.headsets:
                    browser = await stack.enter_async_context(DevTools(f"tcp:{headset.devtools}"))
                    page = await stack.enter_async_context(await browser.page("http://127."))
                    for letter, bearing in bearings.items():
                        await page.evaluate(f"virtualHeadset.turn({bearing}, 0)")
                        await seen.look_until_sees(page, letter, palette, near=60)
            play.interrupt()
            await play.ended()
