"""Playing together, with a group in memory: who is left plays, and nothing goes on unattended."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from headset_agent.protocol import playing
from tests.fakes.films import a_film
from tests.fakes.headsets import FakeGateway, FakeGroup, FakeHeadset, HeadsetsInMemory
from tests.fakes.waiting import until
from trainer_app.domain.headset_state import Awaited
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback import CHANGE_S, Course
from trainer_app.domain.playback_errors import HeadsetVanished, NoBrowser, StartBeyondEnd, VrEnded
from trainer_app.services.headset_port import Greeting
from trainer_app.services.playing import PlayResult, Stage, play_together

A, B = "127.0.0.1:1", "127.0.0.1:2"
FILM = a_film()


def two() -> FakeGateway:
    return FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))


async def play(gateway: FakeGateway, stages: list[Stage] | None = None, **changes: Any) -> PlayResult:
    options: dict[str, Any] = {"from_s": 0.0, "seconds": 5.0} | changes
    heard = [] if stages is None else stages
    return await play_together(
        gateway,
        HeadsetsInMemory(),
        FILM,
        [A, B],
        greet=lambda number: Greeting(lang="nb", fill=f"#{number:06}", ink="#ffffff"),
        holder="Anna",
        waiting=lambda _address: None,
        stage=heard.append,
        **options,
    )


def group_of(gateway: FakeGateway) -> FakeGroup:
    assert gateway.group_made is not None
    return gateway.group_made


async def test_film_is_prepared_started_kept_and_stopped() -> None:
    gateway = two()
    stages: list[Stage] = []
    result = await play(gateway, stages)
    group = group_of(gateway)
    assert group.did == ["prepare", "start", "keep", "receipt", "stop", "close"]
    assert group.kept_until_ns == group.started_ns + 5_000_000_000
    assert [(stage.name, stage.headsets) for stage in stages] == [("ready", 2), ("started", 2)]
    assert result.receipt is not None
    assert (result.problems, result.unreached, result.not_dark) == ({}, {}, ())
    assert [greeting.fill for greeting in gateway.greetings] == ["#000001", "#000002"]
    assert gateway.holder == "Anna"
    assert all(headset.closed for headset in gateway.headsets.values())


async def test_without_a_length_the_film_runs_to_its_end() -> None:
    gateway = two()
    await play(gateway, seconds=None, from_s=12.0)
    group = group_of(gateway)
    assert group.kept_until_ns - group.started_ns == round((FILM.probe.duration_s - 12.0) * 1e9)


async def test_one_that_is_not_ready_is_left_out() -> None:
    gateway = two()
    problem = NoBrowser(headset="2 (S2)")
    gateway.before_group = lambda group: group.fails.update(S2=problem)
    stages: list[Stage] = []
    result = await play(gateway, stages)
    assert [stage.headsets for stage in stages] == [1, 1]
    assert result.problems == {"S2": problem}
    assert result.receipt is not None


async def test_one_that_vanishes_while_it_plays_is_told_at_the_end() -> None:
    gateway = two()
    problem = HeadsetVanished(headset="2 (S2)")
    gateway.before_group = lambda group: group.fails_later.update(S2=problem)
    result = await play(gateway)
    assert result.problems == {"S2": problem}
    assert result.receipt is not None


async def test_wearer_who_has_left_vr_before_the_end_is_told_of() -> None:
    gateway = two()
    gateway.before_group = lambda group: group.out_of_vr.add("S2")
    result = await play(gateway)
    assert isinstance(result.problems["S2"], VrEnded)
    assert result.problems["S2"].params["headset"] == "2 (S2)"
    assert result.receipt is not None


async def test_wearer_who_is_awaited_is_told_of_once() -> None:
    gateway, told = two(), list[tuple[int, Awaited]]()
    gateway.before_group = lambda group: group.awaited.update(S2=Awaited.CONSENT)
    await play(gateway, awaited=lambda number, what: told.append((number, what)))
    assert told == [(2, Awaited.CONSENT)]


async def test_nobody_ready_means_no_start_and_no_receipt() -> None:
    gateway = two()
    gateway.before_group = lambda group: group.fails.update(
        S1=NoBrowser(headset="1"), S2=NoBrowser(headset="2")
    )
    result = await play(gateway)
    assert result.receipt is None
    assert set(result.problems) == {"S1", "S2"}
    assert group_of(gateway).did == ["prepare", "stop", "close"]


async def test_nobody_reached_means_no_group() -> None:
    gateway = two()
    gateway.unreachable = {A: NothingListens(headset=A), B: NothingListens(headset=B)}
    result = await play(gateway)
    assert gateway.group_made is None
    assert (result.receipt, set(result.unreached)) == (None, {A, B})


async def test_those_that_did_not_go_dark_are_named() -> None:
    gateway = two()
    gateway.before_group = lambda group: group.dark.update(S2=False)
    assert (await play(gateway)).not_dark == ("S2",)


async def test_breaking_off_stops_the_headsets() -> None:
    gateway = two()

    def hang(group: FakeGroup) -> None:
        group.hangs = True

    gateway.before_group = hang
    playing = asyncio.create_task(play(gateway))
    await until(lambda: gateway.group_made is not None)
    await group_of(gateway).keeping.wait()
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert group_of(gateway).did[-2:] == ["stop", "close"]
    assert all(headset.closed for headset in gateway.headsets.values())


async def test_start_after_the_end_is_refused_before_anybody_is_reached() -> None:
    gateway = two()
    with pytest.raises(StartBeyondEnd) as refused:
        await play(gateway, from_s=FILM.probe.duration_s)
    assert refused.value.params["length"] == FILM.probe.duration_s
    assert gateway.group_made is None


async def test_films_that_follow_are_played_to_the_end_of_the_last() -> None:
    gateway = two()
    course = Course(then=(a_film(title="Etterpå"),))
    await play(gateway, seconds=None, course=course)
    group = group_of(gateway)
    assert group.course == course
    lasts_s = 2 * FILM.probe.duration_s + CHANGE_S
    assert group.kept_until_ns - group.started_ns == round(lasts_s * 1e9)


async def test_what_goes_round_is_not_ended_by_the_film_s_end() -> None:
    gateway = two()
    await play(gateway, seconds=None, course=Course(loops=True))
    group = group_of(gateway)
    assert group.kept_until_ns - group.started_ns > 100 * FILM.probe.duration_s * 1e9


def test_laptop_and_headsets_wait_equally_long_between_two_films() -> None:
    assert CHANGE_S == playing.CHANGE_S
