"""The fields of a suitcase: a new one, or one that gets another name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.shown import Choice, KitForm, KitFormChoices
from trainer_app.ui.kit.side_panel import SidePanel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.fields import ComboBox, Field, LineEdit

_MOST_HEADSETS, _MOST_DAYS = 99, 730


class FormPanel(SidePanel):
    """Edits a suitcase.

    Signals:
        saved: what was typed.
    """

    saved = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, texts("kit.form.new"), parent)
        self._texts = texts
        self._form = KitForm(kit_id=None)
        self.label, self.location, self.asset_no = LineEdit(look), LineEdit(look), LineEdit(look)
        self.department, self.responsible = ComboBox(look), ComboBox(look)
        self.headsets, self.interval = QSpinBox(), QSpinBox()
        self.headsets.setRange(1, _MOST_HEADSETS)
        self.interval.setRange(1, _MOST_DAYS)
        self.fields: dict[str, Field] = {}
        for name, control in (
            ("label", self.label),
            ("department", self.department),
            ("responsible", self.responsible),
            ("location", self.location),
            ("asset_no", self.asset_no),
            ("headsets", self.headsets),
            ("interval", self.interval),
        ):
            self.fields[name] = Field(look, texts(f"kit.form.{name}"), control)
            if isinstance(control, QSpinBox):
                control.lineEdit().setAccessibleName(control.accessibleName())
                control.lineEdit().setTextMargins(8, 0, 0, 0)
            self.body.addWidget(self.fields[name])
        self.body.addStretch(1)
        self._make_foot()

    def show_form(self, form: KitForm, choices: KitFormChoices) -> None:
        """Show a suitcase's fields; the keyboard goes to the name."""
        self._form = form
        key = "kit.form.new" if form.kit_id is None else "kit.form.edit"
        self.set_title(self._texts(key))
        for field in self.fields.values():
            field.set_error("")
        self.label.setText(form.label)
        self.location.setText(form.location)
        self.asset_no.setText(form.asset_no)
        self.headsets.setValue(form.headsets)
        self.interval.setValue(form.interval_days)
        _fill(self.department, choices.departments, form.department)
        _fill(self.responsible, choices.people, form.responsible)
        self._form = self._filled_in()  # a list without the one that was chosen shows its first
        self.label.setFocus(Qt.FocusReason.OtherFocusReason)
        self.label.selectAll()

    def first(self) -> QWidget:
        """The name."""
        return self.label

    def show_error(self, name: str, words: str) -> None:
        """Say beside a field what is wrong with it; the keyboard goes there."""
        self.fields[name].set_error(words)
        self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ctrl+S."""
        for field in self.fields.values():
            field.set_error("")
        self.saved.emit(self._filled_in())

    def unfinished(self) -> list[str]:
        """The fields that hold something else than when they were shown."""
        shown = (
            (self.label, self._form.label),
            (self.location, self._form.location),
            (self.asset_no, self._form.asset_no),
        )
        texts = list(typed(*(line for line, text in shown if line.text() != text)))
        is_changed = self._filled_in() != self._form
        return texts or ([self.title.text()] if is_changed else [])

    def _filled_in(self) -> KitForm:
        return replace(
            self._form,
            label=self.label.text(),
            location=self.location.text(),
            asset_no=self.asset_no.text(),
            headsets=self.headsets.value(),
            interval_days=self.interval.value(),
            department=str(self.department.currentData() or ""),
            responsible=str(self.responsible.currentData() or ""),
        )

    def _make_foot(self) -> None:
        save = Button(self.look, self._texts("kit.form.save"), Kind.PRIMARY)
        save.clicked.connect(self.save)
        cancel = Button(self.look, self._texts("kit.panel.cancel"), Kind.QUIET)
        cancel.clicked.connect(self.closed)
        by_letter(save, cancel)
        self.foot.addWidget(save)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)


def _fill(box: ComboBox, choices: Sequence[Choice], chosen: str) -> None:
    box.clear()
    for choice in choices:
        box.addItem(choice.words, choice.key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
