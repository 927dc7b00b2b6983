"""Asks before something is done that cannot be undone; the safe answer has the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.label import Label


class Confirm(Dialog):
    """A question with two answers, the verb in both. ``accepted`` is the dangerous one."""

    def __init__(
        self, look: Look, title: str, cause: str, yes: str, no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 20), 12)
        column.addWidget(Label(look, title, "heading", wrap=True))
        words = Label(look, cause, wrap=True)
        FixedSize(look, words, width=420)
        column.addWidget(words)
        self.no = Button(look, no)
        self.yes = Button(look, yes, Kind.DANGER)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        by_letter(self.no, self.yes)
        row = QHBoxLayout()
        Spacing(look, row, (0, 8, 0, 0), 8)
        row.addStretch(1)
        for button in (self.no, self.yes):
            row.addWidget(button)
        column.addLayout(row)
        self.no.setDefault(True)
        self.no.setFocus()
