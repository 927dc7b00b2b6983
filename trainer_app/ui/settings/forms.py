"""Parts of the settings' forms: fields by name, with errors beside them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from trainer_app.domain.people import Profession
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.choice_box import ChoiceBox
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label

SHORT_NAME = 200
"""Width of a field for two or three letters, with room for the example in it."""


class Fields(dict[str, Field]):
    """Fields by the names that errors know them by, in the order they stand in."""

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Say what is wrong; the keyboard goes to the first wrong field. True: there is one."""
        for name, field in self.items():
            field.set_error(errors.get(name, ""))
        wrong = next((field for name, field in self.items() if name in errors), None)
        if wrong is not None:
            wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is not None


def line_edit(look: Look) -> LineEdit:
    """A line for a name."""
    return LineEdit(look)


def professions(look: Look, texts: Texts) -> ChoiceBox:
    """All professions, and none to begin with: a wrong one would count in the reports."""
    box = ChoiceBox(look)
    choices = [Choice(one.value, texts(f"person.profession.{one.value}")) for one in Profession]
    box.show_choices(choices, "")
    box.setPlaceholderText(texts("person.profession_choose"))
    return box


def number_box(smallest: int, largest: int, value: int) -> QSpinBox:
    """A small whole number."""
    box = QSpinBox()
    box.setRange(smallest, largest)
    box.setValue(value)
    box.lineEdit().setTextMargins(8, 0, 0, 0)
    return box


def labelled(look: Look, words: str, control: QWidget) -> QVBoxLayout:
    """A control that names itself, with its label above it, as wide as it wants to be."""
    column = QVBoxLayout()
    Spacing(look, column, gap=4)
    column.addWidget(Label(look, words, "small", "text_muted"))
    column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    return column


class AddForm(QWidget):
    """Fields that add something, hidden until somebody wants them.

    Signals:
        wanted: add what is typed.
        cancelled: put the fields away.
    """

    wanted = Signal()
    cancelled = Signal()

    def __init__(
        self, look: Look, texts: Texts, fields: Fields, add: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fields = fields
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 4, 0, 0), 8)
        for field in fields.values():
            column.addWidget(field)
        self.add = Button(look, add)
        self.cancel = Button(look, texts("settings.cancel"), Kind.QUIET)
        row = QHBoxLayout()
        Spacing(look, row, (0, 4, 0, 0), 8)
        row.addWidget(self.add)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.add.clicked.connect(self.wanted)
        self.cancel.clicked.connect(self.cancelled)
        for field in fields.values():
            if isinstance(field.control, LineEdit):
                field.control.returnPressed.connect(self.wanted)
        self.hide()

    def open(self) -> None:
        """Show the fields, empty; the keyboard goes to the first."""
        for field in self.fields.values():
            field.set_error("")
            if isinstance(field.control, LineEdit):
                field.control.clear()
            elif isinstance(field.control, ChoiceBox):
                field.control.choose("")
        self.show()
        next(iter(self.fields.values())).control.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> list[str]:
        """What was typed and not added."""
        if self.isHidden():
            return []
        controls = (field.control for field in self.fields.values())
        return list(typed(*(control for control in controls if isinstance(control, LineEdit))))
