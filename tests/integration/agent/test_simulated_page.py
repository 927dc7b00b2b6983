"""A page with a clock of its own shows the film where the plan wants it, as seen from outside."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter_ns

import msgspec
import pytest

from headset_agent.clock import SKEW_VARIABLE, make_clock
from headset_agent.protocol.messages import FilmBegin
from headset_agent.protocol.playing import CHANGE_S, Action, FilmRef, PageState
from headset_agent.protocol.timeline import position_at
from headset_agent.virtual.simulated_player import SimulatedPlayer, _way
from headset_agent.virtual.skew import ClockSkew
from tests.fakes.agents import SECOND, SHA, a_plan
from tests.fakes.waiting import until
from tests.integration.agent.parts import TOKEN, Parts, agent_parts

HOUR = 3600 * 10**9
FILM = b"film"


def skewed(hours: float, drift_ppm: float) -> ClockSkew:
    return ClockSkew(offset_ns=round(hours * HOUR), drift_ppm=drift_ppm, reference_ns=perf_counter_ns())


@asynccontextmanager
async def page_and_agent(
    folder: Path, agent: ClockSkew, page: ClockSkew
) -> AsyncIterator[tuple[Parts, SimulatedPlayer]]:
    clock = make_clock({SKEW_VARIABLE: agent.serialise()})
    player = SimulatedPlayer(make_clock({SKEW_VARIABLE: page.serialise()}))
    async with agent_parts(folder, clock=clock) as parts:
        await player.open(f"{parts.origin}/?token={TOKEN}")
        try:
            await until(lambda: parts.player.report is not None)
            yield parts, player
        finally:
            await player.close()


async def store(parts: Parts) -> FilmRef:
    sha = hashlib.sha256(FILM).hexdigest()
    (parts.folder / f"{sha}.mp4").write_bytes(FILM)
    await parts.films.begin(FilmBegin(id=1, sha256=sha, size=len(FILM)))
    return FilmRef(sha256=sha, duration_s=60.0)


@pytest.mark.parametrize(
    ("agent", "page"),
    [((0, 0), (0, 0)), ((5.5, 80), (-7.25, -80)), ((-30, -80), (100, 80))],
    ids=["one clock", "hours apart", "days apart"],
)
async def test_position_is_the_plan_s(
    tmp_path: Path, agent: tuple[float, float], page: tuple[float, float]
) -> None:
    agent_clock = skewed(*agent)
    async with page_and_agent(tmp_path, agent_clock, skewed(*page)) as (parts, player):
        anchor = agent_clock.apply(perf_counter_ns() + 300_000_000)
        plan = a_plan(anchor_ns=anchor, position_s=12.0, film=await store(parts))
        await parts.player.set_plan(plan)
        await until(lambda: player.observe().state is PageState.READY)
        assert player.observe().position_s == 12.0, "it waits for the instant"
        await until(lambda: player.observe().position_s > 12.3)

        def is_the_plans() -> bool:
            seen, report = player.observe(), parts.player.report
            if report is None or report.position_s <= 12.3 or report.at_uncertainty_ms > 50:
                return False
            wanted = position_at(plan, agent_clock.apply(seen.at_ns))
            return abs(seen.position_s - wanted) * 1e3 <= report.at_uncertainty_ms + 1.0

        # Not at every look: between reading the player's clock and ours there may be a change of task.
        await until(is_the_plans)
        report = parts.player.report
        assert report is not None
        assert report.started_ms is not None
        assert abs(report.started_ms - (anchor / 1e6 + 100)) < 0.001


async def test_stop_makes_it_silent_and_dark_and_is_confirmed(tmp_path: Path) -> None:
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(3, 0)) as (parts, player):
        await parts.player.set_plan(a_plan(film=await store(parts), anchor_ns=perf_counter_ns()))
        await until(lambda: not player.observe().dark)
        assert await parts.player.stop("Anna")
        seen = player.observe()
        assert (seen.dark, seen.silent, seen.state) == (True, True, PageState.STOPPED)


async def test_paused_film_stays_where_the_plan_says(tmp_path: Path) -> None:
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(3, 0)) as (parts, player):
        film = await store(parts)
        await parts.player.set_plan(a_plan(film=film, anchor_ns=perf_counter_ns()))
        await until(lambda: player.observe().state is PageState.PLAYING)
        await parts.player.set_plan(a_plan(revision=2, action=Action.PAUSE, position_s=7.5, film=film))
        await until(lambda: player.observe().state is PageState.PAUSED)
        assert (player.observe().position_s, player.observe().silent) == (7.5, True)


async def test_film_that_is_not_served_is_a_problem(tmp_path: Path) -> None:
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(0, 0)) as (parts, player):
        heard: list[object] = []
        parts.player.on_event = heard.append
        await parts.player.set_plan(a_plan(film=FilmRef(sha256=SHA, duration_s=60.0)))
        await until(lambda: any(getattr(event, "code", "") == "film_not_found" for event in heard))
        assert player.observe().state is PageState.FAILED


async def test_number_is_shown_for_its_time(tmp_path: Path) -> None:
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(3, 0)) as (parts, player):
        assert await parts.player.identify(0.2)
        await until(lambda: player.observe().identifying)
        await until(lambda: not player.observe().identifying)


async def test_words_for_the_wearer_are_there_until_they_have_been_read_or_all_is_stopped(
    tmp_path: Path,
) -> None:
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(3, 0)) as (parts, player):
        assert await parts.player.show_text("Snart stopp. Æøå.", 0.2)
        await until(lambda: player.observe().text == "Snart stopp. Æøå.")
        await until(lambda: not player.observe().text)
        assert await parts.player.show_text("Vent litt.", 600.0)
        await until(lambda: player.observe().text == "Vent litt.")
        assert await parts.player.stop("Anna")
        assert not player.observe().text


async def test_film_is_turned_to_where_the_wearer_looks(tmp_path: Path) -> None:
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(3, 0)) as (parts, player):
        player.set_head(120.0, 10.0)
        await until(lambda: parts.player.report is not None and parts.player.report.yaw_deg == 120.0)
        assert await parts.player.recentre()
        await until(lambda: parts.player.report is not None and parts.player.report.yaw_deg == 0.0)
        assert parts.player.report is not None
        assert parts.player.report.pitch_deg == 10.0


async def test_page_finds_its_agent_again(tmp_path: Path) -> None:
    """The agent's socket breaks; the page comes back by itself and follows the same plan."""
    async with page_and_agent(tmp_path, skewed(0, 0), skewed(3, 0)) as (parts, player):
        await parts.player.set_plan(a_plan(film=await store(parts), anchor_ns=perf_counter_ns()))
        await until(lambda: player.observe().state is PageState.PLAYING)
        page = parts.player._page
        assert page is not None
        await page.close()
        await until(lambda: parts.player._page not in (None, page))
        assert player.observe().state is PageState.PLAYING


