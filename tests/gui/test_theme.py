"""Fonts, icons and style sheet as Qt takes them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.theme.fonts import install_fonts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.fields import Field, LineEdit


class _Switch(QObject):
    switched = Signal(bool)


def test_emitting_true_does_not_use_it_up(qapp: object) -> None:
    """PySide6 6.12.0 loses a reference at every emit on CPython 3.11, until the process dies."""
    switch, heard = _Switch(), []
    switch.switched.connect(lambda on: heard.append(on))
    before = sys.getrefcount(True)
    for _ in range(200):
        switch.switched.emit(True)
    heard.clear()
    assert sys.getrefcount(True) > before - 50


def test_the_first_family_is_one_of_ours(qapp: object) -> None:
    assert install_fonts()[0] in {"Segoe UI Variable Text", "Segoe UI", "Inter"}


def test_digits_of_timers_do_not_jump(look: Look) -> None:
    metrics = QFontMetricsF(look.font("timer-s", tabular=True))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("name", ["house", "house-fill", "check-bold", "link-break", "battery-charging"])
def test_icons_are_drawn_in_the_middle_of_their_box(look: Look, name: str) -> None:
    image = QImage(QSize(64, 64), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    look.icons.paint(painter, name, QRectF(0, 0, 64, 64), QColor("black"))
    painter.end()
    rows = [y for y in range(64) if any(image.pixelColor(x, y).alpha() > 100 for x in range(64))]
    assert rows
    assert rows[0] >= 2
    assert rows[-1] <= 61
    assert abs((rows[0] + rows[-1]) / 2 - 31.5) <= 4


def test_stock_widgets_get_icons_in_the_tokens_colour(look: Look) -> None:
    icon = look.icons.icon("plus", look.colour("text"), look.colour("text_disabled"))
    assert not icon.pixmap(QSize(20, 20)).isNull()


def test_stock_widgets_follow_the_theme(qtbot: QtBot, look: Look) -> None:
    look.set_theme(Theme(ThemeName.DARK))
    button, field = QPushButton("Avbryt"), QLineEdit()
    for widget in (button, field):
        qtbot.addWidget(widget)
        widget.resize(120, 36)
        raised = QColor(look.theme.palette.surface_raised.hex)
        assert render(widget).pixelColor(10, 18) == raised


def test_controls_are_as_high_as_the_tokens_say(qtbot: QtBot, look: Look) -> None:
    for scale, height in ((1.0, 36), (1.25, 45), (2.0, 72)):
        look.set_theme(Theme(ThemeName.LIGHT, scale))
        button, field = QPushButton("Avbryt"), QLineEdit()
        for widget in (button, field):
            qtbot.addWidget(widget)
            widget.ensurePolished()
            assert abs(widget.sizeHint().height() - height) <= 2, scale


def test_a_field_shows_and_forgets_its_error(qtbot: QtBot, look: Look) -> None:
    line = LineEdit(look, "12.30")
    field = Field(look, "Slutt", line)
    qtbot.addWidget(field)
    field.resize(160, 110)
    field.set_error("Slutt er før start. Velg etter 13.00.")
    assert line.accessibleName() == "Slutt"
    assert line.accessibleDescription() == "Slutt er før start. Velg etter 13.00."
    render(field)
    wrong = render(line).pixelColor(60, 1)
    assert wrong == QColor(look.theme.palette.danger_ink.hex)
    field.set_error("")
    assert (field.error(), line.text()) == ("", "12.30")
    assert render(line).pixelColor(60, 1) != wrong


def test_a_new_look_is_told_once(qtbot: QtBot, look: Look) -> None:
    with qtbot.waitSignal(look.changed, timeout=500):
        look.set_theme(Theme(ThemeName.DARK))
    with qtbot.assertNotEmitted(look.changed):
        look.set_theme(Theme(ThemeName.DARK))
