"""The note field by keyboard: keys, Enter, the way back, and what is too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.evening import SESSION_ID, at, store_evening
from tests.fakes.office import TestOffice
from tests.gui.painting import cut_texts, nameless
from tests.gui.session.conftest import OpenOffice
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.runtime.changes import Topic
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.notes.key_hints import KeyHint
from trainer_app.ui.session.notes.note_count import NoteCount
from trainer_app.ui.session.notes.note_entry import SAVED_WITHIN_MS, NoteEntry, note_keys
from trainer_app.ui.session.notes.writing import KEYS
from trainer_app.ui.session.run.note_row import NoteRow
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.label import Label

MOST_LOST_MS = 1_000


class Screen:
    """A field beside a button, and the number of notes."""

    def __init__(self, test: TestOffice, look: Look, *, roomy: bool) -> None:
        self.test = test
        self.window = QWidget()
        self.button = QPushButton("Pause")
        self.entry = NoteEntry(test.office, look, film_s=lambda: 262.0, roomy=roomy)
        self.count = NoteCount(test.office, look)
        column = QVBoxLayout(self.window)
        for widget in (self.button, self.entry, self.count):
            column.addWidget(widget)
        self.window.resize(look.px(420) if roomy else 925, 200)
        self.window.show()
        self.window.activateWindow()
        self.escaped: list[bool] = []
        escape = QShortcut(QKeySequence("Esc"), self.window)  # as the app's window has it
        escape.activated.connect(lambda: self.escaped.append(True))
        self.entry.show_session(SESSION_ID, 5)
        self.count.show_session(SESSION_ID)
        self.button.setFocus()
        QApplication.processEvents()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def texts(self) -> list[str]:
        return [note.text for note in self.test.office.services.noting.notes_of(SESSION_ID)]


MakeScreen = Callable[..., Screen]


@pytest.fixture
def make_screen(open_office: OpenOffice, look: Look, qtbot: QtBot) -> Iterator[MakeScreen]:
    made: list[Screen] = []

    def make(lang: str = "nb", *, roomy: bool = False) -> Screen:
        test = open_office(lang=lang)
        store_evening(test.stored, test.office.services.content, state=SessionState.IN_PROGRESS)
        test.at(at("13:56"))
        made.append(Screen(test, look, roomy=roomy))
        qtbot.addWidget(made[-1].window)
        return made[-1]

    yield make
    for screen in made:
        screen.entry.end()
        screen.count.end()


@pytest.fixture
def screen(make_screen: MakeScreen) -> Screen:
    return make_screen()


def test_a_note_in_three_presses_and_back_where_one_was(screen: Screen) -> None:
    assert screen.count.words == "7 notater"
    screen.press(Qt.Key.Key_F4)
    assert screen.entry.field.placeholderText() == "Spørsmål"
    QTest.keyClicks(screen.entry.field, "Hvem så det?")
    screen.press(Qt.Key.Key_Return)
    assert screen.button.hasFocus()
    assert screen.entry.field.text() == ""
    assert screen.texts()[-1] == "Hvem så det?"
    assert screen.count.words == "8 notater"


def test_an_action_and_a_learning_point_are_counted_as_well(screen: Screen) -> None:
    for key, words in ((Qt.Key.Key_F5, "8 notater"), (Qt.Key.Key_F2, "9 notater")):
        screen.press(key)
        QTest.keyClicks(screen.entry.field, "Øve på signalet")
        screen.press(Qt.Key.Key_Return)
        assert screen.count.words == words
    point = screen.test.office.services.noting.promote(
        next(note for note in screen.test.office.services.noting.notes_of(SESSION_ID) if note.text)
    )
    screen.test.office.changes.announce(Topic.NOTES)
    assert point in screen.test.office.services.noting.points_of(SESSION_ID)
    assert screen.count.words == "9 notater"  # what a note has become is not written a second time


@pytest.mark.parametrize("how", [Qt.Key.Key_Escape, Qt.Key.Key_Return, None])
def test_a_mark_without_words_is_over_when_the_keyboard_goes(screen: Screen, how: Qt.Key | None) -> None:
    marks = screen.texts().count("")
    screen.press(Qt.Key.Key_F7)
    if how is None:
        screen.button.setFocus()  # as when the phase changes
    else:
        screen.press(how)
    assert not screen.entry.is_writing
    assert screen.entry.hints.isVisible()
    assert screen.button.hasFocus()
    assert screen.texts().count("") == marks + 1


def test_a_note_begun_without_a_word_is_over_when_the_keyboard_goes(screen: Screen) -> None:
    known = screen.texts()
    screen.press(Qt.Key.Key_F5)
    screen.button.setFocus()
    assert not screen.entry.is_writing
    assert screen.button.hasFocus()
    assert screen.texts() == known


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("hidden", [True, False])
def test_every_key_is_seen_beside_the_count(
    make_screen: MakeScreen, look: Look, qtbot: QtBot, lang: str, hidden: bool
) -> None:
    row = NoteRow(make_screen(lang).test.office, look, lambda: None)
    qtbot.addWidget(row)
    row.set_hidden(hidden=hidden)
    row.resize(926, 44)  # what the run screen leaves at 1366 pixels
    row.show()
    row.show_session(SESSION_ID, 5)
    QApplication.processEvents()
    assert [hint.key for hint in row.entry.hints.findChildren(KeyHint) if hint.isVisible()] == list(
        KEYS.values()
    )
    assert cut_texts(row) == []
    row.end()


def test_esc_keeps_what_was_typed_and_hides_it(screen: Screen) -> None:
    screen.press(Qt.Key.Key_F3)
    QTest.keyClicks(screen.entry.field, "Uro")
    screen.press(Qt.Key.Key_Escape)
    assert (screen.entry.field.text(), screen.texts()[-1]) == ("", "Uro")
    assert screen.button.hasFocus()
    assert screen.escaped == []
    screen.press(Qt.Key.Key_Escape)
    assert screen.escaped == [True]  # elsewhere Esc is the window's


def test_what_is_typed_is_stored_without_enter(screen: Screen, qtbot: QtBot) -> None:
    assert SAVED_WITHIN_MS <= MOST_LOST_MS
    screen.press(Qt.Key.Key_F3)
    QTest.keyClicks(screen.entry.field, "Uro ved")
    qtbot.waitUntil(lambda: screen.texts()[-1] == "Uro ved")


def test_leaving_the_page_stores_at_once(screen: Screen) -> None:
    screen.press(Qt.Key.Key_F3)
    QTest.keyClicks(screen.entry.field, "Uro")
    screen.entry.leave()
    assert screen.texts()[-1] == "Uro"
    assert screen.entry.field.text() == "Uro"


def test_a_click_elsewhere_stores_at_once_and_the_text_stays(screen: Screen) -> None:
    screen.press(Qt.Key.Key_F3)
    QTest.keyClicks(screen.entry.field, "Uro")
    screen.button.setFocus()
    assert screen.texts()[-1] == "Uro"
    assert screen.entry.is_writing


def test_a_pasted_book_stays_in_the_field_with_its_error(screen: Screen) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("å" * 100_000)
    screen.press(Qt.Key.Key_F3)
    screen.entry.field.paste()
    screen.press(Qt.Key.Key_Return)
    assert len(screen.entry.field.text()) == 100_000
    assert "100000" in screen.entry.field.accessibleDescription()
    assert screen.entry.field.hasFocus()
    screen.entry.field.selectAll()
    QTest.keyClicks(screen.entry.field, "Kort")
    assert screen.entry.field.accessibleDescription() == ""
    screen.press(Qt.Key.Key_Return)
    assert screen.texts()[-1] == "Kort"


def test_the_keys_can_be_pressed_by_mouse(screen: Screen) -> None:
    first = screen.entry.hints.findChildren(KeyHint)[0]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert screen.entry.field.placeholderText() == "Læringspunkt"
    assert screen.entry.field.hasFocus()


def test_in_the_debrief_a_reminder_stands_above(make_screen: MakeScreen) -> None:
    screen = make_screen(roomy=True)
    words = [label.text() for label in screen.entry.findChildren(Label)]
    assert "Ikke skriv pasientopplysninger eller navn på deltakere." in words


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("roomy", [True, False])
def test_nothing_is_cut_and_everything_has_a_name(
    make_screen: MakeScreen, look: Look, lang: str, scale: float, roomy: bool
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    screen = make_screen(lang, roomy=roomy)
    screen.button.setAccessibleName("Pause")
    assert cut_texts(screen.window) == []
    assert nameless(screen.window) == []
    screen.press(Qt.Key.Key_F7)
    assert cut_texts(screen.window) == []


def test_all_keys_are_explained(texts: Texts) -> None:
    assert [key.key for key in note_keys(texts)] == ["F2", "F3", "F4", "F5", "F7", "Enter"]