def test_every_wearer_looks_somewhere_else_and_moves() -> None:
    ways = {wearer: [_way(wearer, second) for second in (0.0, 5.0, 10.0)] for wearer in range(1, 6)}
    assert len({way[0] for way in ways.values()}) == 5
    assert all(len(set(way)) == 3 for way in ways.values())
    assert _way(0, 12.0) == (0.0, 0.0)


async def test_late_page_enters_at_the_stop_point_and_in_a_later_round(tmp_path: Path) -> None:
    agent_clock = skewed(5.5, 80)
    async with page_and_agent(tmp_path, agent_clock, skewed(-7, -80)) as (parts, player):
        film = msgspec.structs.replace(await store(parts), stops_s=(50.0,))
        began = agent_clock.apply(perf_counter_ns() - 100 * SECOND)
        await parts.player.set_plan(a_plan(anchor_ns=began, film=film, loops=True))
        await until(lambda: player.observe().state is PageState.PAUSED)
        assert player.observe().position_s == 50.0

        # Gone on from there until the end; the second round began 1 s ago.
        resumed = agent_clock.apply(perf_counter_ns() - round((10 + CHANGE_S + 1) * SECOND))
        plan = a_plan(anchor_ns=resumed, position_s=50.0, revision=2, film=film, loops=True)
        await parts.player.set_plan(plan)
        await until(lambda: player.observe().state is PageState.PLAYING)
        seen = player.observe()
        wanted = position_at(plan, agent_clock.apply(seen.at_ns))
        assert seen.position_s == pytest.approx(wanted, abs=0.01)
        assert 0.9 <= seen.position_s < 50.0
