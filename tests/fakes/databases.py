"""Databases for tests: made once a run, copied for each test, since migrating and filling take long.

A plugin of pytest (``tests/conftest.py`` names it), so that every test can ask for:

``empty_stored``: the repositories of a new user; nobody has entered anything.
``department_stored``: a small department without sessions (``fakes.records``).
``example_stored``: what ``simkoffert example-data`` makes, as of :data:`EXAMPLES_AS_OF`.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.fakes.records import ANNE, DEPARTMENT, KARI, KIT, ROOM, SCENARIO, THEME
from trainer_app.library.scenarios import find_content
from trainer_app.services.example_data import ExampleData, ExampleSize
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.storage.database import Database
from trainer_app.storage.engine import make_engine, sqlite_url
from trainer_app.storage.repositories import SqlRepositories

EXAMPLES_AS_OF = datetime(2026, 11, 17, 9, 20, tzinfo=UTC)
"""17 November 2026, 10.20 in Norway: the day of the designer's pictures, and of ``fakes.office``."""

EXAMPLE_SIZE = ExampleSize(sessions=30, participants=40, seed=7)


def new_database(path: Path) -> Database:
    """Open a new database at ``path``, as this program's version makes it."""
    path.write_bytes(_empty())
    return _opened(path)


def _opened(path: Path) -> Database:
    """Open a database without the way through the migrations, which its template has gone."""
    engine = make_engine(sqlite_url(path))
    # Nobody pulls the plug on these: most of what they take is waiting for the disk at every commit.
    event.listen(engine, "connect", lambda connection, _entry: connection.execute("PRAGMA synchronous = OFF"))
    return Database(engine)


@functools.cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        Database.open(path).close()
        return path.read_bytes()


class DatabaseTemplates:
    """Database files that tests get a copy of; each is made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy_empty(self, to: Path) -> Database:
        """Open a copy of a database that is up to date and empty."""
        to.parent.mkdir(parents=True, exist_ok=True)
        return new_database(to)

    def copy_department(self, to: Path) -> Database:
        """Open a copy of a small department's database."""
        return self._copy("department", fill_department, to)

    def copy_examples(self, to: Path) -> Database:
        """Open a copy of a database full of examples."""
        return self._copy("examples", _fill_examples, to)

    def _copy(self, name: str, fill: Callable[[SqlRepositories], None], to: Path) -> Database:
        template = self._folder / f"{name}.db"
        if not template.exists():
            self._make(template, fill)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(template, to)
        return _opened(to)

    def _make(self, template: Path, fill: Callable[[SqlRepositories], None]) -> None:
        unfinished = template.with_suffix(".unfinished")
        with closing(Database.open(unfinished)) as database:
            fill(SqlRepositories(database))
            # All of it stands in the one file that is copied.
            database.forget_deleted()
        unfinished.rename(template)


def fill_department(stored: SqlRepositories) -> None:
    """Enter a department with a room, a suitcase, two people, a theme and a scenario."""
    stored.departments.save(DEPARTMENT)
    stored.rooms.save(ROOM)
    stored.kits.save(KIT)
    stored.people.save(KARI, ANNE)
    stored.themes.save(THEME)
    stored.scenarios.keep(SCENARIO)


def _fill_examples(stored: SqlRepositories) -> None:
    content = find_content().content
    ExampleData(stored, content, write_snapshot, EXAMPLES_AS_OF, size=EXAMPLE_SIZE).fill("examples")


@contextmanager
def _repositories(database: Database) -> Iterator[SqlRepositories]:
    with closing(database):
        yield SqlRepositories(database)


@pytest.fixture(scope="session")
def database_templates(tmp_path_factory: pytest.TempPathFactory) -> DatabaseTemplates:
    """For tests that open databases at places of their own."""
    return DatabaseTemplates(tmp_path_factory.mktemp("database templates"))


@pytest.fixture
def empty_stored(database_templates: DatabaseTemplates, tmp_path: Path) -> Iterator[SqlRepositories]:
    """The repositories of a new user."""
    with _repositories(database_templates.copy_empty(tmp_path / "simkoffert.db")) as stored:
        yield stored


@pytest.fixture
def department_stored(database_templates: DatabaseTemplates, tmp_path: Path) -> Iterator[SqlRepositories]:
    """The repositories of a small department without sessions."""
    with _repositories(database_templates.copy_department(tmp_path / "simkoffert.db")) as stored:
        yield stored


@pytest.fixture
def example_stored(database_templates: DatabaseTemplates, tmp_path: Path) -> Iterator[SqlRepositories]:
    """The repositories of a department that has held sessions for a year."""
    with _repositories(database_templates.copy_examples(tmp_path / "simkoffert.db")) as stored:
        yield stored
