"""Replacing a file: cannot be undone, so it is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.words import breakable
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.label import Label

_WIDTH = 420


class ReplaceDialog(Dialog):
    """Accepted: the file is to be replaced."""

    def __init__(self, look: Look, texts: Texts, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setWindowTitle(texts("saving.replace.title"))
        self.other_name = Button(look, texts("saving.replace.other_name"))
        self.replace = Button(look, texts("saving.replace.button"), Kind.DANGER)
        words = texts("saving.replace.text", file=file.name, folder=breakable(file.parent))
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 8)
        column.addWidget(Label(look, texts("saving.replace.title"), "heading"))
        column.addWidget(Label(look, words, wrap=True))
        row = QHBoxLayout()
        Spacing(look, row, (0, 8, 0, 0), 8)
        row.addWidget(self.other_name)
        row.addStretch(1)
        row.addWidget(self.replace)
        column.addLayout(row)
        self.setMinimumWidth(look.px(_WIDTH))
        by_letter(self.other_name, self.replace)
        self.other_name.clicked.connect(self.reject)
        self.replace.clicked.connect(self.accept)
        self.other_name.setFocus()
