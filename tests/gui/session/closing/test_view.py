"""Closing a session through its widgets, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.evening import ELI, FRIDA, PEOPLE, SESSION_ID, at, store_evening
from tests.fakes.full_disk import full_disk
from tests.fakes.office import InlineTasks, LateTasks, TestOffice
from tests.fakes.records import wall
from tests.gui.painting import cut_texts, nameless
from tests.gui.pasting import paste
from tests.gui.session.conftest import OpenOffice
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.domain.notes import NoteKind
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import AttendanceStatus, SessionId, SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Target
from trainer_app.ui.session.closing.attendance_row import AttendanceRow
from trainer_app.ui.session.closing.view import ClosingView
from trainer_app.ui.session.debrief.editors import ActionEditor
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.step_view import CLOSE, StepView
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

DAVID = PEOPLE[3]


class SavingClosing(ClosingView):
    """Papers go where the test says."""

    folder: Path

    def choose_file(self, name: str) -> Path | None:
        return self.folder / name


class Desk:
    """The closing step within its page and window."""

    def __init__(self, test: TestOffice, look: Look, folder: Path) -> None:
        self.test = test
        made: list[SavingClosing] = []

        def make(office: object, look: Look) -> StepView:
            view = SavingClosing(test.office, look)
            view.folder = folder
            made.append(view)
            return view

        self.window = Window(look, test.office.texts)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        page = SessionPage(test.office, look, {CLOSE: make})
        target = Target(place="session", session_id=SESSION_ID, detail=CLOSE)
        self.window.show_pages(test.office.texts, {"session": lambda: page}, target)
        QApplication.processEvents()
        while not made and isinstance(test.tasks, LateTasks):
            test.tasks.waiting.pop(0)()
        self.view = made[0]

    def row(self, person_id: PersonId) -> AttendanceRow:
        return self.view.attendance.rows[person_id]

    def status(self, person_id: PersonId) -> AttendanceStatus:
        row = self.test.stored.attendance.get(SESSION_ID, person_id)
        assert row is not None
        return row.status

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)


def cut_anywhere(desk: Desk) -> list[str]:
    """Also in what is not scrolled to."""
    view = desk.view
    cards = (view.attendance, view.objectives, view.gathered, view.notes, view.equipment, view.care)
    below = [text for card in cards if card.isVisible() for text in cut_texts(card)]
    return below or cut_texts(desk.window)


MakeDesk = Callable[..., Desk]


def settle() -> None:
    """Let the layouts hear of one another."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def make_desk(open_office: OpenOffice, look: Look, qtbot: QtBot, tmp_path: Path) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(
        lang: str = "nb", state: SessionState = SessionState.HELD, tasks: InlineTasks | None = None
    ) -> Desk:
        test = open_office(lang=lang, tasks=tasks)
        store_evening(test.stored, test.office.services.content, state=state)
        test.at(at("14:40"))
        made.append(Desk(test, look, tmp_path))
        qtbot.addWidget(made[-1].window)
        return made[-1]

    yield make
    for desk in made:
        desk.view.end()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


def test_the_first_missing_row_has_the_keyboard_and_letters_answer(desk: Desk) -> None:
    assert desk.row(ELI.id).hasFocus()
    desk.press(Qt.Key.Key_I)
    assert desk.status(ELI.id) is AttendanceStatus.ABSENT
    desk.press(Qt.Key.Key_O)
    assert desk.status(ELI.id) is AttendanceStatus.ATTENDED
    assert desk.row(ELI.id).mode.answer() == 2
    assert desk.row(ELI.id).hasFocus()
    desk.press(Qt.Key.Key_Up)
    assert desk.row(DAVID.id).hasFocus()


def test_nothing_can_be_pressed_before_the_record_is_there(make_desk: MakeDesk) -> None:
    tasks = LateTasks()
    desk = make_desk(tasks=tasks)
    assert not desk.view.finish.close_record.isVisible()
    tasks.finish()
    assert desk.row(ELI.id).hasFocus()
    desk.press(Qt.Key.Key_M)
    tasks.finish()
    assert desk.status(ELI.id) is AttendanceStatus.ATTENDED


