"""Databases from nothing, from elsewhere, from the future, and broken ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from trainer_app.domain.storage_errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    DatabaseUnreachable,
    UpgradeFailed,
)
from trainer_app.storage.database import Database
from trainer_app.storage.engine import for_writing, make_engine, sqlite_url
from trainer_app.storage.migrating import _config, head_revision, upgrade
from trainer_app.storage.schema_steps import newest_step
from trainer_app.storage.tables import Base


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "100 % blåbær.db"


def _query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(sql).fetchall()
        connection.commit()
    return rows


def _tables(path: Path) -> set[object]:
    return {name for (name,) in _query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_migrations_build_exactly_the_tables_of_the_code(path: Path) -> None:
    engine = make_engine(sqlite_url(path))
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_new_database_needs_no_backup_and_a_current_one_no_work(path: Path) -> None:
    Database.open(path).close()
    Database.open(path).close()
    assert {"film", "headset"} <= _tables(path)
    assert not list(path.parent.glob("*before-upgrade*"))


def test_what_was_there_is_backed_up_before_an_upgrade(path: Path) -> None:
    _query(path, "CREATE TABLE old (word TEXT)")
    _query(path, "INSERT INTO old VALUES ('gammelt')")
    engine = make_engine(sqlite_url(path))
    backup = upgrade(engine)
    engine.dispose()
    assert backup is not None
    assert _query(backup, "SELECT word FROM old") == [("gammelt",)]
    assert "film" not in _tables(backup)
    assert "film" in _tables(path)


def test_headsets_of_the_first_version_are_kept(path: Path) -> None:
    engine = make_engine(sqlite_url(path))
    with for_writing(engine).begin() as connection:
        command.upgrade(_config(connection), "0001")
    _query(path, "INSERT INTO headset VALUES ('a', 'S1', 4, 'Quest 3', NULL, '2026-11-21', '2026-11-21')")
    backup = upgrade(engine)
    engine.dispose()
    assert backup is not None
    assert _query(path, "SELECT serial, number, kit_id, condition FROM headset") == [("S1", 4, None, "klar")]


def test_films_from_before_their_sums_were_kept_are_verified_by_their_names(path: Path) -> None:
    engine = make_engine(sqlite_url(path))
    with for_writing(engine).begin() as connection:
        command.upgrade(_config(connection), "0007")
    _query(
        path, "INSERT INTO film VALUES ('ab', 'Innkomst', 'INN', 'a.mp4', 1, 'e', 'mono', '{}', '2026-11-21')"
    )
    upgrade(engine)
    engine.dispose()
    assert _query(path, "SELECT sha256, blake3 FROM film") == [("ab", "")]


def test_an_upgrade_that_fails_half_way_leaves_everything_as_it_was(path: Path) -> None:
    _query(path, "CREATE TABLE headset (in_the_way TEXT)")  # the second table of the first step
    with pytest.raises(UpgradeFailed) as caught:
        Database.open(path)
    assert _tables(path) == {"headset"}
    assert Path(str(caught.value.params["backup"])).is_file()


def test_a_database_of_a_newer_version_is_refused_untouched(path: Path) -> None:
    Database.open(path).close()
    _query(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as caught:
        Database.open(path)
    assert caught.value.params["database"] == str(path)
    assert path.read_bytes() == before
    assert head_revision() != "9999"


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    path.write_text("Dette er et brev, ikke en database.\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        Database.open(path)
    assert path.read_bytes() == before


def test_a_database_with_torn_pages_is_refused(path: Path) -> None:
    _query(path, "CREATE TABLE old (word TEXT)")
    _query(path, "CREATE INDEX by_word ON old (word)")
    _query(path, "INSERT INTO old VALUES ('gammelt')")
    data = bytearray(path.read_bytes())
    data[2 * 4096 : 3 * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(DatabaseDamaged):
        Database.open(path)


def test_a_place_where_no_database_can_be_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path, tmp_path / "file" / "simkoffert.db"):
        with pytest.raises(DatabaseUnreachable):
            Database.open(place)


@pytest.mark.parametrize("url", ["nonsense", "nosuch://user:hemmelig@server/db"])
def test_an_address_that_means_nothing_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        Database.open(url)
    assert "hemmelig" not in str(caught.value)


def test_a_url_opens_the_same_database_as_a_path(path: Path) -> None:
    Database.open(f"sqlite:///{path}").close()
    assert "film" in _tables(path)


def test_the_newest_step_is_known_by_its_name_alone() -> None:
    """What every command asks on its way; reading the steps takes longer than many a command."""
    assert newest_step() == head_revision()
