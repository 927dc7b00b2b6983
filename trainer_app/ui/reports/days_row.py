"""The two fields of days that are chosen one by one, with what is wrong below each."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.reports.periods import End, Typed, day_words
from trainer_app.ui.reports.shown import DaysShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.date_edit import DateEdit
from trainer_app.ui.widgets.fields import Field

_WIDTH = 232


class DaysRow(QWidget):
    """The fields; what is typed counts when one is left, or Enter is pressed.

    Signals:
        typed: both fields, as they stand.
    """

    typed = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._shown: DaysShown | None = None
        self.edits = {end: DateEdit(look, texts("reports.days.calendar"), texts.lang) for end in End}
        self.fields = {
            end: Field(look, texts(f"reports.days.{end.value}"), edit) for end, edit in self.edits.items()
        }
        row = QHBoxLayout(self)
        Spacing(look, row, gap=12)
        for end, field in self.fields.items():
            FixedSize(look, field, width=_WIDTH)
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
            self.edits[end].editingFinished.connect(self._on_typed)
            self.edits[end].day_chosen.connect(partial(self._on_chosen, end))
        row.addStretch(1)

    def show_days(self, shown: DaysShown) -> None:
        """Show the days; a wrong one stays as it was typed and gets the keyboard.

        A day that is being typed is left alone: news of the data are no reason to take it away.
        """
        before, self._shown = self._shown, shown
        for end, words, day in zip(End, (shown.typed.first, shown.typed.last), shown.days, strict=True):
            edit, field = self.edits[end], self.fields[end]
            if edit.text() != words and not (edit.hasFocus() and edit.isModified()):
                edit.setText(words)
            edit.show_day(day)
            wrong = shown.error[1] if shown.error is not None and shown.error[0] is end else ""
            if field.error() != wrong:
                field.set_error(wrong)
        if shown.error is not None and (before is None or before.error != shown.error):
            self.edits[shown.error[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """To the first day."""
        self.edits[End.FIRST].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edits[End.FIRST].selectAll()

    def _on_typed(self) -> None:
        typed = Typed(first=self.edits[End.FIRST].text(), last=self.edits[End.LAST].text())
        for edit in self.edits.values():
            edit.setModified(False)  # what was typed is handed on: from now on the answer counts
        if self._shown is None or typed != self._shown.typed:
            self.typed.emit(typed)

    def _on_chosen(self, end: End, day: date) -> None:
        self.edits[end].setText(day_words(day, self._texts))
        self._on_typed()