def test_minutes_are_asked_of_those_who_were_there_for_a_part(desk: Desk) -> None:
    row = desk.row(ELI.id)
    assert not row.minutes.isVisible()
    desk.press(Qt.Key.Key_D)
    assert row.minutes.isVisible()
    row.minutes.setFocus()
    desk.type("900")
    desk.press(Qt.Key.Key_Return)
    assert row.has_error
    assert row.minutes.text() == "900"
    desk.view.finish.close_record.click()
    assert desk.view.finish.close_record.isVisible()
    assert row.minutes.hasFocus()
    row.minutes.selectAll()
    desk.type("45")
    desk.view.leave()
    assert not row.has_error
    known = desk.test.stored.attendance.get(SESSION_ID, ELI.id)
    assert known is not None
    assert known.minutes_present == 45


def test_the_button_says_why_it_cannot_be_pressed_until_it_can(desk: Desk) -> None:
    button = desk.view.finish.close_record
    assert not button.isEnabled()
    assert "Velg oppmøte for Eli Fiktivsen" in button.accessibleDescription()
    desk.view.attendance.all_came.click()
    assert button.isEnabled()
    button.click()
    (saved,) = desk.view.finish.papers.saved
    assert saved.isVisible()
    assert saved.path.name == "Øktprotokoll EV-2026-A031.pdf"
    assert desk.view.finish.done.isVisible()
    desk.view.finish.done.click()
    assert desk.test.went == [Target(place="today")]
    assert saved.accessibleName().startswith("Øktprotokoll EV-2026-A031.pdf er lagret. Mappe: ")
    assert not button.isVisible()
    assert not desk.row(ELI.id).status.isVisible()


def test_the_protocol_is_looked_at_in_the_app(desk: Desk) -> None:
    desk.view.finish.protocol.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.test.went == [Target(place="reports", session_id=SESSION_ID, detail="protocol")]
    desk.view.print()
    assert len(desk.test.went) == 2
    assert desk.view.finish.papers.saved == []  # nothing was saved for it


def test_a_closed_record_is_opened_again_with_a_reason(desk: Desk) -> None:
    desk.view.attendance.all_came.click()
    desk.view.finish.close_record.click()
    desk.view.finish.reopen.click()
    assert desk.view.finish.reason.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert not desk.view.finish.close_record.isVisible()
    desk.type("Feil oppmøte")
    desk.press(Qt.Key.Key_Return)
    assert desk.view.finish.close_record.isVisible()
    assert not desk.view.finish.reason.isVisible()


def test_a_reason_that_is_a_book_leaves_the_record_closed(desk: Desk) -> None:
    desk.view.attendance.all_came.click()
    desk.view.finish.close_record.click()
    desk.view.finish.reopen.click()
    paste(desk.view.finish.reason, "å" * 100_000)
    desk.press(Qt.Key.Key_Return)
    assert len(desk.view.finish.reason.text()) == 100_000
    assert "500" in desk.view.finish.reason.accessibleDescription()
    assert not desk.view.finish.close_record.isVisible()


def test_nobody_is_called_a_book_or_nothing(desk: Desk) -> None:
    desk.view.attendance.add.click()
    line = desk.view.attendance.picker.line
    for text in ("å" * 100_000, "    "):
        paste(line, text)
        desk.press(Qt.Key.Key_Return)
        assert (line.text(), bool(line.accessibleDescription())) == (text, True)


def test_somebody_is_added_by_a_part_of_the_name(desk: Desk) -> None:
    desk.view.attendance.add.click()
    desk.type("E")
    desk.press(Qt.Key.Key_Return)
    assert desk.view.attendance.picker.isVisible()
    desk.type("ksempel")
    assert [row.title for row in desk.view.attendance.picker.matches] == ["Kari Eksempelsen, Sykepleier"]
    desk.view.attendance.picker.line.clear()
    desk.type("tenkt")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.status(FRIDA.id) is AttendanceStatus.ATTENDED
    assert FRIDA.id in desk.view.attendance.rows
    assert desk.view.attendance.add.hasFocus()


