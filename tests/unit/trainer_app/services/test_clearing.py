"""Clearing headsets up: what the library does not have is named, and goes only when that is wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.films import a_film
from tests.fakes.headsets import FakeGateway, FakeHeadset, HeadsetsInMemory
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback_errors import HeadsetPlays
from trainer_app.services.clearing import Cleared, clear_headsets

A, B = "127.0.0.1:1", "127.0.0.1:2"
FILM = a_film(sha256=Sha256("ab" * 32))
OWN = StoredFilm(sha256=FILM.sha256, size_bytes=1000, whole=True)
FOREIGN = StoredFilm(sha256=Sha256("ee" * 32), size_bytes=500, whole=True)


def two() -> FakeGateway:
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))
    first = gateway.headsets[A]
    first.told = replace(first.told, stored=(OWN, FOREIGN))
    return gateway


async def cleared(gateway: FakeGateway, *, remove: bool) -> list[Cleared]:
    return await clear_headsets(gateway, HeadsetsInMemory(), [FILM], [A, B], remove=remove)


@pytest.mark.parametrize("remove", [True, False])
async def test_what_is_foreign_is_named_and_goes_only_when_it_is_to(*, remove: bool) -> None:
    gateway = two()
    first, second = await cleared(gateway, remove=remove)
    assert [film.sha256 for film in first.films] == [FOREIGN.sha256]
    assert (first.number, first.removed, first.problem) == (1, remove, None)
    assert (second.films, second.removed) == ((), False)
    assert gateway.headsets[A].told.stored == ((OWN,) if remove else (OWN, FOREIGN))


async def test_one_that_plays_and_one_that_is_not_there_say_so() -> None:
    gateway = two()
    gateway.unreachable[B] = NothingListens(headset=B)
    gateway.headsets[A].removal_problem = HeadsetPlays(headset="1")
    first, second = await cleared(gateway, remove=True)
    assert isinstance(first.problem, HeadsetPlays)
    assert not first.removed
    assert isinstance(second.problem, NothingListens)
