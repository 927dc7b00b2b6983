"""The phases of a session with their minutes; optional ones can be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_app.domain.phases import PhaseCode
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.form import PhaseLine
from trainer_app.ui.plan.parts import IconLine
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.choices import CheckBox
from trainer_app.ui.widgets.fields import LineEdit
from trainer_app.ui.widgets.label import Label

_MINUTES_WIDTH = 60


class PhaseList(QWidget):
    """A row for each phase, their sum below.

    Signals:
        minutes_typed: phase, text.
        included: phase, whether it is held.
        proposal_wanted: the proposal instead of what was changed.
    """

    minutes_typed = Signal(object, str)
    included = Signal(object, bool)
    proposal_wanted = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._codes: tuple[PhaseCode, ...] = ()
        self.minutes: dict[PhaseCode, LineEdit] = {}
        self.checks: dict[PhaseCode, CheckBox] = {}
        self._grid_holder: QWidget | None = None
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, gap=8)
        self._error = Label(look, "", "micro", "danger_ink", weight=400, wrap=True)
        self._error.hide()
        self.sum = IconLine(look, "clock")
        self.proposal = Button(look, texts("plan.phases.propose"), Kind.QUIET, scale=Scale.ROW)
        self.proposal.clicked.connect(self.proposal_wanted)
        self._column.addWidget(self._error)
        self._column.addWidget(self.sum)
        self._column.addWidget(self.proposal, 0, Qt.AlignmentFlag.AlignLeft)

    def show_phases(
        self,
        lines: Sequence[PhaseLine],
        names: Mapping[PhaseCode, str],
        errors: Mapping[str, str],
        *,
        own: bool,
    ) -> None:
        """Show these; rows are made anew only where they are other phases."""
        codes = tuple(line.code for line in lines)
        if codes != self._codes:
            self._codes = codes
            self._lay_out(lines, names)
        wrong = [words for line in lines if (words := errors.get(f"phase.{line.code.value}"))]
        for line in lines:
            self._show_line(line, is_wrong=f"phase.{line.code.value}" in errors)
        self._error.setText(wrong[0] if wrong else "")
        self._error.setVisible(bool(wrong))
        self.proposal.setVisible(own)

    def show_sum(self, words: str, *, fits: bool) -> None:
        """The sum of the minutes, against the time that is booked."""
        self.sum.set_tone(Tone.NEUTRAL if fits else Tone.ATTENTION)
        self.sum.say(words if self._codes else "")

    def _show_line(self, line: PhaseLine, *, is_wrong: bool) -> None:
        edit = self.minutes[line.code]
        if edit.text() != line.minutes:
            edit.setText(line.minutes)
        edit.setEnabled(line.included)
        state = "error" if is_wrong else ""
        if (edit.property("state") or "") != state:
            edit.setProperty("state", state)
            edit.style().unpolish(edit)
            edit.style().polish(edit)
        if line.code in self.checks:
            self.checks[line.code].setChecked(line.included)

    def _lay_out(self, lines: Sequence[PhaseLine], names: Mapping[PhaseCode, str]) -> None:
        if self._grid_holder is not None:
            self._column.removeWidget(self._grid_holder)
            self._grid_holder.hide()
            self._grid_holder.deleteLater()
        self.minutes, self.checks = {}, {}
        self._grid_holder = QWidget()
        grid = QGridLayout(self._grid_holder)
        Spacing(self._look, grid, gap=4)
        grid.setColumnStretch(0, 1)
        for row, line in enumerate(lines):
            self._add_row(grid, row, line, names[line.code])
        self._column.insertWidget(0, self._grid_holder)

    def _add_row(self, grid: QGridLayout, row: int, line: PhaseLine, name: str) -> None:
        grid.addWidget(self._name(line, name), row, 0)
        edit = _MinutesEdit(self._look)
        edit.setAccessibleName(self._texts("plan.phases.minutes_of", phase=name))
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.textEdited.connect(lambda text, code=line.code: self.minutes_typed.emit(code, text))
        FixedSize(self._look, edit, width=_MINUTES_WIDTH)
        self.minutes[line.code] = edit
        grid.addWidget(edit, row, 1)
        grid.addWidget(Label(self._look, self._texts("plan.phases.min"), "small", "text_muted"), row, 2)

    def _name(self, line: PhaseLine, name: str) -> QWidget:
        """Of an optional phase, its words can be ticked."""
        holder = QWidget()
        layout = QHBoxLayout(holder)
        if line.required:
            Spacing(self._look, layout, (30, 0, 0, 0))
            layout.addWidget(Label(self._look, name, "body", wrap=True))
            return holder
        Spacing(self._look, layout)
        check = CheckBox(self._look, name)
        check.clicked.connect(lambda on, code=line.code: self.included.emit(code, on))
        self.checks[line.code] = check
        layout.addWidget(check)
        return holder


class _MinutesEdit(LineEdit):
    """The sign of an error would hide the figures; its outline is enough, the words stand below the rows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box and text."""
        QLineEdit.paintEvent(self, event)
