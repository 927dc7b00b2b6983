"""Closing would lose something that was typed: stay, copy it, or close all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_WIDTH, _LOWEST = 520, 96


class UnsavedDialog(Dialog):
    """Shows what is not stored. Accepted: the window is to close; rejected, the safe answer: it stays.

    Attributes:
        stay: Has the keyboard first.
        copy: Puts all texts on the clipboard.
        close_anyway: Closes without saving.
    """

    def __init__(
        self, look: Look, texts: Texts, unsaved: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.setWindowTitle(texts("unsaved.title"))
        self._texts, self._unsaved = texts, tuple(unsaved)
        self.stay = Button(look, texts("unsaved.stay"))
        self.copy = Button(look, texts("unsaved.copy"))
        self.close_anyway = Button(look, texts("unsaved.close"), Kind.DANGER)
        self._copied = Label(look, "", "small", "text_muted", wrap=True)
        self._copied.hide()
        self._lay_out(look)
        self._connect()
        self.stay.setFocus()

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 8)
        self.setMinimumWidth(look.px(_WIDTH))
        column.addWidget(Label(look, self._texts("unsaved.title"), "heading"))
        column.addWidget(Label(look, self._texts("unsaved.text"), wrap=True))
        column.addWidget(self._list(look), 1)
        column.addWidget(self._copied)
        row = QHBoxLayout()
        Spacing(look, row, (0, 8, 0, 0), 8)
        row.addWidget(self.stay)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.close_anyway)
        column.addLayout(row)

    def _list(self, look: Look) -> QWidget:
        inside = QWidget()
        inside.setAccessibleName(self._texts("unsaved.texts"))
        lines = QVBoxLayout(inside)
        Spacing(look, lines, (0, 8, 0, 8), 8)
        for text in self._unsaved:
            lines.addWidget(Label(look, text, "body-strong", wrap=True))
        lines.addStretch(1)
        area = scrolling(inside)
        area.setMinimumHeight(look.px(_LOWEST))
        return area

    def _connect(self) -> None:
        self.stay.clicked.connect(self.reject)
        self.copy.clicked.connect(self._on_copy)
        self.close_anyway.clicked.connect(self.accept)
        by_letter(self.stay, self.copy, self.close_anyway)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText("\n\n".join(self._unsaved))
        self._copied.setText(self._texts("unsaved.copied"))
        self._copied.show()
