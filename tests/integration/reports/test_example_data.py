"""Example data: plausible, the same for the same seed, and never mixed with what people have entered."""

from __future__ import annotations

import itertools
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.databases import EXAMPLE_SIZE, EXAMPLES_AS_OF, new_database
from trainer_app.cli.main import main
from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.scenarios import Content
from trainer_app.library.scenarios import load_content
from trainer_app.services.example_data import ExampleData, ExampleSize
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories


def made_from(seed: int, path: Path, content: Content) -> str:
    """Everything people can read in a database made from this seed."""
    size = ExampleSize(sessions=9, participants=20, seed=seed)
    with closing(new_database(path)) as database:
        stored = SqlRepositories(database)
        ExampleData(stored, content, write_snapshot, EXAMPLES_AS_OF, size=size).fill(str(path))
        parts = (stored.people, stored.attendance, stored.actions, stored.learning_points, stored.objectives)
        return repr([stored.sessions.all(), *(part.where() for part in parts)])


def test_the_same_seed_gives_the_same_data_and_another_seed_other_data(tmp_path: Path) -> None:
    content = load_content()
    first, again, other = (
        made_from(seed, tmp_path / f"{at}.sqlite", content) for at, seed in enumerate((3, 3, 4))
    )
    assert first == again
    assert first != other


def test_the_command_fills_a_new_database_and_nothing_has_happened_later_than_now(tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path), "example-data", "--sessions", "9", "--seed", "7"]) == 0
    with closing(sqlite3.connect(tmp_path / "simkoffert.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM session").fetchone()[0] == 9
        latest = database.execute("SELECT max(finished_at) FROM inventory_check").fetchone()[0]
    assert datetime.fromisoformat(latest).replace(tzinfo=UTC) <= datetime.now(UTC)


def test_broken_off_it_leaves_an_empty_database_that_can_be_filled(tmp_path: Path) -> None:
    looks = itertools.count()

    def look() -> None:
        if next(looks) == 4:
            raise UserCancelled

    path, content, size = tmp_path / "simkoffert.sqlite", load_content(), ExampleSize(sessions=9)
    with closing(new_database(path)) as database:
        stored = SqlRepositories(database)
        first = ExampleData(stored, content, write_snapshot, EXAMPLES_AS_OF, size=size, look=look)
        with pytest.raises(UserCancelled):
            first.fill(str(path))
        assert stored.films.all() == []
        again = ExampleData(stored, content, write_snapshot, EXAMPLES_AS_OF, size=size)
        assert again.fill(str(path)).sessions == 9


def test_every_state_is_there_but_one_that_would_be_continued(examples: Path) -> None:
    connection = sqlite3.connect(examples / "simkoffert.sqlite")
    states = {state for (state,) in connection.execute("SELECT DISTINCT state FROM session")}
    connection.close()
    held = {"gjennomfort", "lukket", "anonymisert", "avbrutt"}
    assert states == held | {"utkast", "planlagt", "klargjort", "avlyst"}


def test_nobody_and_nothing_is_booked_twice(examples: Path) -> None:
    connection = sqlite3.connect(examples / "simkoffert.sqlite")
    starts = [start for (start,) in connection.execute("SELECT planned_start FROM session")]
    connection.close()
    assert len(set(starts)) == len(starts) == EXAMPLE_SIZE.sessions


def test_the_database_is_sound_and_its_references_hold(examples: Path) -> None:
    connection = sqlite3.connect(examples / "simkoffert.sqlite")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_database_with_anything_in_it_is_refused(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(examples), "--json", "example-data", "--sessions", "1"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["key"] == "example_data.not_empty"


def test_a_database_the_app_has_open_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "simkoffert.sqlite"
    Database.open(path).close()
    with AppLock(path):
        assert main(["--data", str(tmp_path), "--json", "example-data", "--sessions", "1"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["key"] == "database.in_use"


def test_sessions_are_listed_with_number_state_theme_and_time(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(examples), "session", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == EXAMPLE_SIZE.sessions
    assert any("lukket" in line and "SEL" in line and "09.00–10.30" in line for line in lines)
    assert main(["--data", str(examples), "--json", "session", "list"]) == 0
    sessions = json.loads(capsys.readouterr().out)["sessions"]
    assert {"number", "state", "theme", "title", "planned_start", "planned_end", "zone"} == set(sessions[0])
