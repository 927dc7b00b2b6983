"""Filling headsets: every film on every headset has an outcome of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.headsets import FakeGateway, FakeHeadset, HeadsetsInMemory
from tests.fakes.waiting import until
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.film_errors import FilmFileGone
from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.kits import Headset, Serial
from trainer_app.domain.link_errors import LinkLost, NotAHeadset, NothingListens
from trainer_app.domain.playback_errors import (
    AgentNotThere,
    AgentSpeaksStrangely,
    HeadsetProblem,
    HeadsetVanished,
    RuntimeMissing,
    SameHeadset,
)
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.services.filling import FillingResult, Moved, push_films
from trainer_app.services.headset_port import FilmProgress, Place

A, B = "127.0.0.1:1", "127.0.0.1:2"
FIRST = a_film(sha256=Sha256("ab" * 32), title="Innkomst")
SECOND = a_film(sha256=Sha256("cd" * 32), title="Voldsomt", size_bytes=2000)
THIRD = a_film(sha256=Sha256("ef" * 32), title="Selvskading")


def two() -> FakeGateway:
    return FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))


def library(*films: Film) -> LibraryInMemory:
    made = LibraryInMemory()
    made.stored = {film.sha256 for film in films}
    return made


async def push(
    gateway: FakeGateway, films: list[Film], progress: list[object] | None = None
) -> FillingResult:
    return await push_films(
        gateway,
        HeadsetsInMemory(),
        library(FIRST, SECOND),
        films,
        [FIRST, SECOND, THIRD],
        [A, B],
        waiting=lambda _address: None,
        progress=lambda how: (progress or []).append((how.place.label, how.film.title, how.there)),
        patience_s=0.0,
    )


async def test_every_film_reaches_every_headset() -> None:
    gateway = two()
    result = await push(gateway, [FIRST, SECOND])
    assert [(d.serial, d.number, d.film.title, d.problem) for d in result.deliveries] == [
        ("S1", 1, "Innkomst", None),
        ("S1", 1, "Voldsomt", None),
        ("S2", 2, "Innkomst", None),
        ("S2", 2, "Voldsomt", None),
    ]
    sent = gateway.headsets[A].filled[1]
    assert (sent.sha256, sent.size, sent.title, sent.path) == (
        SECOND.sha256,
        2000,
        "Voldsomt",
        Path(SECOND.sha256),
    )


async def test_half_sent_films_of_the_library_are_kept() -> None:
    gateway = two()
    await push(gateway, [FIRST])
    assert gateway.headsets[A].kept == {FIRST.sha256, SECOND.sha256, THIRD.sha256}


async def test_progress_names_headset_and_film() -> None:
    progress: list[object] = [None]
    await push(two(), [SECOND], progress)
    assert set(progress[1:]) == {("1 (S1)", "Voldsomt", 2000), ("2 (S2)", "Voldsomt", 2000)}


async def test_headset_that_takes_nothing_has_the_problem_with_every_film() -> None:
    gateway = two()
    problem = gateway.headsets[B].problem = RuntimeMissing(headset="2 (S2)")
    result = await push(gateway, [FIRST, SECOND])
    assert [d.problem for d in result.deliveries] == [None, None, problem, problem]


async def test_film_that_fails_is_told_with_its_headset() -> None:
    gateway = two()
    problem = gateway.headsets[B].film_problem = HeadsetVanished(headset="2 (S2)")
    result = await push(gateway, [FIRST])
    assert [(d.serial, d.problem) for d in result.deliveries] == [("S1", None), ("S2", problem)]


async def test_headset_that_is_not_there_is_told() -> None:
    gateway = two()
    gateway.unreachable[A] = NothingListens(headset=A)
    result = await push(gateway, [FIRST])
    assert [d.serial for d in result.deliveries] == ["S2"]
    assert set(result.unreached) == {A}


async def test_film_whose_file_is_gone_is_told_before_anything_is_sent() -> None:
    gateway = two()
    with pytest.raises(FilmFileGone):
        await push(gateway, [FIRST, THIRD])
    assert gateway.headsets[A].filled == []


class Vanishing(FakeHeadset):
    """Is lost so many times, each time after another tenth of the film."""

    def __init__(self, address: str, serial: str, times: int) -> None:
        super().__init__(address, serial)
        self.times = times
        self.tries = 0

    async def fill(
        self,
        films: Sequence[FilmToSend],
        *,
        keep: AbstractSet[str] | None,
        label: str,
        progress: FilmProgress,
    ) -> list[Sent | TrainerError]:
        self.tries += 1
        [film] = films
        there = film.size * (self.tries - 1) // 10
        progress(film, there)
        if self.tries <= self.times:
            progress(film, there + film.size // 10)
            return [HeadsetVanished(headset=label)]
        progress(film, film.size)
        return [Sent(bytes=film.size, sent_bytes=film.size - there, seconds=0.1)]


async def pushed(gateway: FakeGateway, at: list[str], *, patience_s: float, **told: Any) -> FillingResult:
    return await push_films(
        gateway,
        HeadsetsInMemory(),
        library(SECOND),
        [SECOND],
        [SECOND],
        at,
        waiting=lambda _address: None,
        progress=told.get("progress", lambda _how: None),
        lost=told.get("lost", lambda *_: None),
        patience_s=patience_s,
    )


async def test_headset_that_is_lost_on_the_way_is_reached_again_and_gets_the_rest() -> None:
    headset = Vanishing(A, "S1", times=3)
    lost: list[str] = []
    result = await pushed(
        FakeGateway(headset), [A], patience_s=60.0, lost=lambda place, _problem: lost.append(place.label)
    )
    [delivery] = result.deliveries
    assert delivery.sent is not None
    assert delivery.sent.sent_bytes == SECOND.size_bytes, "each byte once, over all attempts"
    assert lost == ["1 (S1)"] * 3
    assert headset.closed


async def test_connection_that_breaks_at_any_moment_is_made_again() -> None:
    """In the middle of the first words, which looks like something that is no headset; then before them."""
    headset = Vanishing(A, "S1", times=2)
    gateway = FakeGateway(headset)
    gateway.unreachable[A] = LinkLost(headset=A)
    troubles = [NotAHeadset(headset=A), NothingListens(headset=A)]

    def lost(_place: Place, _problem: TrainerError) -> None:
        gateway.unreachable[A] = troubles.pop()
        asyncio.get_running_loop().call_later(0.3, gateway.unreachable.clear)

    asyncio.get_running_loop().call_later(0.1, gateway.unreachable.clear)
    result = await pushed(gateway, [A], patience_s=60.0, lost=lost)
    assert result.unreached == {}
    assert result.deliveries[0].sent is not None


@pytest.mark.parametrize("problem", [AgentNotThere, AgentSpeaksStrangely, HeadsetVanished])
async def test_agent_that_is_killed_at_any_moment_is_started_again(problem: type[HeadsetProblem]) -> None:
    headset = FakeHeadset(A, "S1")
    headset.problem = problem(headset="1")

    def lost(_place: Place, _problem: TrainerError) -> None:
        headset.problem = None

    result = await pushed(FakeGateway(headset), [A], patience_s=60.0, lost=lost)
    assert result.deliveries[0].sent is not None


async def test_headset_that_takes_no_new_byte_is_given_up() -> None:
    headset = Vanishing(A, "S1", times=1000)
    result = await pushed(FakeGateway(headset), [A], patience_s=0.0)
    assert isinstance(result.deliveries[0].problem, HeadsetVanished)
    assert headset.tries == 1


async def test_headset_that_comes_while_others_are_filled_catches_up() -> None:
    gateway = two()
    gateway.unreachable[B] = NothingListens(headset=B)
    gateway.headsets[A].may_fill.clear()
    seen: list[Moved] = []

    def progress(how: Moved) -> None:
        seen.append(how)
        # The first one is on its way: now the second one is switched on, and the first waits for it.
        gateway.unreachable.pop(B, None)
        if how.place.headset.serial == "S2":
            gateway.headsets[A].may_fill.set()

    result = await pushed(gateway, [A, B], patience_s=0.0, progress=progress)
    assert [(d.serial, d.problem) for d in result.deliveries] == [("S1", None), ("S2", None)]
    assert result.unreached == {}
    assert gateway.headsets[B].closed
    assert seen[-1].total.percent == 100
    assert seen[-1].total.whole_bytes == 2 * SECOND.size_bytes, "of both headsets"


async def test_same_headset_at_a_second_address_that_comes_late_is_told() -> None:
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S1"))
    gateway.unreachable[B] = NothingListens(headset=B)
    gateway.headsets[A].may_fill.clear()
    closed = asyncio.ensure_future(until(lambda: gateway.headsets[B].closed))
    closed.add_done_callback(lambda _done: gateway.headsets[A].may_fill.set())
    result = await pushed(
        gateway, [A, B], patience_s=0.0, progress=lambda _how: gateway.unreachable.pop(B, None)
    )
    await closed
    assert [delivery.serial for delivery in result.deliveries] == ["S1"]
    assert isinstance(result.unreached[B], SameHeadset)


class Forgetful(HeadsetsInMemory):
    """Cannot remember that a headset was seen again."""

    def remember(self, serial: Serial, model: str, address: str | None, seen: datetime) -> Headset:
        if any(one.serial == serial for one in self.all()):
            raise DatabaseFull()
        return super().remember(serial, model, address, seen)


async def test_database_that_fails_for_one_headset_does_not_end_it_for_the_others() -> None:
    lost, other = Vanishing(A, "S1", times=1), FakeHeadset(B, "S2")
    other.may_fill.clear()
    gateway = FakeGateway(lost, other)
    closed = asyncio.ensure_future(until(lambda: lost.tries == 1 and lost.closed))
    closed.add_done_callback(lambda _done: other.may_fill.set())
    result = await push_films(
        gateway,
        Forgetful(),
        library(SECOND),
        [SECOND],
        [SECOND],
        [A, B],
        waiting=lambda _address: None,
        progress=lambda _how: None,
        patience_s=0.0,
    )
    await closed
    assert [(one.serial, one.sent is not None) for one in result.deliveries] == [("S1", False), ("S2", True)]
