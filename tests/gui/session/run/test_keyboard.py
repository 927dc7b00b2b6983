"""Where the keyboard is on the run screen, from the first phase to the last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import LateTasks, make_office
from tests.fakes.ready_session import READY_ID, ready_session
from tests.gui.session.run.room import MakeRoom, Room
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.notes import NoteKind
from trainer_app.domain.phases import PhaseCode
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.run.kept_focus import KeptFocus
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


def test_who_writes_while_the_film_begins_loses_no_word_and_pauses_nobody(room: Room) -> None:
    room.to(PhaseCode.FILM)
    entry = room.view.notes.entry
    assert not entry.isVisible()  # there is one thing to do before the film
    room.press(Qt.Key.Key_Return)
    room.kit(FilmStage.STARTING, starts_in_s=2.0)
    room.press(Qt.Key.Key_F3)
    assert focus() is entry.field
    QTest.keyClicks(entry.field, "Ro ")
    room.kit(FilmStage.READY)  # the order is carried out, its news not there yet
    QTest.keyClicks(focus() or room.view, "i ")
    room.play()
    QTest.keyClicks(focus() or room.view, "rommet")
    assert entry.field.text() == "Ro i rommet"
    room.press(Qt.Key.Key_Return)
    assert "Ro i rommet" in [note.text for note in room.test.stored.notes.where(session_id=READY_ID)]
    assert ("pause",) not in room.test.live.asked


def test_who_goes_somewhere_while_the_next_step_cannot_be_pressed_is_left_there(qtbot: QtBot) -> None:
    view, start, field, pause = QWidget(), QPushButton("Start"), QLineEdit(), QPushButton("Pause")
    column = QVBoxLayout(view)
    for part in (start, field, pause):
        column.addWidget(part)
    pause.setEnabled(False)
    kept = KeptFocus(view, lambda: start if start.isEnabled() else pause)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    kept.begin()
    assert focus() is start
    start.setEnabled(False)
    focus()
    field.clearFocus()
    focus()
    field.setFocus()
    focus()
    pause.setEnabled(True)
    kept.look_again()
    assert focus() is field
    kept.stop()


def test_who_writes_the_moment_the_start_was_pressed_goes_on_writing(room: Room) -> None:
    room.to(PhaseCode.FILM)
    assert focus() is room.view.start.hero
    room.test.kit_is(room.ready.kit(FilmStage.STARTING, starts_in_s=2.0))  # the start can no more be pressed
    QTest.keyClick(room.view, Qt.Key.Key_F3)
    assert focus() is room.view.notes.entry.field
    QTest.keyClicks(focus() or room.view, "Ro")
    room.play()
    room.press(Qt.Key.Key_Return)
    assert focus() is room.view.column.pause


def test_who_writes_while_the_film_goes_on_after_a_pause_has_the_film_before_them(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play(60.0)
    room.kit(FilmStage.PAUSED, 60.0)
    room.press(Qt.Key.Key_F12)
    room.kit(FilmStage.STARTING, 60.0, starts_in_s=2.0)
    entry = room.view.notes.entry
    assert room.view.film.isVisible()
    room.press(Qt.Key.Key_F5)
    assert focus() is entry.field
    QTest.keyClicks(entry.field, "Ring ")
    room.kit(FilmStage.PLAYING, 60.0)
    QTest.keyClicks(focus() or room.view, "vakt")
    assert entry.field.text() == "Ring vakt"
    assert ("pause",) not in room.test.live.asked


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


def test_the_time_line_is_walked_with_the_keyboard_alone(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    line, card, shift = room.view.film.line, room.view.film.chosen, Qt.KeyboardModifier.ShiftModifier
    while focus() is not line:
        room.press(Qt.Key.Key_Tab)
    for key, held, place in (
        (Qt.Key.Key_Right, (), "1.02"),
        (Qt.Key.Key_Right, (shift,), "1.07"),
        (Qt.Key.Key_Left, (shift,), "1.02"),
        (Qt.Key.Key_Left, (), "1.01"),
        (Qt.Key.Key_Right, (CTRL,), "2.20"),
        (Qt.Key.Key_Right, (CTRL,), "5.00"),
        (Qt.Key.Key_Left, (CTRL,), "2.20"),
        (Qt.Key.Key_End, (), "6.40"),
        (Qt.Key.Key_Home, (), "0.00"),
    ):
        room.press(key, *held)
        assert card.accessibleName() == f"Valgt sted {place}"
        assert focus() is line
    assert [each[0] for each in room.test.live.asked].count("skip_to") == 0
    for _ in range(4):
        room.press(Qt.Key.Key_Right, shift)
    assert card.mark.text() == "Sett stoppunkt"
    room.press(Qt.Key.Key_S)
    assert room.view.presenter.desk.stops[0].at_s == 20.0
    assert card.mark.text() == "Fjern stoppunkt"
    room.press(Qt.Key.Key_Delete)
    assert [stop.at_s for stop in room.view.presenter.desk.stops] == [140.0, 300.0]
    room.press(Qt.Key.Key_Return)
    assert room.test.live.asked[-1] == ("skip_to", 20.0)
    assert not card.isVisible()


def test_a_chosen_place_is_left_by_escape_and_worked_by_buttons(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    panel = room.view.film
    panel.line.setFocus()
    room.press(Qt.Key.Key_Right)
    room.view.escape()
    assert not panel.chosen.isVisible()
    assert panel.stop.isVisible()
    assert focus() is panel.line
    room.press(Qt.Key.Key_Right)
    panel.chosen.mark.setFocus()
    room.press(Qt.Key.Key_Space)
    assert [stop.at_s for stop in room.view.presenter.desk.stops] == [62.0, 140.0, 300.0]
    room.press(Qt.Key.Key_Space)
    assert [stop.at_s for stop in room.view.presenter.desk.stops] == [140.0, 300.0]
    panel.chosen.go.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.test.live.asked[-1] == ("skip_to", 62.0)
    assert focus() is not None


def test_prompts_are_turned_by_page_keys_in_the_debrief(room: Room) -> None:
    room.to(PhaseCode.ANALYSIS)
    room.press(Qt.Key.Key_PageDown)
    assert room.view.debrief.prompts.accessibleName().startswith("Spørsmål 2 av 4")
    room.press(Qt.Key.Key_PageUp)
    assert room.view.debrief.prompts.accessibleName().startswith("Spørsmål 1 av 4")


def test_every_kind_of_note_has_its_key_during_the_film(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5):
        room.press(key)
        assert focus() is room.view.notes.entry.field
        QTest.keyClicks(room.view.notes.entry.field, "Rolig stemme")
        room.press(Qt.Key.Key_Return)
        assert focus() is room.view.column.pause
    room.press(Qt.Key.Key_F7)  # a mark needs no words
    room.press(Qt.Key.Key_Return)
    noting = room.test.office.services.noting
    kinds = [note.kind for note in noting.notes_of(READY_ID)]
    assert kinds == [NoteKind.OBSERVATION, NoteKind.QUESTION, NoteKind.TIME_MARK]
    assert [point.text for point in noting.points_of(READY_ID)] == ["Rolig stemme"]
    assert len(noting.actions_of(READY_ID)) == 1


def test_keys_of_the_film_that_have_a_neighbour(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.press(Qt.Key.Key_Enter, CTRL)  # of the number pad
    assert room.test.live.asked[-1] == ("start_film", 0.0)
    room.play()
    room.press(Qt.Key.Key_Down, CTRL)
    assert room.test.live.asked[-1] == ("set_volume", 55)
    room.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    (menu,) = [each for each in room.view.strip.findChildren(QMenu) if each.isVisible()]
    assert menu.accessibleName() == "Brille 4"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    room.kit(FilmStage.PAUSED, 61.0)
    room.press(Qt.Key.Key_F12)
    assert [each[0] for each in room.test.live.asked][-1] == "resume"


def test_every_key_that_is_pressed_here_is_in_the_help(room: Room) -> None:
    known = " ".join(each.key for each in room.view.key_help()).split()
    pressed = [
        each.key().toString()
        for each in room.view.findChildren(QShortcut)
        if not each.key().toString().startswith(("Alt+", "Ctrl+Return"))
    ]
    named = {"PgDown": "PgDn", "Ctrl+PgDown": "Ctrl+PgDn", "Ctrl+Up": "Ctrl+↑", "Ctrl+Down": "Ctrl+↓"}
    assert {named.get(key, key) for key in pressed} - set(known) == set()
