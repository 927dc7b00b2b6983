"""Learning objectives: those of the scenario to tick, and a line for one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.form import ObjectiveLine
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.choices import CheckBox
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label


class ObjectiveList(QWidget):
    """Ticks, and a line to enter one.

    Signals:
        toggled: place in the list, chosen.
    """

    toggled = Signal(int, bool)

    def __init__(self, look: Look, texts: Texts, add: Callable[[str], str]) -> None:
        super().__init__()
        self._look, self._texts, self._add = look, texts, add
        self._shown: tuple[str, ...] = ()
        self.boxes: list[_WrappedCheck] = []
        self._rows = QVBoxLayout()
        Spacing(look, self._rows, gap=4)
        self.line = LineEdit(look)
        self.line.returnPressed.connect(self._on_add)
        self._field = Field(look, texts("plan.objectives.own"), self.line)
        self._button = Button(look, texts("plan.objectives.add"), scale=Scale.ROW)
        self._button.clicked.connect(self._on_add)
        column = QVBoxLayout(self)
        Spacing(look, column, gap=8)
        column.addLayout(self._rows)
        column.addWidget(self._field)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_objectives(self, lines: Sequence[ObjectiveLine]) -> None:
        """Show these; rows are made anew only where their words are others."""
        words = tuple(line.text for line in lines)
        if words != self._shown:
            self._shown = words
            self._lay_out(lines)
        for box, line in zip(self.boxes, lines, strict=True):
            box.show_checked(line.chosen)

    def error(self) -> str:
        """What is wrong with what was entered."""
        return self._field.error()

    def _lay_out(self, lines: Sequence[ObjectiveLine]) -> None:
        had_focus = any(box.box.hasFocus() for box in self.boxes)
        for box in self.boxes:
            self._rows.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = [_WrappedCheck(self._look, line.text) for line in lines]
        for at, box in enumerate(self.boxes):
            box.box.clicked.connect(lambda checked, at=at: self.toggled.emit(at, checked))
            self._rows.addWidget(box)
        if had_focus:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self) -> None:
        wrong = self._add(self.line.text())
        self._field.set_error(wrong)
        if not wrong:
            self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


class _WrappedCheck(QWidget):
    """A check box whose words may take several lines."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self.box = CheckBox(look, "")
        self.box.setAccessibleName(words)
        row = QHBoxLayout(self)
        Spacing(look, row, gap=2)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        Spacing(look, column, (0, 6, 0, 4))
        column.addWidget(Label(look, words, "small", wrap=True))
        row.addLayout(column, 1)

    def show_checked(self, checked: bool) -> None:
        """Show the tick, without a signal."""
        self.box.setChecked(checked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are part of the target."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
