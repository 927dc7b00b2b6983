"""Asks before a session is cancelled: that cannot be undone, and somebody has to have said why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.entering import Told
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label

_WIDTH = 440


class CancelDialog(Dialog):
    """The safe choice stands to the left and has the keyboard.

    ``cancel`` gets the reason, and who hears later what kept it from being saved, or nothing; it returns what
    is wrong with the reason, or nothing. The dialog stays until the session is cancelled, or it is put away.
    """

    def __init__(
        self,
        look: Look,
        texts: Texts,
        cancel: Callable[[str, Told], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._do = cancel
        self._is_open, self._is_saving = True, False
        self.finished.connect(self._on_closed)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("plan.cancel.title"))
        self.reason = LineEdit(look)
        self.field = Field(look, texts("plan.cancel.reason"), self.reason)
        self.keep = Button(look, texts("plan.cancel.keep"))
        self.cancel = Button(look, texts("plan.cancel.do"), Kind.DANGER)
        self.keep.clicked.connect(self.reject)
        self.cancel.clicked.connect(self._on_cancel)
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 12)
        column.addWidget(Label(look, texts("plan.cancel.title"), "heading"))
        sentence = Label(look, texts("plan.cancel.sentence"), wrap=True)
        FixedSize(look, sentence, width=_WIDTH - 48)
        column.addWidget(sentence)
        column.addWidget(Label(look, texts("plan.free_text"), "small", "text_muted", wrap=True))
        column.addWidget(self.field)
        row = QHBoxLayout()
        Spacing(look, row, gap=8)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        column.addLayout(row)
        for button in (self.keep, self.cancel):
            button.setAutoDefault(False)
        by_letter(self.keep, self.cancel)
        self.keep.setFocus()

    def _on_cancel(self) -> None:
        if self._is_saving:
            return
        self._is_saving = True
        wrong = self._do(self.reason.text(), self._on_told)
        if wrong:
            self._on_told(wrong)

    def _on_closed(self) -> None:
        self._is_open = False

    def _on_told(self, wrong: str) -> bool:
        """Whoever has put the dialog away meanwhile is not asked again."""
        self._is_saving = False
        if not self._is_open:
            return False
        self.field.set_error(wrong)
        if wrong:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.accept()
        return True