def test_somebody_on_no_list_is_entered_by_keyboard(desk: Desk) -> None:
    card = desk.view.attendance
    desk.view.resize(1278, 400)  # little room, so that the page has to scroll
    card.add.click()
    desk.type("Gry Innbilt")
    desk.press(Qt.Key.Key_Return)
    form = card.picker.form
    assert (form.name.text(), form.profession.hasFocus()) == ("Gry Innbilt", True)
    QApplication.processEvents()
    assert not form.name.visibleRegion().isEmpty()  # the page has not run on to what comes after
    desk.press(Qt.Key.Key_Tab)
    assert form.organisation.hasFocus()
    desk.type("Høyskolen")
    desk.press(Qt.Key.Key_Return)
    assert form.error("profession").startswith("Velg profesjon.")
    assert form.profession.hasFocus()
    desk.type("st")
    assert form.error("profession") == ""
    form.organisation.setFocus()
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_3)
    assert desk.view.unsaved() == ["Gry Innbilt, Høyskolen"]
    desk.view.open(SessionId(UUID(int=999)))
    assert not card.picker.isVisibleTo(card)
    assert desk.view.unsaved() == ["Gry Innbilt, Høyskolen"]
    desk.view.open(SESSION_ID)
    assert (form.organisation.text(), form.profession.key(), form.mode.answer()) == ("Høyskolen", "STUD", 2)
    desk.view.attendance.all_came.click()
    desk.view.finish.close_record.click()
    assert desk.view.finish.close_record.isVisible()  # who is half typed would be lost
    assert form.name.hasFocus()
    form.add.click()
    (row,) = [row for row in card.rows.values() if row.line.name == "Gry Innbilt"]
    assert (row.line.about, row.mode.answer()) == ("Student, Høyskolen", 2)
    assert desk.status(row.person_id) is AttendanceStatus.ATTENDED
    assert (card.picker.isVisible(), desk.view.unsaved()) == (False, [])
    assert card.add.hasFocus()
    card.add.click()
    desk.type("Xyz")
    assert card.picker.new is not None
    card.picker.new.click()
    assert form.name.text() == "Xyz"
    form.name.setText("  ")
    form.add.click()
    assert form.error("person") == "Skriv navnet på den som kom."
    desk.view.escape()
    assert not card.picker.isVisible()


def test_a_group_without_names_is_added_one_after_the_other(desk: Desk) -> None:
    for row in desk.test.stored.attendance.where(session_id=SESSION_ID):
        desk.test.stored.attendance.delete(SESSION_ID, row.person_id)
    desk.test.office.changes.announce(Topic.SESSIONS)
    assert not desk.view.attendance.all_came.isVisible()
    assert desk.view.first_focus() is desk.view.attendance.add
    desk.view.attendance.add.click()
    for count, letters in enumerate(("demod", "lats", "liks", "fikt", "tenkt"), start=1):
        assert desk.view.attendance.picker.line.hasFocus()
        desk.type(letters)
        desk.press(Qt.Key.Key_Return)
        assert len(desk.view.attendance.rows) == count
    assert not desk.view.attendance.picker.isVisible()
    assert desk.view.attendance.add.hasFocus()


def test_an_action_is_agreed_before_the_record_is_closed(desk: Desk) -> None:
    card = desk.view.gathered
    (known,) = card.action_items.rows.values()
    assert known.accessibleName() == (
        "Eier: vaktansvarlig  ·  frist 1. desember: Roller og signal avtales ved vaktstart"
    )
    card.new.click()
    desk.press(Qt.Key.Key_Return)
    assert card.entry.line.hasFocus()
    assert card.entry.line.accessibleDescription()
    desk.type("Øve på signalet")
    desk.press(Qt.Key.Key_Return)
    editor = card.action_items.editor
    assert isinstance(editor, ActionEditor)
    settle()
    assert editor.owner.hasFocus()
    assert editor.visibleRegion().boundingRect().size() == editor.size()
    desk.type("teamleder")
    editor.due.setFocus()
    desk.type("31.2")
    desk.view.attendance.all_came.click()
    desk.view._main.ensureWidgetVisible(desk.row(ELI.id))
    desk.view.finish.close_record.click()
    settle()
    assert editor.visibleRegion().boundingRect().size() == editor.size()
    assert desk.view.finish.close_record.isVisible()  # a day that is none would be lost
    editor.due.setText("8.12")
    desk.view.finish.close_record.click()
    *_, added = card.action_items.rows.values()
    assert added.accessibleName() == "Eier: teamleder  ·  frist 8. desember: Øve på signalet"
    assert not added.isEnabled()
    assert not card.new.isVisible()


