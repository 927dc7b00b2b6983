"""``simkoffert db``: what it says, and what it leaves alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.databases import new_database
from tests.fakes.films import a_film
from trainer_app.cli.main import main
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository
from trainer_app.storage.migrating import head_revision

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The database of a data folder, with a film in it."""
    path = tmp_path / "data" / "simkoffert.sqlite"
    path.parent.mkdir()
    opened = new_database(path)
    SqlFilmRepository(opened).add(a_film(title="Første"))
    opened.close()
    return path


def _db(capsys: Capture, path: Path, *words: str | Path) -> tuple[int, dict[str, Any], str]:
    code = main(["db", *map(str, words), "--data", str(path.parent), "--json"])
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    return code, json.loads(said.out), said.err


def _execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def _titles(path: Path) -> list[str]:
    opened = Database.open(path)
    titles = [film.title for film in SqlFilmRepository(opened).all()]
    opened.close()
    return titles


def _age(path: Path) -> None:
    """Take the last migrations back."""
    _execute(path, "ALTER TABLE film DROP COLUMN blake3")
    _execute(path, "DROP TABLE heat_map")
    _execute(path, "ALTER TABLE headset DROP COLUMN armed_at")
    for table in ("learning_point", "action_item"):
        _execute(path, f"ALTER TABLE {table} DROP COLUMN film_s")
    _execute(path, "DROP TABLE session_reopening")
    _execute(path, "DROP TABLE assignments_unlinked")
    _execute(path, "UPDATE alembic_version SET version_num = '0003'")


def test_an_older_database_is_upgraded_after_a_backup(capsys: Capture, path: Path) -> None:
    _age(path)
    code, done, _ = _db(capsys, path, "upgrade")
    assert (code, done["before"], done["revision"]) == (0, "0003", head_revision())
    assert Path(done["backup"]).is_file()
    assert _titles(path) == ["Første"]
    code, done, _ = _db(capsys, path, "upgrade")
    assert (code, done["before"], done["backup"]) == (0, head_revision(), None)


@pytest.mark.parametrize("words", [["upgrade"], ["restore", "kopi.db"]])
def test_while_the_app_is_open_nothing_is_upgraded_or_restored(
    capsys: Capture, path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    _db(capsys, path, "backup", "kopi.db")
    before = path.read_bytes()
    with AppLock(path):
        code, said, err = _db(capsys, path, *words)
    assert (code, said["error"]["key"], path.read_bytes()) == (1, "database.in_use", before)
    assert "Et annet SimKoffert-vindu bruker den." in err


def test_a_backup_is_made_while_the_app_is_open_and_over_an_older_one(capsys: Capture, path: Path) -> None:
    target = path.parent / "kopi æøå.db"
    with AppLock(path):
        assert _db(capsys, path, "backup", target)[0] == 0
    code, done, _ = _db(capsys, path, "backup", target)
    assert (code, done["backup"]) == (0, str(target))
    assert _titles(target) == ["Første"]


def test_a_letter_does_not_become_a_backup(capsys: Capture, path: Path) -> None:
    letter = path.parent / "brev.txt"
    letter.write_text("Kjære Kari")
    code, said, _ = _db(capsys, path, "backup", letter)
    assert (code, said["error"]["key"]) == (1, "database.backup_impossible")
    assert letter.read_text() == "Kjære Kari"


def test_restoring_keeps_what_was_there_also_twice_in_a_second(capsys: Capture, path: Path) -> None:
    backup = path.parent / "kopi.db"
    _db(capsys, path, "backup", backup)
    kept = []
    for title in ("Andre", "Tredje"):
        _execute(path, f"UPDATE film SET title = '{title}'")
        code, done, _ = _db(capsys, path, "restore", backup)
        assert (code, _titles(path)) == (0, ["Første"])
        kept.append(Path(done["kept"]))
    assert [_titles(file) for file in kept] == [["Andre"], ["Tredje"]]


def test_a_backup_that_is_the_database_or_none_leaves_all_as_it_was(capsys: Capture, path: Path) -> None:
    (path.parent / "brev.txt").write_text("Kjære Kari")
    before = sorted(path.parent.iterdir())
    for backup in (path, path.parent / "brev.txt", path.parent / "finnes ikke.db"):
        code, said, _ = _db(capsys, path, "restore", backup)
        assert (code, said["error"]["key"]) == (1, "database.backup_unusable")
    assert sorted(path.parent.iterdir()) == before
    assert _titles(path) == ["Første"]


def test_a_check_says_what_is_sound_and_what_is_not(capsys: Capture, path: Path) -> None:
    code, said, _ = _db(capsys, path, "check")
    assert (code, said["sound"], said["revision"]) == (0, True, head_revision())
    _execute(path, "INSERT INTO heartbeat VALUES ('nobody', '2026-11-21 12:00:00')")
    code, said, err = _db(capsys, path, "check")
    assert (code, said["sound"], said["complaints"]) == (1, False, ["heartbeat 1: no session"])
    assert "heartbeat 1: no session" in err


def test_somebody_else_s_database_is_not_called_sound(capsys: Capture, path: Path) -> None:
    path.unlink()
    _execute(path, "CREATE TABLE bilder (id)")
    code, said, _ = _db(capsys, path, "check")
    assert (code, said["sound"], said["revision"]) == (1, False, None)


def test_a_newer_and_a_damaged_and_a_missing_database_are_said_to(capsys: Capture, path: Path) -> None:
    _execute(path, "UPDATE alembic_version SET version_num = '9999'")
    for verb in ("upgrade", "check"):
        code, said, _ = _db(capsys, path, verb)
        assert (code, said["error"]["key"]) == (1, "database.too_new")
    path.write_bytes(b"x" * 10_000)
    for verb in ("upgrade", "check"):
        code, said, _ = _db(capsys, path, verb)
        assert (code, said["error"]["key"]) == (1, "database.damaged")
    path.unlink()
    for words in (["upgrade"], ["check"], ["backup", str(path.parent / "kopi.db")]):
        code, said, _ = _db(capsys, path, *words)
        assert (code, said["error"]["key"]) == (1, "database.unreachable")
        assert not path.exists()


def test_a_server_s_database_is_somebody_else_s_to_care_for(capsys: Capture) -> None:
    address = "postgresql://kari:hemmelig@db.sykehus.no/sim"
    code = main(["db", "check", "--database", address, "--json"])
    said = capsys.readouterr()
    assert (code, json.loads(said.out)["error"]["key"]) == (1, "database.not_a_file")
    assert "hemmelig" not in said.out + said.err


def test_without_json_there_is_one_plain_line(capsys: Capture, path: Path) -> None:
    assert main(["db", "check", "--data", str(path.parent), "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"The database {path} is sound.\n"
