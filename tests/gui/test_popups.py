"""What opens above a page: it has a ground of its own, and nothing in it is cut."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.plan.panel_words import Option
from trainer_app.ui.plan.people_picker import PeoplePicker
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.date_edit import DateEdit


@pytest.fixture
def opened(qtbot: QtBot, bare_look: Look) -> DateEdit:
    """A date field with its calendar open at a month of six weeks."""
    field = DateEdit(bare_look, "Velg dag", "nb")
    Dressed(bare_look, field)
    qtbot.addWidget(field)
    field.show_day(date(2026, 8, 25))
    field.show()
    return field


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_a_calendar_shows_every_weekday_and_six_weeks(
    opened: DateEdit, bare_look: Look, scale: float
) -> None:
    bare_look.set_theme(Theme(ThemeName.LIGHT, scale))
    opened.open_calendar()
    assert opened.popup is not None
    render(opened.popup)
    table = opened.popup.calendar.findChild(QTableView)
    assert table is not None
    font = bare_look.font("small", tabular=True)
    for column in range(1, 8):
        words = table.model().index(0, column).data()
        assert QFontMetrics(font).horizontalAdvance(words) <= table.columnWidth(column), words
    last = table.visualRect(table.model().index(6, 7))
    assert table.viewport().rect().contains(last)
    opened.popup.close()


def test_the_names_that_are_proposed_lie_on_a_ground(qtbot: QtBot, bare_look: Look) -> None:
    picker = PeoplePicker(bare_look, Texts("nb"), lambda _name, _profession, _done: "", lambda _name: "")
    qtbot.addWidget(picker)
    picker.show_people([Option(value="1", words="Amira Tenktvik")], [])
    picker.show()
    qtbot.keyClicks(picker.line, "a")
    completer = picker.line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    image = render(popup)
    below = image.pixelColor(image.width() // 2, image.height() - 4)
    assert below == QColor(bare_look.theme.palette.surface_raised.hex)
    popup.close()
