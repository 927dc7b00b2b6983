"""Films and headsets that were remembered are found again, also by another connection."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.films import PROBE, a_film
from trainer_app.domain.films import (
    Bounds,
    Projection,
    Sha256,
    Sound,
    SphericalMetadata,
    Stereo,
    ThemeCode,
)
from trainer_app.domain.kits import Serial
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository
from trainer_app.storage.headset_repository import SqlHeadsetRepository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_film_comes_back_as_it_was(database: Database) -> None:
    half = SphericalMetadata(version=2, projection="equirect", bounds=Bounds(left=0.25, right=0.25))
    film = a_film(
        title="Gjennomføring på døgn",
        size_bytes=12_000_000_000,
        projection=Projection.EQUIRECT_180,
        stereo=Stereo.LEFT_RIGHT,
        probe=replace(PROBE, spherical=(half,), sound=Sound(codec="aac", channels=2, sample_rate=48000)),
    )
    SqlFilmRepository(database).add(film)
    assert SqlFilmRepository(database).by_sha256(film.sha256) == film
    assert SqlFilmRepository(database).by_sha256(Sha256("0" * 64)) is None


def test_a_film_can_be_added_once_only(database: Database) -> None:
    films = SqlFilmRepository(database)
    films.add(a_film())
    with pytest.raises(IntegrityError):
        films.add(a_film(title="Enda en"))
    assert [film.title for film in films.all()] == ["Innkomst"]


def test_films_come_in_the_themes_order(database: Database) -> None:
    films = SqlFilmRepository(database)
    for number, (theme, title) in enumerate([("TVA", "A"), ("EGEN", "A"), ("INN", "B"), ("INN", "A")]):
        films.add(a_film(sha256=Sha256(f"{number:064x}"), theme=ThemeCode(theme), title=title))
    assert [(film.theme, film.title) for film in films.all()] == [
        ("INN", "A"),
        ("INN", "B"),
        ("TVA", "A"),
        ("EGEN", "A"),
    ]


def test_the_sum_of_a_film_is_kept_and_may_be_learned_later(database: Database) -> None:
    films = SqlFilmRepository(database)
    films.add(a_film())
    films.change(replace(films.all()[0], blake3="b3" * 32))
    assert films.all() == [a_film(blake3="b3" * 32)]


def test_times_come_back_as_utc_and_local_ones_without_zone_are_refused(database: Database) -> None:
    films = SqlFilmRepository(database)
    oslo = timezone(timedelta(hours=1))
    films.add(a_film(imported_at=datetime(2026, 11, 21, 13, 0, tzinfo=oslo)))
    assert films.all()[0].imported_at == NOON
    assert films.all()[0].imported_at.tzinfo is UTC
    with pytest.raises(Exception, match="zone"):
        films.add(a_film(sha256=Sha256("0" * 64), imported_at=NOON.replace(tzinfo=None)))


def test_new_headsets_get_the_lowest_free_number_and_keep_it(database: Database) -> None:
    headsets = SqlHeadsetRepository(database)
    first = headsets.remember(Serial("A"), "Quest 3", None, NOON)
    second = headsets.remember(Serial("B"), "Pico 4", "127.0.0.1:5555", NOON)
    again = headsets.remember(Serial("A"), "Quest 3", "10.0.0.2:5555", NOON + timedelta(hours=1))
    assert (first.number, second.number) == (1, 2)
    assert again == replace(first, address="10.0.0.2:5555", last_seen=NOON + timedelta(hours=1))
    assert list(headsets.all()) == [again, second]


def test_a_late_report_does_not_set_the_time_back(database: Database) -> None:
    headsets = SqlHeadsetRepository(database)
    headsets.remember(Serial("A"), "Quest 3", None, NOON)
    late = headsets.remember(Serial("A"), "Quest 3", None, NOON - timedelta(minutes=1))
    assert late.last_seen == NOON


def test_five_headsets_found_at_the_same_time_get_five_numbers(tmp_path: Path) -> None:
    databases = [Database.open(tmp_path / "one.db") for _ in range(5)]
    together = threading.Barrier(5)

    def remember(index: int) -> int:
        together.wait()
        found = SqlHeadsetRepository(databases[index]).remember(Serial(f"S{index}"), "Quest 3", None, NOON)
        return found.number

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(remember, range(5))) == [1, 2, 3, 4, 5]
    for database in databases:
        database.close()


def test_a_reader_sees_one_state_while_somebody_writes(tmp_path: Path) -> None:
    here, there = (Database.open(tmp_path / "one.db") for _ in range(2))
    films = SqlFilmRepository(here)
    with there.writing() as writing:
        writing.connection().exec_driver_sql("DELETE FROM film")
        assert films.all() == [], "a reader does not wait for a writer"
    with there.reading() as reading:
        count = "SELECT count(*) FROM film"
        before = reading.connection().exec_driver_sql(count).scalar_one()
        films.add(a_film())
        assert reading.connection().exec_driver_sql(count).scalar_one() == before
    assert len(SqlFilmRepository(there).all()) == 1
    for database in (here, there):
        database.close()


def test_what_is_committed_is_written_through_to_the_disk(tmp_path: Path) -> None:
    with closing(Database.open(tmp_path / "simkoffert.db")) as database, database.reading() as session:
        pragmas = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_failed_transaction_leaves_everything_as_it_was(database: Database) -> None:
    films = SqlFilmRepository(database)
    films.add(a_film())

    def fail_half_way() -> None:
        with database.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM film")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert len(films.all()) == 1
