"""F1: the keys of the page that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.label import Label


class KeySheet(QDialog):
    """Keys and what they do, of the page and everywhere."""

    def __init__(
        self, look: Look, texts: Texts, title: str, keys: Sequence[KeyHelp], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts("shell.keys.title", page=title))
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 12)
        column.addWidget(Label(look, texts("shell.keys.title", page=title), "heading"))
        column.addLayout(_grid(look, keys))
        close = Button(look, texts("shell.keys.close"), kind=Kind.PRIMARY)
        close.clicked.connect(self.accept)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)


def _grid(look: Look, keys: Sequence[KeyHelp]) -> QGridLayout:
    grid = QGridLayout()
    Spacing(look, grid, (0, 0, 0, 0), 8)
    grid.setHorizontalSpacing(look.px(24))
    for row, each in enumerate(keys):
        grid.addWidget(Label(look, each.key, "body-strong"), row, 0)
        grid.addWidget(Label(look, each.does), row, 1)
    return grid
