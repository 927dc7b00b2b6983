"""Backups that can be trusted, restoring that loses nothing, and checks that see what is broken."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.fakes.films import a_film
from trainer_app.domain.films import Sha256
from trainer_app.domain.storage_errors import (
    BackupFull,
    BackupImpossible,
    BackupReadOnly,
    BackupUnusable,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseInUse,
    DatabaseTooNew,
    DatabaseUnreachable,
)
from trainer_app.storage import backups
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.backups import back_up, back_up_daily, check, overdue, restore
from trainer_app.storage.care import DatabaseCare
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository
from trainer_app.storage.migrating import head_revision

TODAY = date(2026, 11, 21)


@pytest.fixture
def path(tmp_path: Path, database: Database) -> Path:
    SqlFilmRepository(database).add(a_film(title="Første"))
    return tmp_path / "simkoffert.db"


def _titles(path: Path) -> list[str]:
    opened = Database.open(path)
    titles = [film.title for film in SqlFilmRepository(opened).all()]
    opened.close()
    return titles


def _execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def _of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    return error


def test_a_backup_holds_what_was_committed_while_the_database_is_open(tmp_path: Path, path: Path) -> None:
    target = tmp_path / "kopier" / "kopi.db"
    back_up(path, target)
    assert [file.name for file in target.parent.iterdir()] == ["kopi.db"]
    assert _titles(target) == ["Første"]


def test_a_restored_database_is_the_backup_and_what_was_there_is_kept(
    tmp_path: Path, path: Path, database: Database
) -> None:
    back_up(path, tmp_path / "kopi.db")
    SqlFilmRepository(database).add(a_film(sha256=Sha256("cd" * 32), title="Senere"))
    database.close()
    kept = restore(tmp_path / "kopi.db", path)
    assert _titles(path) == ["Første"]
    assert kept is not None
    assert sorted(_titles(kept)) == ["Første", "Senere"]


def test_a_damaged_database_can_be_restored_and_is_kept_as_it_was(tmp_path: Path, path: Path) -> None:
    target = tmp_path / "kopi.db"
    back_up(path, target)
    broken = tmp_path / "annet.db"
    broken.write_bytes(b"dette er ingen database" * 1000)
    kept = restore(target, broken)
    assert kept is not None
    assert kept.read_bytes() == b"dette er ingen database" * 1000
    assert _titles(broken) == ["Første"]


def test_a_backup_that_cannot_be_trusted_leaves_the_database_alone(
    tmp_path: Path, path: Path, database: Database
) -> None:
    database.close()
    before = path.read_bytes()
    other = tmp_path / "brev.txt"
    other.write_text("Hei. " * 2000)
    foreign = tmp_path / "fremmed.db"
    _execute(foreign, "CREATE TABLE noe (tall INTEGER)")
    for bad in (other, foreign, tmp_path / "finnes ikke.db"):
        with pytest.raises(BackupUnusable):
            restore(bad, path)
    newer = tmp_path / "nyere.db"
    back_up(path, newer)
    _execute(newer, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew):
        restore(newer, path)
    assert path.read_bytes() == before


def test_nothing_is_restored_while_an_app_is_running(tmp_path: Path, path: Path) -> None:
    back_up(path, tmp_path / "kopi.db")
    with AppLock(path), pytest.raises(DatabaseInUse):
        restore(tmp_path / "kopi.db", path)
    assert _titles(path) == ["Første"]


def test_a_database_is_not_backed_up_onto_itself(path: Path) -> None:
    with pytest.raises(BackupImpossible):
        back_up(path, path)
    assert _titles(path) == ["Første"]


def test_a_place_for_backups_that_is_none_is_said_to(tmp_path: Path, path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(BackupImpossible):
        back_up(path, tmp_path / "fil" / "kopi.db")
    with pytest.raises(DatabaseUnreachable):
        back_up(tmp_path / "finnes ikke.db", tmp_path / "kopi.db")


def test_one_backup_a_day_and_none_older_than_ninety_days(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    names = ("simkoffert-2026-08-22.db", "simkoffert-2026-08-23.db", "annet-2020-01-01.db")
    for name in names:
        (folder / name).write_bytes(b"")
    before_upgrade = tmp_path / "simkoffert-before-upgrade-from-0001-20260101T120000Z.db"
    before_upgrade.write_bytes(b"")
    made = back_up_daily(path, folder, TODAY)
    assert made == folder / "simkoffert-2026-11-21.db"
    assert back_up_daily(path, folder, TODAY) is None
    assert not before_upgrade.exists()
    assert sorted(file.name for file in folder.iterdir()) == [
        "annet-2020-01-01.db",
        "simkoffert-2026-08-23.db",
        "simkoffert-2026-11-21.db",
    ]
    assert _titles(path) == ["Første"]


@pytest.mark.expects_log("backup of 2026-01-01 cannot be removed")
def test_what_cannot_be_removed_keeps_no_backup_from_being_made(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    impossible_day = folder / "simkoffert-2026-02-30.db"
    impossible_day.write_bytes(b"")
    undeletable = folder / "simkoffert-2026-01-01.db"
    undeletable.mkdir()
    old = folder / "simkoffert-2026-01-02.db"
    old.write_bytes(b"")
    assert back_up_daily(path, folder, TODAY) == folder / "simkoffert-2026-11-21.db"
    assert (impossible_day.exists(), undeletable.exists(), old.exists()) == (True, True, False)
    assert DatabaseCare(path).overdue(TODAY) == []
    assert overdue(path, folder, TODAY) == [undeletable]
    undeletable.rmdir()
    assert overdue(path, folder, TODAY) == []


def test_a_place_that_cannot_be_looked_at_is_a_problem_of_the_backup(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    long_named = path.rename(tmp_path / f"{'x' * 245}.db")
    with pytest.raises(BackupImpossible) as problem:
        back_up_daily(long_named, folder, TODAY)
    assert problem.value.params["database"] == str(long_named)


def test_a_check_tells_a_sound_database_from_broken_ones(tmp_path: Path, path: Path) -> None:
    assert check(path).is_sound
    assert check(path).revision == head_revision()
    orphaned = tmp_path / "foreldreløs.db"
    back_up(path, orphaned)
    _execute(orphaned, "INSERT INTO heartbeat VALUES ('nobody', '2026-11-21 12:00:00')")
    assert check(orphaned).complaints == ("heartbeat 1: no session",)
    torn = tmp_path / "revet.db"
    back_up(path, torn)
    data = bytearray(torn.read_bytes())
    data[5 * 4096 : 20 * 4096] = b"\xff" * (15 * 4096)
    torn.write_bytes(data)
    assert not _is_sound(torn)
    with pytest.raises(DatabaseUnreachable):
        check(tmp_path / "finnes ikke.db")
    (tmp_path / "brev").write_text("Hei. " * 2000)
    with pytest.raises(DatabaseDamaged):
        check(tmp_path / "brev")


def _is_sound(path: Path) -> bool:
    try:
        return check(path).is_sound
    except DatabaseDamaged:
        return False


def test_a_restore_that_finds_no_room_leaves_the_database_in_its_place(
    tmp_path: Path, path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(path, tmp_path / "kopi.db")
    database.close()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups, "_copy_to_disk", full)
    with pytest.raises(DatabaseFull):
        restore(tmp_path / "kopi.db", path)
    assert _titles(path) == ["Første"]
    assert not list(tmp_path.glob("*.restoring"))


@pytest.mark.parametrize(
    ("refusal", "problem"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), BackupFull),
        (OSError(errno.EROFS, "Read-only file system"), BackupReadOnly),
        (OSError(errno.ENAMETOOLONG, "File name too long"), BackupImpossible),
        (_of_sqlite(sqlite3.SQLITE_FULL), BackupFull),
        (_of_sqlite(sqlite3.SQLITE_READONLY), BackupReadOnly),
    ],
)
def test_why_a_backup_cannot_be_written_is_said(
    tmp_path: Path,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    refusal: Exception,
    problem: type[BackupImpossible],
) -> None:
    def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr(backups, "copy_database", refuse)
    with pytest.raises(BackupImpossible) as told:
        back_up(path, tmp_path / "kopi.db")
    assert type(told.value) is problem
    with pytest.raises(problem):
        back_up_daily(path, tmp_path / "kopier", TODAY)


def test_a_damaged_database_pushes_no_good_backup_out(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    good = folder / "simkoffert-2026-08-01.db"
    back_up(path, good)
    _execute(path, "INSERT INTO heartbeat VALUES ('nobody', '2026-11-21 12:00:00')")
    with pytest.raises(DatabaseDamaged) as damage:
        back_up_daily(path, folder, TODAY)
    assert damage.value.params["database"] == str(path)
    assert list(folder.iterdir()) == [good]
