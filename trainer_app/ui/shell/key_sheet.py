"""F1: the keys of the page that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_IN_A_COLUMN = 14
"""More keys than these stand in two columns."""

_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})

_EDGE = 48
"""Of the window, left free round the sheet, pixels."""


class KeySheet(Dialog):
    """Keys and what they do, of the page and everywhere; never larger than the window it belongs to."""

    def __init__(
        self, look: Look, texts: Texts, title: str, keys: Sequence[KeyHelp], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.setWindowTitle(texts("shell.keys.title", page=title))
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 12)
        column.addWidget(Label(look, texts("shell.keys.title", page=title), "heading"))
        self._keys = _grid(look, keys)
        self._area = scrolling(self._keys)
        column.addWidget(self._area, 1)
        close = Button(look, texts("shell.keys.close"), kind=Kind.PRIMARY)
        close.clicked.connect(self.accept)
        by_letter(close)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        self.resize(self.sizeHint())  # by itself Qt gives it no more than two thirds of the screen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move through the list reach it, whatever has the keyboard."""
        if event.key() in _MOVES:
            QApplication.sendEvent(self._area.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """All of it, as far as there is room; the rest is scrolled to."""
        around = super().sizeHint() - self._area.sizeHint()
        bar = self.style().pixelMetric(self.style().PixelMetric.PM_ScrollBarExtent)
        whole = self._keys.sizeHint() + around + QSize(bar, 2)
        window = self.parentWidget()
        if window is None:
            return whole
        return whole.boundedTo(window.window().size() - QSize(_EDGE, _EDGE))


def _grid(look: Look, keys: Sequence[KeyHelp]) -> QWidget:
    inside = QWidget()
    grid = QGridLayout(inside)
    Spacing(look, grid, (0, 0, 0, 0), 8)
    grid.setHorizontalSpacing(look.px(24))
    rows = len(keys) if len(keys) <= _IN_A_COLUMN else (len(keys) + 1) // 2
    for place, each in enumerate(keys):
        row, column = place % rows, place // rows * 2
        grid.addWidget(Label(look, each.key, "body-strong"), row, column)
        grid.addWidget(Label(look, each.does), row, column + 1)
    grid.setRowStretch(rows, 1)
    return inside
