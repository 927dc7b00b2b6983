"""Where the keyboard is on the run screen, from the first phase to the last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import LateTasks, make_office
from tests.fakes.ready_session import READY_ID, ready_session
from tests.gui.session.run.room import MakeRoom, Room
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.run.view import RunView
from trainer_app.ui.session.step_view import RUN
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

CTRL = Qt.KeyboardModifier.ControlModifier


def focus() -> QWidget | None:
    """What has the keyboard when all has come to rest."""
    for _ in range(3):
        QApplication.processEvents()
    return QApplication.focusWidget()


def test_the_keyboard_never_begins_on_the_way_back(
    department_stored: SqlRepositories, tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    tasks = LateTasks()
    test = make_office(department_stored, tmp_path, tasks=tasks)
    ready_session(test)
    page = SessionPage(test.office, look, {RUN: RunView})
    window = Window(look, test.office.texts)
    qtbot.addWidget(window)
    window.show_pages(test.office.texts, {"session": lambda: page}, Target(place="session"))
    window.show()
    window.activateWindow()
    tasks.finish()
    assert focus() is page.first_focus()  # the list of sessions
    window.go(Target(place="session", session_id=READY_ID, detail=RUN))
    while tasks.waiting:
        tasks.waiting.pop(0)()
        QApplication.processEvents()
    view = page.findChild(RunView)
    assert isinstance(view, RunView)
    assert focus() is view.column.next
    page.end()


def test_the_film_begins_with_its_start_and_goes_on_with_pause(room: Room) -> None:
    assert focus() is room.view.column.next
    room.press(Qt.Key.Key_PageDown, CTRL)
    assert focus() is room.view.column.next
    room.to(PhaseCode.FILM)
    assert focus() is room.view.start.hero
    room.press(Qt.Key.Key_Return)
    room.kit(FilmStage.STARTING, starts_in_s=2.0)
    assert focus() is room.view.column.pause
    room.play()
    assert focus() is room.view.column.pause
    room.press(Qt.Key.Key_Space)
    assert room.test.live.asked[-1] == ("pause",)


def test_a_wave_that_has_seen_the_film_leaves_the_keyboard_on_a_step(make_room: MakeRoom) -> None:
    room = make_room(people=7)
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.ENDED)
    assert focus() is room.view.column.pause
    room.view.change.go_on.setFocus()
    room.press(Qt.Key.Key_Return)
    assert focus() is room.view.start.hero
    room.play()
    room.view.film.stop.button.setFocus()
    room.press(Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    room.kit(FilmStage.STOPPED)
    assert focus() is room.view.column.pause


def test_the_debrief_begins_at_the_prompt_and_stays_where_one_goes(room: Room) -> None:
    room.to(PhaseCode.LANDING)
    room.press(Qt.Key.Key_PageDown, CTRL)
    assert focus() is room.view.debrief.prompts
    room.to(PhaseCode.ANALYSIS)
    prompts = room.view.debrief.prompts
    prompts.following.setFocus()
    for _ in range(6):
        room.press(Qt.Key.Key_Space)
    assert prompts.accessibleName().startswith("Spørsmål 4 av 4")
    assert focus() is prompts
    room.view.column.next.setFocus()
    room.press(Qt.Key.Key_Space)
    assert focus() is room.view.column.next


def test_who_writes_a_note_goes_on_writing_when_the_phase_changes(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.press(Qt.Key.Key_F3)
    field = room.view.notes.entry.field
    assert focus() is field
    room.kit(FilmStage.PLAYING, 61.0, states={3: HeadsetState.TAKEN_OFF})
    room.kit(FilmStage.ENDED)
    assert focus() is field


def test_a_question_takes_the_keyboard_and_gives_it_back(room: Room) -> None:
    room.view.top.help.setFocus()
    room.view.presenter.ask_to_end()
    assert focus() is room.view.ending.stay
    room.press(Qt.Key.Key_Space)
    assert focus() is room.view.top.help


@pytest.mark.parametrize("code", [PhaseCode.WELCOME, PhaseCode.ANALYSIS])
def test_updates_of_the_clock_leave_the_keyboard_alone(room: Room, code: PhaseCode) -> None:
    room.to(code)
    room.view.top.notes.setFocus()
    room.view.presenter.on_second()
    room.kit(FilmStage.READY, states={2: HeadsetState.FAULT})
    assert focus() is room.view.top.notes
