"""Filling headsets: every film on every headset has an outcome of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.headsets import FakeGateway, FakeHeadset, HeadsetsInMemory
from trainer_app.domain.film_errors import FilmFileGone
from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback_errors import HeadsetVanished, RuntimeMissing
from trainer_app.services.filling import FillingResult, push_films

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
        progress=lambda place, film, there: (progress or []).append((place.label, film.title, there)),
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
