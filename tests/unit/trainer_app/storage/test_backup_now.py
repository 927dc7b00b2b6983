"""Backups that somebody asks for."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.databases import new_database
from tests.fakes.records import NOON
from trainer_app.bootstrap import Place, Workplace
from trainer_app.domain.storage_errors import BackupImpossible, BackupsUnreadable, DatabaseProblem
from trainer_app.storage.care import DatabaseCare
from trainer_app.texts.catalogue import Texts


@pytest.fixture
def care(tmp_path: Path) -> DatabaseCare:
    path = tmp_path / "simkoffert.db"
    new_database(path).close()
    return DatabaseCare(path)


def test_it_lies_with_those_of_the_days_and_goes_with_them(care: DatabaseCare) -> None:
    assert care.newest() is None
    made = care.back_up_now(NOON)
    assert made.path == care.path.parent / "backups" / "simkoffert-20261121T120000Z.db"
    assert DatabaseCare(made.path).check().is_sound
    care.back_up_daily((NOON + timedelta(days=91)).date())
    assert not made.path.exists()


def test_looking_for_those_that_are_too_old_removes_none(care: DatabaseCare) -> None:
    old = care.back_up_daily(NOON.date())
    later = NOON + timedelta(days=91)
    assert care.overdue(later.date()) == [old]
    assert care.overdue(later.date()) == [old]
    made = care.back_up_now(later)
    assert care.overdue(later.date()) == []
    assert made.path.exists()


def test_a_folder_that_cannot_be_looked_at_is_told(care: DatabaseCare) -> None:
    folder = care.path.parent / "backups"
    folder.write_text("a file where the folder should be")
    with pytest.raises(BackupsUnreadable) as told:
        care.overdue(NOON.date())
    assert told.value.params["folder"] == str(folder)


def test_the_newest_is_found(care: DatabaseCare) -> None:
    daily = care.back_up_daily(NOON.date())
    assert daily is not None
    os.utime(daily, (1, 1))
    made = care.back_up_now(NOON)
    newest = care.newest()
    assert newest is not None
    assert newest.path == made.path


def test_a_place_that_cannot_be_written_is_told(care: DatabaseCare) -> None:
    (care.path.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(BackupImpossible):
        care.back_up_now(NOON)
    assert care.newest() is None


def test_a_broken_database_gives_no_backup(care: DatabaseCare) -> None:
    care.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(DatabaseProblem):
        care.back_up_now(NOON)
    assert care.newest() is None


def test_a_server_looks_after_its_own(tmp_path: Path) -> None:
    place = Place(data=tmp_path, database="postgresql+psycopg://db.example/simkoffert")
    with Workplace(place, Texts("nb")) as work:
        assert work.backups is None
