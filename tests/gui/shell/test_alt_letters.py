"""Alt and a letter: each action of heads and feet has one, and it works while the action is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.fakes.office import make_office
from tests.gui.opening import open_app
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.page import Page
from trainer_app.ui.shell.places import ICONS
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button, by_letter
from trainer_app.ui.widgets.confirm import Confirm

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class LetterPage(Page):
    """Three actions and a field; remembers what was pressed."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "I dag")
        self.pressed: list[str] = []
        self.field = QLineEdit()
        self.buttons = [Button(look, words) for words in ("Lagre CSV", "Lagre PDF", "Lukk")]
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        for button in self.buttons:
            button.clicked.connect(lambda _=False, each=button: self.pressed.append(each.text()))
            column.addWidget(button)
        by_letter(*self.buttons)

    @property
    def letters(self) -> list[str]:
        return [button.letter for button in self.buttons]

    def first_focus(self) -> QLineEdit:
        return self.field


@pytest.fixture
def page(look: Look) -> LetterPage:
    return LetterPage(look)


@pytest.fixture
def window(qtbot: QtBot, look: Look, nb: Texts, page: LetterPage) -> Window:
    made = Window(look, nb)
    qtbot.addWidget(made)
    makers = {"today": lambda: page, "plan": lambda: LetterPage(look)}
    made.show_pages(nb, makers, Target(place="today"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def press(letter: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key(ord(letter)), ALT)


def test_two_that_begin_alike_are_pressed_by_different_letters(
    qtbot: QtBot, window: Window, page: LetterPage
) -> None:
    assert page.letters == ["L", "P", "U"]
    press("P")
    qtbot.waitUntil(lambda: page.pressed == ["Lagre PDF"])
    assert page.buttons[1].hasFocus()
    press("L")
    qtbot.waitUntil(lambda: page.pressed == ["Lagre PDF", "Lagre CSV"])
    assert page.field.text() == ""


def test_words_that_change_move_no_other_letter(qtbot: QtBot, window: Window, page: LetterPage) -> None:
    page.buttons[0].set_words("Hent CSV")
    assert page.letters == ["H", "P", "U"]
    page.buttons[1].set_words("Hjelp")
    assert page.letters == ["H", "P", "U"]
    press("H")
    qtbot.waitUntil(lambda: page.pressed == ["Hent CSV"])


def test_what_is_hidden_leaves_its_letter_to_what_is_seen(
    qtbot: QtBot, window: Window, page: LetterPage
) -> None:
    page.buttons[0].hide()
    page.buttons[2].set_words("Les")
    page.buttons[0].show()
    assert page.letters == ["C", "P", "L"]
    press("L")
    qtbot.waitUntil(lambda: page.pressed == ["Les"])


def test_another_page_begins_anew_and_its_letters_press_no_button_of_the_first(
    qtbot: QtBot, window: Window, page: LetterPage
) -> None:
    window.go(Target(place="plan"))
    other = window.pages["plan"]
    assert isinstance(other, LetterPage)
    assert other.letters == ["L", "P", "U"]
    press("L")
    qtbot.waitUntil(lambda: other.pressed == ["Lagre CSV"])
    assert page.pressed == []


def test_nothing_is_pressed_while_the_screen_is_locked(
    qtbot: QtBot, window: Window, page: LetterPage
) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    for letter in page.letters:
        press(letter)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    press("P")
    qtbot.waitUntil(lambda: bool(page.pressed))
    assert page.pressed == ["Lagre PDF"]


def test_a_dialog_in_front_has_the_letters_for_itself(
    qtbot: QtBot, window: Window, page: LetterPage, look: Look
) -> None:
    dialog = Confirm(look, "Slette filmen?", "Den er borte for godt.", "Slett", "Lukk", window)
    dialog.open()
    press("P")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    assert (dialog.no.letter, dialog.yes.letter) == ("L", "S")
    press("P")
    press("L")
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert page.pressed == []
    assert dialog.result() == 0


def test_letters_are_underlined_while_alt_is_held(window: Window, page: LetterPage) -> None:
    handle, button = window.windowHandle(), page.buttons[0]
    plain = button.grab().toImage()
    QTest.keyPress(handle, Qt.Key.Key_Alt, ALT)
    assert button.grab().toImage() != plain
    QTest.keyRelease(handle, Qt.Key.Key_Alt)
    assert button.grab().toImage() == plain
    QTest.keyPress(handle, Qt.Key.Key_Alt, ALT | CTRL)  # AltGr, as for @
    assert button.grab().toImage() == plain
    QTest.keyRelease(handle, Qt.Key.Key_Alt)


def test_a_screen_reader_hears_the_letter(window: Window, page: LetterPage) -> None:
    heard = QAccessible.queryAccessibleInterface(page.buttons[1])
    assert heard is not None
    assert heard.text(QAccessible.Text.Help) == "Alt+P"


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_on_every_page_all_of_them_have_letters_of_their_own(
    qtbot: QtBot, look: Look, example_stored: SqlRepositories, tmp_path: Path, lang: str
) -> None:
    app = open_app(qtbot, look, make_office(example_stored, tmp_path, lang=lang))
    counts = {}
    for place in ICONS:
        app.office.go(Target(place=place))
        seen = [each for each in app.window.findChildren(Button) if each.isVisible()]
        letters = [each.letter for each in seen if not each.shortcut().isEmpty()]
        assert len(set(letters)) == len(letters), place
        counts[place] = len(letters)
    assert counts == {
        "today": 3,
        "plan": 2,
        "session": 0,
        "kit": 3,
        "library": 1,
        "reports": 3,
        "settings": 0,
    }
    app.window.close()
