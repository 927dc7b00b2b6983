"""The keys that work on every page: each is pressed, and reaches the page or the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.gui.painting import cut_texts
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.shell.key_sheet import KeySheet
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.date_edit import DateEdit

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Part(QWidget):
    """A part of the page with one button."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.button = QPushButton(name)
        QVBoxLayout(self).addWidget(self.button)


class ListeningPage(Page):
    """Remembers which keys have reached it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "I dag")
        self.heard: list[str] = []
        self.parts = [Part("head"), Part("middle"), Part("foot")]
        column = QVBoxLayout(self)
        for part in self.parts:
            column.addWidget(part)

    def first_focus(self) -> QWidget:
        return self.parts[0].button

    def regions(self) -> Sequence[QWidget]:
        return self.parts

    def search(self) -> None:
        self.heard.append("search")

    def print(self) -> None:
        self.heard.append("print")

    def save(self) -> None:
        self.heard.append("save")

    def escape(self) -> None:
        self.heard.append("escape")


@pytest.fixture
def page(look: Look) -> ListeningPage:
    return ListeningPage(look)


@pytest.fixture
def window(qtbot: QtBot, look: Look, nb: Texts, page: ListeningPage) -> Window:
    made = Window(look, nb)
    qtbot.addWidget(made)
    made.show_pages(nb, {"today": lambda: page}, Target(place="today"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize(
    ("key", "modifier", "heard"),
    [
        (Qt.Key.Key_F, CTRL, "search"),
        (Qt.Key.Key_P, CTRL, "print"),
        (Qt.Key.Key_S, CTRL, "save"),
        (Qt.Key.Key_Escape, NONE, "escape"),
    ],
)
def test_a_key_reaches_the_page_but_not_while_the_screen_is_locked(
    window: Window, page: ListeningPage, key: Qt.Key, modifier: Qt.KeyboardModifier, heard: str
) -> None:
    QTest.keyClick(window, key, modifier)
    assert page.heard == [heard]
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    assert window.lock.is_locked
    assert not page.isVisible()
    QTest.keyClick(window, key, modifier)
    assert page.heard == [heard]
    assert window.lock.is_locked is (key != Qt.Key.Key_Escape)


def test_locking_gives_the_keyboard_back_where_it_was(window: Window, page: ListeningPage) -> None:
    page.parts[1].button.setFocus()
    for said in ("Skjermen er låst. Ctrl+L låser opp.", "Skjermen er låst opp."):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_L, CTRL)
        assert window.lock.said == said
    assert not window.lock.is_locked
    assert page.parts[1].button.hasFocus()
    assert window.windowTitle() == "I dag – SimKoffert"


def _repeat(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """The key is still held down: the keyboard sends it once more."""
    QTest.simulateEvent(widget, True, key, modifier, "", True)


def test_a_key_that_is_held_does_not_show_again_what_it_has_hidden(
    window: Window, page: ListeningPage
) -> None:
    QTest.keyPress(window, Qt.Key.Key_L, CTRL)
    _repeat(QApplication.focusWidget() or window, Qt.Key.Key_L, CTRL)
    assert window.lock.is_locked
    QTest.keyPress(window, Qt.Key.Key_F11)
    _repeat(window, Qt.Key.Key_F11, NONE)
    assert window.isFullScreen()


def _open_menu(page: ListeningPage) -> QWidget:
    menu = QMenu(page)
    menu.addMenu("Kari Eksempelsen").addAction("Fasilitator")
    menu.popup(page.mapToGlobal(page.rect().center()))
    return menu


def _open_list(page: ListeningPage) -> QWidget:
    box = QComboBox(page)
    box.addItems(["Kari Eksempelsen", "Ola Dikt"])
    box.show()
    box.showPopup()
    return box.view()


def _open_calendar(page: ListeningPage) -> QWidget:
    edit = DateEdit(page.look, "Kalender", "nb", page)
    edit.show()
    edit.open_calendar()
    assert edit.popup is not None
    return edit.popup


@pytest.mark.parametrize("system_focus", ["window", "popup"])
@pytest.mark.parametrize("opened", [_open_menu, _open_list, _open_calendar])
def test_what_lies_over_the_page_is_hidden_as_well(
    window: Window, page: ListeningPage, opened: Callable[[ListeningPage], QWidget], system_focus: str
) -> None:
    over = opened(page)
    assert over.isVisible()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    # As the system sends it: to the window, and Qt sees to it that the popup has the keys.
    QTest.keyPress((window if system_focus == "window" else popup).windowHandle(), Qt.Key.Key_L, CTRL)
    assert window.lock.is_locked
    assert QApplication.activePopupWidget() is None
    assert not (isValid(over) and over.isVisible())
    _repeat(window, Qt.Key.Key_L, CTRL)
    assert window.lock.is_locked


def test_full_screen_comes_and_goes(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_f6_goes_through_the_parts_of_a_page_and_the_rail(window: Window, page: ListeningPage) -> None:
    walked = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        walked.append(next((at for at, part in enumerate(page.parts) if part.button is focus), "rail"))
    assert walked == [1, 2, "rail", 0]


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_many_keys_fit_into_the_window(
    window: Window, look: Look, nb: Texts, qtbot: QtBot, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    keys = [KeyHelp("Ctrl+PgUp Ctrl+PgDn", "Forrige og neste fase")] * 36
    sheet = KeySheet(look, nb, "Gjennomføring", keys, window)
    qtbot.addWidget(sheet)
    sheet.show()
    QApplication.processEvents()
    assert sheet.height() <= window.height()
    assert sheet.width() <= window.width()
    assert cut_texts(sheet) == []
    area = sheet.findChild(QScrollArea)
    assert area is not None
    inside = area.widget()
    assert inside is not None
    assert inside.sizeHint().width() <= area.viewport().width()
    for _ in range(8):
        QTest.keyClick(sheet.focusWidget() or sheet, Qt.Key.Key_PageDown)
    bar = area.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert (bar.maximum() > 0) is (scale > 1)
