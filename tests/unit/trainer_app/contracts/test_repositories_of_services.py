"""What the services rely on holds in memory, as their tests have it, and in the database alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.films import FilmsInMemory, a_film
from tests.fakes.headsets import HeadsetsInMemory
from tests.fakes.records import NOON
from trainer_app.domain.films import Sha256, ThemeCode
from trainer_app.domain.kits import Serial
from trainer_app.services.ports import FilmRepository, HeadsetRepository
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository
from trainer_app.storage.headset_repository import SqlHeadsetRepository

KINDS = ["in memory", "in the database"]


@pytest.fixture(params=KINDS)
def films(request: pytest.FixtureRequest, database: Database) -> FilmRepository:
    return FilmsInMemory() if request.param == KINDS[0] else SqlFilmRepository(database)


@pytest.fixture(params=KINDS)
def headsets(request: pytest.FixtureRequest, database: Database) -> HeadsetRepository:
    return HeadsetsInMemory() if request.param == KINDS[0] else SqlHeadsetRepository(database)


def test_films_come_by_theme_then_title(films: FilmRepository) -> None:
    given = [("TVA", "Akutt", "1"), ("INN", "Å bli møtt", "2"), ("INN", "Innkomst", "3")]
    for theme, title, digit in given:
        films.add(a_film(theme=ThemeCode(theme), title=title, sha256=Sha256(digit * 64)))
    assert [film.title for film in films.all()] == ["Innkomst", "Å bli møtt", "Akutt"]


def test_a_film_is_found_by_its_digest_and_added_once(films: FilmRepository) -> None:
    film = a_film()
    assert films.by_sha256(film.sha256) is None
    films.add(film)
    assert films.by_sha256(film.sha256) == film
    with pytest.raises((IntegrityError, AssertionError)):
        films.add(a_film(title="Enda en"))
    assert films.all() == [film]


def test_a_film_gets_another_title_and_goes(films: FilmRepository) -> None:
    film = a_film()
    films.add(film)
    changed = a_film(title="Mottak", theme=ThemeCode("SAM"))
    films.change(changed)
    assert films.all() == [changed]
    films.remove(film.sha256)
    assert films.all() == []


def test_headsets_are_numbered_as_they_come_and_keep_their_number(headsets: HeadsetRepository) -> None:
    first = headsets.remember(Serial("B"), "Quest 3", None, NOON)
    second = headsets.remember(Serial("A"), "Quest 3", "10.0.0.2:5555", NOON)
    assert (first.number, second.number) == (1, 2)
    again = headsets.remember(Serial("B"), "Quest 3S", "10.0.0.1:5555", NOON + timedelta(days=1))
    assert (again.id, again.number, again.model) == (first.id, 1, "Quest 3S")
    assert headsets.all() == [again, second]


def test_that_a_headset_was_made_ready_for_wifi_outlasts_its_being_seen_again(
    headsets: HeadsetRepository,
) -> None:
    headsets.remember(Serial("A"), "Quest 3", None, NOON)
    headsets.mark_armed(Serial("A"), NOON)
    headsets.mark_armed(Serial("NEVER SEEN"), NOON)
    assert headsets.remember(Serial("A"), "Quest 3", "10.0.0.1:5555", NOON).armed_at == NOON
    assert [headset.serial for headset in headsets.all()] == ["A"]


def test_when_a_headset_was_seen_never_goes_back(headsets: HeadsetRepository) -> None:
    seen = headsets.remember(Serial("A"), "Quest 3", None, NOON)
    earlier = headsets.remember(Serial("A"), "Quest 3", None, NOON - timedelta(hours=1))
    assert (earlier.first_seen, earlier.last_seen) == (seen.first_seen, NOON)
