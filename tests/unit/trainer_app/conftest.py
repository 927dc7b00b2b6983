"""An open database, and one with a department in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.databases import new_database
from tests.fakes.records import ANNE, DEPARTMENT, KARI, KIT, ROOM, SCENARIO, THEME
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path / "simkoffert.db")
    yield opened
    opened.close()


@pytest.fixture
def stored(database: Database) -> SqlRepositories:
    """The repositories of a department with a room, a suitcase, two people, a theme and a scenario."""
    repositories = SqlRepositories(database)
    repositories.departments.save(DEPARTMENT)
    repositories.rooms.save(ROOM)
    repositories.kits.save(KIT)
    repositories.people.save(KARI, ANNE)
    repositories.themes.save(THEME)
    repositories.scenarios.keep(SCENARIO)
    return repositories
