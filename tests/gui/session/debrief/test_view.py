"""The debrief: prompts, what is gathered, hidden and shown, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.evening import SESSION_ID, Evening, store_evening
from tests.fakes.full_disk import full_disk
from tests.fakes.office import LateTasks, TestOffice
from tests.gui.painting import cut_texts, nameless
from tests.gui.pasting import paste
from tests.gui.session.conftest import OpenOffice
from trainer_app.domain.notes import Verdict
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.sessions import SessionState
from trainer_app.domain.words import Words
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.setting_up import FilmStop, FilmStops
from trainer_app.ui.session.debrief.editors import ActionEditor, NoteEditor, PointEditor
from trainer_app.ui.session.debrief.gathered_section import GatheredSection
from trainer_app.ui.session.debrief.view import DebriefContent
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.label import Label


class Room:
    """The debrief in a window of the run screen's size."""

    def __init__(self, test: TestOffice, evening: Evening, look: Look, qtbot: QtBot) -> None:
        self.test, self.evening = test, evening
        self.window = QWidget()
        self.view = DebriefContent(test.office, look)
        QHBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1018, 664)
        self.window.show()
        self.window.activateWindow()
        QShortcut(QKeySequence("Esc"), self.window)  # as the app's window has it
        self.show(PhaseCode.ANALYSIS)
        self.view.set_notes_hidden(False)

    def show(self, code: PhaseCode) -> None:
        self.view.show_phase(SESSION_ID, self.evening.phase(code))
        QApplication.processEvents()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key)

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        QTest.keyClicks(focus, text)


