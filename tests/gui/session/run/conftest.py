"""Rooms for the tests of the run screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.office import InlineTasks, make_office
from tests.gui.session.run.room import MakeRoom, Room
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.session.run import film_desk
from trainer_app.ui.theme.look import Look


@pytest.fixture
def make_room(
    department_stored: SqlRepositories, tmp_path: Path, look: Look, qtbot: QtBot
) -> Iterator[MakeRoom]:
    rooms: list[Room] = []

    def make(*, lang: str = "nb", tasks: InlineTasks | None = None, **wanted: object) -> Room:
        test = make_office(department_stored, tmp_path, lang=lang, tasks=tasks)
        rooms.append(Room(test, look, qtbot, lang=lang, **wanted))
        return rooms[-1]

    yield make
    for room in rooms:
        room.view.end()


@pytest.fixture
def room(make_room: MakeRoom) -> Room:
    return make_room()


@pytest.fixture(autouse=True)
def still_film(monkeypatch: pytest.MonkeyPatch) -> None:
    """A film is where its headsets have said: on a slow machine it would have gone on meanwhile."""
    monkeypatch.setattr(film_desk, "perf_counter", lambda: 7.0)
