"""An open database, and one with a department in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.databases import DatabaseTemplates, fill_department
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def database(database_templates: DatabaseTemplates, tmp_path: Path) -> Iterator[Database]:
    opened = database_templates.copy_empty(tmp_path / "simkoffert.db")
    yield opened
    opened.close()


@pytest.fixture
def stored(database: Database) -> SqlRepositories:
    """The repositories of a department with a room, a suitcase, two people, a theme and a scenario."""
    repositories = SqlRepositories(database)
    fill_department(repositories)
    return repositories