def test_an_action_that_is_only_typed_keeps_the_record_open(desk: Desk) -> None:
    card = desk.view.gathered
    desk.view.attendance.all_came.click()
    card.new.click()
    desk.type("Øve på signalet")
    for _ in range(2):
        desk.row(ELI.id).setFocus()
        desk.view._main.ensureWidgetVisible(desk.row(ELI.id))
        desk.view.finish.close_record.click()
        settle()
        assert card.entry.line.hasFocus()
        assert card.entry.visibleRegion().boundingRect().size() == card.entry.size()
    assert card.entry.line.accessibleDescription() == "Legg til tiltaket, eller trykk Avbryt."
    assert desk.view.unsaved() == ["Øve på signalet"]
    desk.view.open(SessionId(UUID(int=999)))
    assert not card.entry.isVisibleTo(card)
    assert desk.view.unsaved() == ["Øve på signalet"]
    desk.view.open(SESSION_ID)
    assert card.entry.line.text() == "Øve på signalet"
    card.entry.cancel.click()
    assert desk.view.unsaved() == []
    desk.view.finish.close_record.click()
    assert not desk.view.finish.close_record.isVisible()


def test_an_action_is_added_once_however_often_it_is_asked(make_desk: MakeDesk) -> None:
    tasks = LateTasks()
    desk = make_desk(tasks=tasks)
    tasks.finish()
    noting, entry = desk.test.office.services.noting, desk.view.gathered.entry
    before = len(noting.actions_of(SESSION_ID))
    desk.view.gathered.new.click()
    desk.type("Øve på signalet")
    desk.press(Qt.Key.Key_Return)
    entry.add.click()
    desk.type(" og mer")
    assert entry.line.text() == "Øve på signalet"
    tasks.finish()
    assert len(noting.actions_of(SESSION_ID)) == before + 1
    assert not entry.isVisible()


def test_what_the_disk_refuses_is_unsaved_until_it_takes_it(make_desk: MakeDesk) -> None:
    tasks = LateTasks()
    desk = make_desk(tasks=tasks)
    tasks.finish()
    desk.view.gathered.new.click()
    desk.type("Øve på signalet")
    with full_disk(desk.test.stored):
        desk.press(Qt.Key.Key_Return)
        tasks.finish()
    card = desk.view.gathered
    assert card.entry.line.accessibleDescription()
    assert desk.view.unsaved() == ["Øve på signalet"]
    desk.press(Qt.Key.Key_Return)
    tasks.finish()
    assert desk.view.unsaved() == []
    with full_disk(desk.test.stored):
        desk.type("teamleder")
        desk.view.keep()
        assert desk.view.unsaved() == ["Øve på signalet\nteamleder"]
        tasks.finish()
    assert desk.view.unsaved() == ["Øve på signalet\nteamleder"]


def test_notes_are_gone_through_one_after_the_other(desk: Desk) -> None:
    noting = desk.test.office.services.noting
    mark = noting.begin_note(SESSION_ID, NoteKind.TIME_MARK, at=at("13:25"))
    desk.test.office.changes.announce(Topic.NOTES)
    desk.view.notes.review.click()
    row = desk.view.review.rows[mark.id]
    assert not row.keep.isVisible()  # without a word there is nothing to learn from it
    row.let_go.setFocus()
    desk.press(Qt.Key.Key_Return)
    for count in (3, 2, 1, 0):
        desk.press(Qt.Key.Key_Return)
        assert len(desk.view.review.rows) == count
    assert desk.view.review.back.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.view.attendance.isVisible()
    assert len(desk.test.office.services.noting.points_of(SESSION_ID)) == 6


