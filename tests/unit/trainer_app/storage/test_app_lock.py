"""One app per database."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer_app.domain.storage_errors import DatabaseInUse, DatabaseUnreachable
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository


def test_the_second_app_is_told_and_the_third_gets_in_after_the_first(tmp_path: Path) -> None:
    path = tmp_path / "simkoffert.db"
    with AppLock(path) as first:
        assert first.is_held
        with pytest.raises(DatabaseInUse) as caught:
            AppLock(path).take()
        assert caught.value.params["database"] == str(path)
    with AppLock(path) as third:
        assert third.is_held


def test_other_databases_in_the_same_folder_are_free(tmp_path: Path) -> None:
    with AppLock(tmp_path / "a.db"), AppLock(tmp_path / "b.db") as other:
        assert other.is_held


def test_a_folder_that_is_none_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(DatabaseUnreachable):
        AppLock(tmp_path / "fil" / "simkoffert.db").take()


def test_visitors_come_in_while_the_app_runs_but_do_not_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "simkoffert.db"
    with AppLock(path) as lock:
        Database.open(path, lock).close()
        visitor = Database.open(path)
        assert SqlFilmRepository(visitor).all() == []
        visitor.close()


def test_an_upgrade_waits_for_nobody_who_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer_app.storage.migrating.LOCK_WAIT_S", 0.05)
    path = tmp_path / "simkoffert.db"
    with AppLock(path), pytest.raises(DatabaseInUse):
        Database.open(path)
    Database.open(path).close()