def settle() -> None:
    """Let the layouts hear of one another."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def make_room(open_office: OpenOffice, look: Look, qtbot: QtBot) -> Iterator[Callable[..., Room]]:
    rooms: list[Room] = []

    def make(**wanted: object) -> Room:
        test = open_office(**wanted)
        evening = store_evening(test.stored, test.office.services.content, state=SessionState.IN_PROGRESS)
        rooms.append(Room(test, evening, look, qtbot))
        return rooms[-1]

    yield make
    for room in rooms:
        room.view.end()


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    return make_room()


def test_prompts_of_the_phase_one_after_the_other(room: Room) -> None:
    shown = room.view.prompts
    assert shown.accessibleName().startswith("Spørsmål 1 av 4. Jeg så at medarbeideren")
    room.view.next_prompt()
    assert shown.accessibleName().startswith("Spørsmål 2 av 4. Hva kan avslaget")
    for _ in range(5):
        room.view.next_prompt()
    assert shown.accessibleName().startswith("Spørsmål 4 av 4")
    assert not shown.following.isEnabled()
    room.view.previous_prompt()
    assert shown.accessibleName().startswith("Spørsmål 3 av 4")
    room.show(PhaseCode.REACTIONS)
    assert shown.text.accessibleName() == "Hva skjedde med pusten din underveis? Ett ord hver."


def test_the_line_of_the_film_has_the_stop_points_that_were_used(room: Room) -> None:
    (film,) = room.test.stored.films.all()
    question = Words(nb="Hva ser dere?", en="What do you see?")
    places = (FilmStop(at_s=60.0, question=question), FilmStop(at_s=200.0, question=question))
    room.test.office.services.holding.keep_stops(SESSION_ID, FilmStops(film=film.sha256, places=places))
    room.show(PhaseCode.APPLICATION)
    shown = room.view.film._film
    assert shown is not None
    assert (shown.length_s, shown.stops_s) == (422.0, (60.0, 200.0))


def test_the_summary_names_whom_to_talk_to(room: Room) -> None:
    room.show(PhaseCode.SUMMARY)
    assert "Siv Testmoen" in room.view.prompts.accessibleName()
    assert not room.view.prompts.following.isVisible()


def test_a_note_by_key_appears_in_the_list_and_the_keyboard_goes_back(room: Room) -> None:
    room.view.prompts.following.setFocus()
    room.press(Qt.Key.Key_F3)
    assert room.view.entry.field.hasFocus()
    room.type("Gi tid til svar")
    room.press(Qt.Key.Key_Return)
    assert room.view.prompts.following.hasFocus()
    words = [row.text() for row in room.view.gathered.notes.rows.values()]
    assert words[-1] == "Gi tid til svar"
    assert room.view.entry.field.text() == ""


def test_hidden_shows_numbers_only_and_a_note_can_still_be_written(room: Room) -> None:
    room.view.set_notes_hidden(True)
    assert not room.view.gathered.isVisible()
    assert room.view.hidden.accessibleName() == "Notater: 4, Læringspunkter: 2, Tiltak: 1"
    assert not room.view.hidden_entry.isVisible()
    room.press(Qt.Key.Key_F2)
    assert room.view.hidden_entry.field.hasFocus()
    room.type("Ro ned stemmen")
    room.press(Qt.Key.Key_Return)
    assert not room.view.hidden_entry.isVisible()
    assert room.view.hidden.accessibleName() == "Notater: 4, Læringspunkter: 3, Tiltak: 1"


def test_all_that_was_written_while_the_film_ran_is_marked_on_its_line(room: Room) -> None:
    def said() -> str:
        return room.view.film.findChildren(Label)[-1].text()

    room.view.set_film_time(lambda: 30.0)
    marked = sum(note.film_s is not None for note in room.test.office.services.noting.notes_of(SESSION_ID))
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F4):
        room.press(key)
        room.type("Pause før neste spørsmål")
        room.press(Qt.Key.Key_Return)
        room.view.gathered.close_editors()
    assert said() == f"{marked + 3} notater er skrevet mens filmen gikk."
    noting = room.test.office.services.noting
    noting.promote(next(note for note in noting.notes_of(SESSION_ID) if note.film_s == 30.0))
    room.view._presenter.reload()
    assert said() == f"{marked + 3} notater er skrevet mens filmen gikk."  # it was written once


def test_hiding_keeps_what_is_half_written(room: Room) -> None:
    room.press(Qt.Key.Key_F4)
    room.type("Hvem sto")
    room.view.set_notes_hidden(True)
    texts = [note.text for note in room.test.office.services.noting.notes_of(SESSION_ID)]
    assert "Hvem sto" in texts
    assert room.view.entry.field.text() == ""


def test_a_note_becomes_a_learning_point_with_a_verdict(room: Room) -> None:
    notes, points = room.view.gathered.notes, room.view.gathered.points
    first = next(iter(notes.rows))
    notes.open(first)
    editor = notes.editor
    assert isinstance(editor, NoteEditor)
    room.type(" Se etter det.")
    editor.promote.click()
    assert first not in notes.rows
    *_, made = points.rows
    assert points.rows[made].text() == "To snakket samtidig, avstanden krympet. Se etter det."
    points.open(made)
    assert isinstance(points.editor, PointEditor)
    QTest.keyClick(points.editor.verdict, Qt.Key.Key_1)
    points.close_editor()
    known = room.test.office.services.noting.points_of(SESSION_ID)[-1]
    assert known.verdict is Verdict.KEEP
    assert "Behold, prøv eller endre?" not in points.rows[made].accessibleName()
    assert "Behold" in points.rows[made].accessibleName()


def test_a_new_action_asks_for_owner_and_day(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.type("Øve på signalet")
    room.press(Qt.Key.Key_Return)
    editor = room.view.gathered.action_items.editor
    assert isinstance(editor, ActionEditor)
    assert editor.owner.hasFocus()
    assert editor.due.placeholderText() == "f.eks. 1.12.2026"  # nothing that looks filled in
    settle()
    assert editor.visibleRegion().boundingRect().size() == editor.size()
    room.type("teamleder")
    editor.due.setFocus()
    room.type("31.2")
    assert not editor.finish()
    settle()
    assert editor.visibleRegion().boundingRect().size() == editor.size()  # what is wrong made it longer
    for words in ("Ferdig", "Slett"):
        room.press(Qt.Key.Key_Tab)
        button = QApplication.focusWidget()
        assert isinstance(button, QAbstractButton)
        assert button.text() == words
    editor.due.setFocus()
    editor.due.clear()
    room.type("i morgen")
    assert editor.is_right()
    editor.due.clear()
    room.type("1.12")
    room.press(Qt.Key.Key_Return)
    action = room.test.office.services.noting.actions_of(SESSION_ID)[-1]
    assert (action.what, action.owner_role, action.due) == ("Øve på signalet", "teamleder", date(2026, 12, 1))
    items = room.view.gathered.action_items
    assert items.editor is None
    assert "teamleder" in items.rows[action.id].accessibleName()
    items.open(action.id)
    assert isinstance(items.editor, ActionEditor)
    assert items.editor.owner.text() == "teamleder"
    room.press(Qt.Key.Key_Escape)
    assert items.editor is None


def test_an_action_that_takes_its_time_still_asks_for_its_owner(make_room: Callable[..., Room]) -> None:
    tasks = LateTasks()
    room = make_room(tasks=tasks)
    tasks.finish()
    room.press(Qt.Key.Key_F5)
    room.type("Øve på signalet")
    room.press(Qt.Key.Key_Return)
    assert room.view.gathered.action_items.editor is None
    tasks.finish()
    assert isinstance(room.view.gathered.action_items.editor, ActionEditor)


def test_what_is_deleted_comes_back_by_angre(room: Room) -> None:
    points = room.view.gathered.points
    first = next(iter(points.rows))
    points.open(first)
    assert points.editor is not None
    room.view._presenter.delete(points.editor.line.source)
    assert first not in points.rows
    assert QApplication.focusWidget() is next(iter(points.rows.values()))
    assert room.test.notices.said == ["Læringspunktet er slettet."]
    assert room.test.notices.undo is not None
    room.test.notices.undo()
    assert first in points.rows


def test_a_change_is_saved_when_the_page_is_left(room: Room) -> None:
    notes = room.view.gathered.notes
    notes.open(next(iter(notes.rows)))
    room.type(" Tydelig.")
    room.view.leave()
    assert room.test.office.services.noting.notes_of(SESSION_ID)[0].text.endswith(" Tydelig.")


@pytest.mark.parametrize("kind", ["notes", "points", "action_items"])
def test_a_pasted_book_stays_in_its_field_with_what_is_wrong(room: Room, kind: str) -> None:
    section: GatheredSection = getattr(room.view.gathered, kind)
    section.open(next(iter(section.rows)))
    editor = section.editor
    assert editor is not None
    for field, line in editor._fields[:2]:
        line.setFocus()
        line.clear()
        paste(line, "å" * 100_000)
        room.press(Qt.Key.Key_Return)
        assert section.editor is editor
        assert len(line.text()) == 100_000
        assert "100000 tegn" in field.error()
        line.setText("Kort")


def test_what_a_full_disk_refuses_stays_open_with_all_that_was_typed(room: Room) -> None:
    points = room.view.gathered.points
    first, second, *_ = points.rows
    points.open(first)
    assert isinstance(points.editor, PointEditor)
    editor = points.editor
    room.type(" og si det høyt")
    typed = editor._text.text()
    with full_disk(room.test.stored):
        room.press(Qt.Key.Key_Return)
        points.open(second)
    assert points.editor is editor
    assert editor._text.text() == typed
    assert "full" in editor._fields[0][0].error()
    room.press(Qt.Key.Key_Return)
    assert points.editor is None
    stored = {point.id: point.text for point in room.test.office.services.noting.points_of(SESSION_ID)}
    assert stored[points.rows[first].line.source.id] == typed


def test_news_never_take_the_field_that_is_being_changed(room: Room) -> None:
    notes = room.view.gathered.notes
    notes.open(next(iter(notes.rows)))
    editor = notes.editor
    room.type("x")
    room.view._presenter.reload()
    assert notes.editor is editor
    focus = QApplication.focusWidget()
    assert focus is not None
    assert editor is not None
    assert editor.isAncestorOf(focus)


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_nothing_is_cut_and_everything_has_a_name(
    make_room: Callable[..., Room], look: Look, lang: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    room = make_room(lang=lang)
    assert room.window.height() <= 664
    for section in (room.view.gathered.notes, room.view.gathered.points, room.view.gathered.action_items):
        section.open(next(iter(section.rows)))
        QApplication.processEvents()
        assert cut_texts(room.window) == []
        assert nameless(room.window) == []
    room.view.set_notes_hidden(True)
    assert cut_texts(room.window) == []
