"""Breaking a session off: cannot be undone, so it is asked; the reason is neutral and about nobody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.sessions import AbortReason
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.choices import RadioButton
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.label import Label


class AbortDialog(Dialog):
    """Asks for the reason.

    Signals:
        reason_given: the session is to be broken off for this reason.
    """

    reason_given = Signal(AbortReason)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setWindowTitle(texts("run.abort.title"))
        self.reasons = {
            reason: RadioButton(look, texts(f"run.abort.reason.{reason.value}")) for reason in AbortReason
        }
        self.stay = Button(look, texts("run.end.stay"))
        self.abort = Button(look, texts("run.abort.button"), Kind.DANGER)
        self.abort.setEnabled(False)
        self._why_not = Label(look, texts("run.abort.choose"), "small", "text_muted")
        self._lay_out(look, texts)
        self._connect()
        self.stay.setFocus()

    def _lay_out(self, look: Look, texts: Texts) -> None:
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 8)
        column.addWidget(Label(look, texts("run.abort.title"), "heading"))
        column.addWidget(Label(look, texts("run.abort.text"), wrap=True))
        for reason in self.reasons.values():
            column.addWidget(reason)
        row = QHBoxLayout()
        Spacing(look, row, (0, 8, 0, 0), 8)
        row.addWidget(self.stay)
        row.addStretch(1)
        row.addWidget(self._why_not)
        row.addWidget(self.abort)
        column.addLayout(row)

    def _connect(self) -> None:
        for button in self.reasons.values():
            button.toggled.connect(self._on_chosen)
        self.stay.clicked.connect(self.reject)
        self.abort.clicked.connect(self._on_abort)
        by_letter(self.stay, self.abort)

    def _on_chosen(self) -> None:
        self.abort.setEnabled(True)
        self._why_not.hide()

    def _on_abort(self) -> None:
        chosen = next(reason for reason, button in self.reasons.items() if button.isChecked())
        self.accept()
        self.reason_given.emit(chosen)
