"""The focus ring follows the keyboard, not the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.theme.focus_ring import FocusRing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.fields import LineEdit


class _Window(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.first, self.second, self.text = Button(look, "Én"), Button(look, "To"), LineEdit(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        for each in (self.first, self.second, self.text):
            layout.addWidget(each)
        self.ring = FocusRing(self, look)


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> _Window:
    made = _Window(look)
    qtbot.addWidget(made)
    made.resize(200, 220)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_the_ring_follows_tab(qtbot: QtBot, window: _Window) -> None:
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.ring.target() is window.first
    qtbot.keyClick(window.first, Qt.Key.Key_Tab)
    assert window.ring.target() is window.second


def test_a_mouse_brings_no_ring_but_in_text(qtbot: QtBot, window: _Window) -> None:
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.mouseClick(window.text, Qt.MouseButton.LeftButton)
    assert window.ring.target() is window.text


def test_a_button_with_the_keyboard_draws_no_frame_of_its_own(window: _Window, look: Look) -> None:
    window.setStyleSheet(look.sheet)
    window.first.set_kind(Kind.QUIET)
    window.second.setFocus(Qt.FocusReason.TabFocusReason)
    before = render(window.first)
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # what Qt notes of a Tab
    assert render(window.first) == before


def test_the_ring_lies_two_pixels_outside(window: _Window, look: Look) -> None:
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    box = window.first.geometry()
    image = render(window)
    focus = QColor(look.theme.palette.focus.hex)
    middle = box.center().y()
    assert image.pixelColor(box.left() - 3, middle) == focus
    assert image.pixelColor(box.left() - 1, middle) != focus


def test_the_ring_lets_the_mouse_through(qtbot: QtBot, window: _Window) -> None:
    window.ring.raise_()
    assert window.childAt(window.first.geometry().center()) is window.first


def test_the_ring_moves_with_its_widget(window: _Window, look: Look) -> None:
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    window.resize(200, 420)
    box = window.first.geometry()
    image = render(window)
    assert image.pixelColor(box.left() - 3, box.center().y()) == QColor(look.theme.palette.focus.hex)


def test_a_page_that_is_turned_to_gets_no_ring(window: _Window) -> None:
    page = QWidget(window)
    page.show()
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    assert page.hasFocus()
    assert window.ring.target() is None
