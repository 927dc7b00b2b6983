"""A short visit finds and writes what the usual way does, and leaves to it what is out of the ordinary."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.fakes.databases import DatabaseTemplates
from tests.fakes.films import PROBE, a_film
from trainer_app.domain.films import Bounds, Projection, Sha256, Sound, SphericalMetadata, Stereo, ThemeCode
from trainer_app.domain.kits import HeadsetCondition, Serial
from trainer_app.domain.storage_errors import DatabaseTooNew
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository
from trainer_app.storage.headset_repository import SqlHeadsetRepository
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.storage.visiting import Visit, Visitor

NOON = datetime(2026, 11, 21, 12, 0, 0, 250, tzinfo=UTC)


@pytest.fixture
def file(database_templates: DatabaseTemplates, tmp_path: Path) -> Path:
    """A department's database with two films, and its headsets."""
    file = tmp_path / "æøå %41.sqlite"
    with closing(database_templates.copy_department(file)) as database:
        half = SphericalMetadata(version=2, projection="equirect", bounds=Bounds(left=0.25, right=0.25))
        probe = replace(PROBE, spherical=(half,), sound=Sound(codec="aac", channels=2, sample_rate=48000))
        films = SqlFilmRepository(database)
        films.add(a_film(theme=ThemeCode("EGEN")))
        films.add(
            a_film(
                sha256=Sha256("cd" * 32),
                title="Gjennomføring på døgn",
                size_bytes=12_000_000_000,
                projection=Projection.EQUIRECT_180,
                stereo=Stereo.LEFT_RIGHT,
                probe=probe,
                imported_at=NOON,
                blake3="b3" * 32,
            )
        )
        headsets = SqlHeadsetRepository(database)
        placed = headsets.remember(Serial("A"), "Quest 3", "10.0.0.2:5555", NOON)
        headsets.place(placed.id, SqlRepositories(database).kits.where()[0].id, 41)
        headsets.set_condition(placed.id, HeadsetCondition.DEFECTIVE, NOON, "Høyre linse")
        headsets.remember(Serial("B"), "PICO 4", None, NOON - timedelta(days=400))
    return file


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    with closing(Database.open(file)) as opened:
        yield opened


@pytest.fixture
def visit(file: Path) -> Iterator[Visit]:
    begun = Visit.begin(file)
    assert begun is not None
    with closing(begun):
        yield begun


def _never() -> SqlFilmRepository:
    raise AssertionError("the short way was there")


def _no_headsets() -> SqlHeadsetRepository:
    raise AssertionError("the short way was there")


def test_films_and_headsets_are_those_of_the_usual_way(visit: Visit, database: Database) -> None:
    assert visit.films() == list(SqlFilmRepository(database).all())
    assert [film.theme for film in visit.films()] == ["INN", "EGEN"]
    assert visit.headsets() == list(SqlHeadsetRepository(database).all())
    assert {headset.serial for headset in visit.headsets()} >= {"A", "B"}


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(hours=-1), timedelta(0)])
@pytest.mark.parametrize("address", [None, "10.0.0.9:5555"])
def test_a_sighting_is_noted_as_the_usual_way_notes_it(
    visit: Visit, database: Database, later: timedelta, address: str | None
) -> None:
    seen = (NOON + later).astimezone(timezone(timedelta(hours=1)))
    noted = visit.note_sighting(Serial("A"), "Quest 3S", address, seen)
    usual = SqlHeadsetRepository(database)
    assert noted in usual.all()
    assert noted == usual.remember(Serial("A"), "Quest 3S", address, seen)
    assert noted is not None
    assert noted.last_seen == max(NOON, NOON + later)


def test_a_headset_nobody_has_seen_gets_its_number_by_the_usual_way(file: Path, database: Database) -> None:
    usual = SqlHeadsetRepository(database)
    with closing(Visitor(file, _never, lambda: usual)) as visitor:
        new = visitor.remember(Serial("C"), "Quest 2", None, NOON)
        assert new.number == 2, "the first that is free outside of suitcases"
        assert visitor.all() == list(usual.all())
    with closing(Visitor(file, _never, _no_headsets)) as visitor:
        assert visitor.remember(Serial("C"), "Quest 2", None, NOON) == new


def test_the_file_is_set_up_as_the_usual_way_sets_it_up(visit: Visit) -> None:
    connection = visit._connection
    pragmas = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


def _removed(file: Path) -> None:
    file.unlink()


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE alembic_version")


def _no_database(file: Path) -> None:
    file.write_bytes(b"not a database, but long enough to have a header" * 100)


@pytest.mark.parametrize("spoil", [_removed, _newer, _of_another_program, _no_database])
def test_what_is_not_up_to_date_is_left_to_the_usual_way(file: Path, spoil: Callable[[Path], None]) -> None:
    spoil(file)
    before = file.read_bytes() if file.exists() else None
    assert Visit.begin(file) is None
    assert (file.read_bytes() if file.exists() else None) == before


def test_the_usual_way_finds_the_words_for_what_is_wrong(file: Path) -> None:
    _newer(file)

    def usual() -> SqlFilmRepository:
        return SqlFilmRepository(Database.open(file))

    with closing(Visitor(file, usual, _no_headsets)) as visitor, pytest.raises(DatabaseTooNew):
        visitor.films()
