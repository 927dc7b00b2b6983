"""A mistake in the program, wherever it happens: the user is told, the log has it, the app goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.databases import DatabaseTemplates
from trainer_app.bootstrap import Place, Workplace
from trainer_app.desktop.app import Desktop
from trainer_app.desktop.mistakes import mistakes_caught
from trainer_app.runtime.log_file import kept_log
from trainer_app.texts.catalogue import Texts

TOLD, LOGS = "Noe gikk galt", "send mappen «logs»"


@pytest.fixture
def desktop(qapp: QApplication, database_templates: DatabaseTemplates, tmp_path: Path) -> Iterator[Desktop]:
    database_templates.copy_empty(tmp_path / "simkoffert.sqlite").close()
    with Workplace(Place(data=tmp_path), Texts("nb")) as place, Desktop(qapp, place) as made:
        made.open()
        with (
            kept_log(tmp_path / "logs") as log,
            mistakes_caught(lambda: made.tell_of_mistake(is_logged=log.is_written)),
        ):
            yield made


@pytest.mark.expects_log("mistake in the program")
@pytest.mark.expects_log("problem: app.mistake")
def test_a_mistake_is_told_wherever_it_happens_and_the_app_goes_on(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    def fails() -> None:
        raise ValueError("Kari Eksempelsen")

    async def fails_live() -> None:
        fails()

    places: dict[str, Callable[[], object]] = {
        "a slot": lambda: QTimer.singleShot(0, fails),
        "the database": lambda: desktop.background.stored(fails),
        "the loop": lambda: desktop.background.live(fails_live),
        "a thread": lambda: threading.Thread(target=fails).start(),
    }
    log = tmp_path / "logs" / "simkoffert.log"
    known = 0
    for name, fail in places.items():
        desktop.app.window.notices.clear()
        fail()
        qtbot.waitUntil(lambda: LOGS in desktop.app.window.notices.words)
        assert TOLD in desktop.app.window.notices.words
        written = log.read_bytes()[known:].decode()
        assert "ValueError" in written, name
        assert "Kari" not in written, name
        known += len(written.encode())
    answers: list[str] = []
    desktop.background.stored(lambda: "here", answers.append)
    qtbot.waitUntil(lambda: answers == ["here"])
    desktop.app.window.notices.clear()
    desktop.tell_of_mistake(is_logged=False)
    qtbot.waitUntil(lambda: TOLD in desktop.app.window.notices.words)
    assert LOGS not in desktop.app.window.notices.words  # nobody is sent to a folder that is not there