def test_a_change_keeps_the_keyboard_where_it_is(desk: Desk) -> None:
    answer = next(iter(desk.view.objectives.rows.values())).answer
    answer.setFocus()
    desk.press(Qt.Key.Key_1)
    assert answer.hasFocus()
    assert answer.answer() == 0


def test_answers_stand_below_one_another_whoever_has_minutes(desk: Desk) -> None:
    settle()
    eli, david = desk.row(ELI.id), desk.row(DAVID.id)
    assert (david.minutes.isVisible(), eli.minutes.isVisible()) == (True, False)
    assert eli.answers_left() == david.answers_left()
    desk.press(Qt.Key.Key_D)
    settle()
    assert eli.answers_left() == david.answers_left()
    assert {row.height() for row in desk.view.attendance.rows.values()} == {eli.height()}


def test_what_ends_the_work_is_seen_whatever_has_to_be_thought_of(desk: Desk) -> None:
    desk.window.resize(1366, 690)
    desk.test.office.services.noting.add_action(SESSION_ID, "Øve på signalet")
    desk.test.office.changes.announce(Topic.NOTES)
    desk.press(Qt.Key.Key_D)
    settle()
    assert len(desk.view.finish.warnings) == 4
    for button in (desk.view.finish.close_record, desk.view.finish.protocol):
        assert button.visibleRegion().boundingRect().size() == button.size()
    assert cut_texts(desk.window) == []


def test_where_there_is_little_room_what_ends_the_work_follows_the_rest(desk: Desk) -> None:
    view = desk.view
    settle()
    beside = view.finish.mapTo(desk.window, view.finish.rect().topLeft())
    desk.window.setMinimumSize(0, 0)
    desk.window.resize(900, 768)
    settle()
    assert view.finish.isVisible()
    assert view.care.width() == view.finish.width() == view.attendance.width()
    desk.window.resize(1366, 768)
    settle()
    assert view.finish.mapTo(desk.window, view.finish.rect().topLeft()) == beside
    assert view.care.isVisible()


def test_a_session_held_without_the_program_is_registered(make_desk: MakeDesk) -> None:
    desk = make_desk(state=SessionState.PLANNED)
    assert not desk.view.finish.close_record.isVisible()
    desk.view.finish.register.click()
    assert desk.view.finish.close_record.isVisible()
    assert desk.row(ELI.id).status.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_nothing_is_cut_and_everything_has_a_name(
    make_desk: MakeDesk, look: Look, lang: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    desk = make_desk(lang)
    held = desk.test.stored.sessions.by_id(SESSION_ID)
    assert held is not None
    start, end = wall("2026-11-25T13:00"), wall("2026-11-25T14:30")
    desk.test.stored.sessions.save(replace(held, planned_start=start, planned_end=end))
    desk.test.office.changes.announce(Topic.SESSIONS)
    desk.view.attendance.add.click()
    settle()
    assert "25" in desk.view.printouts.note.text()
    assert cut_anywhere(desk) == []
    desk.type("Gry Innbilt")
    desk.press(Qt.Key.Key_Return)
    settle()
    assert cut_anywhere(desk) == []
    assert nameless(desk.window) == []
    desk.view.notes.review.click()
    settle()
    assert cut_texts(desk.window) == []
    desk.view.escape()
    desk.view.attendance.all_came.click()
    desk.view.finish.close_record.click()
    desk.view.finish.reopen.click()
    settle()
    assert cut_texts(desk.window) == []


def test_who_may_still_play_after_the_session_is_named_and_can_be_stopped(desk: Desk) -> None:
    assert desk.view.left_playing.banner is None
    kit = KitNow(
        stage=FilmStage.STOPPED,
        headsets=(HeadsetNow(number=3, state=HeadsetState.PLAYING, not_dark=True),),
    )
    desk.test.kit_is(kit)
    banner = desk.view.left_playing.banner
    assert banner is not None
    assert "Brille 3 har ikke svart og kan spille videre." in banner.accessibleName()
    assert cut_texts(desk.window) == []
    banner.buttons[0].click()
    assert desk.test.live.asked[-1][0] == "stop_all"
    desk.test.kit_is(replace(kit, headsets=(replace(kit.headsets[0], not_dark=False),)))
    assert not desk.view.left_playing.isVisible()
