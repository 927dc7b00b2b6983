"""An office with a small department, for the pages of a session."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.office import TestOffice, make_office
from tests.fakes.records import ANNE, DEPARTMENT, KARI, KIT, ROOM, SCENARIO, THEME
from trainer_app.library.scenario_snapshots import write_snapshot
from trainer_app.library.scenarios import find_content
from trainer_app.services.content_keeping import keep_content
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories

OpenOffice = Callable[..., TestOffice]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "simkoffert.db"
    database = Database.open(path)
    stored = SqlRepositories(database)
    stored.departments.save(DEPARTMENT)
    stored.rooms.save(ROOM)
    stored.kits.save(KIT)
    stored.people.save(KARI, ANNE)
    stored.themes.save(THEME)
    stored.scenarios.keep(SCENARIO)
    keep_content(stored, find_content().content, write_snapshot)
    database.close()
    return path


@pytest.fixture
def stored(template: Path, tmp_path: Path) -> Iterator[SqlRepositories]:
    copy = tmp_path / "simkoffert.db"
    shutil.copy(template, copy)
    database = Database.open(copy)
    yield SqlRepositories(database)
    database.close()


@pytest.fixture
def open_office(stored: SqlRepositories, tmp_path: Path) -> OpenOffice:
    """Make an office; ``lang`` and the like as for ``make_office``."""
    return lambda **wanted: make_office(stored, tmp_path, **wanted)
