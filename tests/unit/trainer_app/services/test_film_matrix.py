"""The film matrix follows what headsets tell, and people see one film a theme."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.films import a_film
from tests.fakes.records import KIT, NOON
from trainer_app.domain.films import Film, Sha256, ThemeCode
from trainer_app.domain.kits import FilmPresence, Headset, HeadsetFilm, Serial
from trainer_app.services.film_matrix import FilmMark, FilmMatrix, mark_of
from trainer_app.storage.repositories import SqlRepositories

INN = ThemeCode("INN")
NEW = a_film(sha256=Sha256("aa" * 32), title="Innkomst")
OLD = a_film(sha256=Sha256("bb" * 32), title="Innkomst, gammel", imported_at=NEW.imported_at - timedelta(1))


@pytest.fixture
def headset(department_stored: SqlRepositories) -> Headset:
    known = department_stored.headsets.remember(Serial("EV1"), "Pico G3", None, NOON)
    department_stored.films.add(NEW)
    department_stored.films.add(OLD)
    return department_stored.headsets.place(known.id, KIT.id)


def _looked_at(stored: SqlRepositories, headset: Headset, found: dict[str, str]) -> FilmMark:
    FilmMatrix(stored.films, stored.headset_films, lambda: NOON).record(headset.id, found)
    rows = stored.headset_films.where(headset_id=headset.id)
    assert {row.checked_at for row in rows} == {NOON}
    return mark_of(stored.films.all(), INN, {row.film_sha256: row.presence for row in rows})


@pytest.mark.parametrize(
    ("found", "mark"),
    [
        ({NEW.sha256: NEW.title}, FilmMark.ON_PLACE),
        ({NEW.sha256: NEW.title, OLD.sha256: OLD.title}, FilmMark.ON_PLACE),
        ({OLD.sha256: OLD.title}, FilmMark.OLDER),
        ({"cc" * 32: NEW.title}, FilmMark.OLDER),
        ({"cc" * 32: "Noe annet"}, FilmMark.MISSING),
        ({}, FilmMark.MISSING),
    ],
)
def test_a_headset_is_judged_by_what_lies_on_it(
    department_stored: SqlRepositories, headset: Headset, found: dict[str, str], mark: FilmMark
) -> None:
    assert _looked_at(department_stored, headset, found) is mark


def test_a_film_that_has_gone_from_a_headset_is_missing_again(
    department_stored: SqlRepositories, headset: Headset
) -> None:
    assert _looked_at(department_stored, headset, {NEW.sha256: NEW.title}) is FilmMark.ON_PLACE
    assert _looked_at(department_stored, headset, {}) is FilmMark.MISSING


def test_that_a_film_is_there_does_not_say_that_it_plays(
    department_stored: SqlRepositories, headset: Headset
) -> None:
    broken = HeadsetFilm(
        headset_id=headset.id,
        film_sha256=NEW.sha256,
        presence=FilmPresence.DOES_NOT_PLAY,
        checked_at=NOON - timedelta(1),
    )
    department_stored.headset_films.save(broken)
    assert _looked_at(department_stored, headset, {NEW.sha256: NEW.title}) is FilmMark.DOES_NOT_PLAY
    assert _looked_at(department_stored, headset, {}) is FilmMark.MISSING


@pytest.mark.parametrize(("films", "mark"), [([NEW], FilmMark.NOT_LOOKED), ([], FilmMark.NO_FILM)])
def test_what_nobody_has_looked_at_is_not_called_missing(films: list[Film], mark: FilmMark) -> None:
    assert mark_of(films, INN, {}) is mark


def test_a_newer_film_makes_the_one_on_the_headset_an_older_version() -> None:
    newer = replace(OLD, imported_at=NEW.imported_at + timedelta(1))
    known = {NEW.sha256: FilmPresence.YES}
    assert mark_of([NEW], INN, known) is FilmMark.ON_PLACE
    assert mark_of([NEW, newer], INN, known) is FilmMark.OLDER
