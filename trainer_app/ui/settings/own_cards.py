"""Who works here: the department with its short name, the person, the laptop's letter."""

from __future__ import annotations

from string import ascii_uppercase

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.settings.forms import SHORT_NAME, AddForm, Fields, line_edit, professions
from trainer_app.ui.settings.shown import NEW, SettingsShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.choice_box import ChoiceBox
from trainer_app.ui.widgets.fields import Field
from trainer_app.ui.widgets.label import Label

_LETTER = 96


class DepartmentCard(Card):
    """The laptop's department and letter.

    Signals:
        chosen: a department, by its key.
        added: name and short name of a new one.
        letter_chosen: another letter.
    """

    chosen = Signal(str)
    added = Signal(str, str)
    letter_chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("settings.department.card"), parent=parent)
        self.box, self.letter = ChoiceBox(look), ChoiceBox(look)
        self.name, self.short_name = line_edit(look), line_edit(look)
        self.short_name.setPlaceholderText(texts("settings.department.short_example"))
        self.own = Field(look, texts("settings.department.own"), self.box)
        fields = Fields(
            department=Field(look, texts("settings.department.name"), self.name),
            short_name=Field(
                look, texts("settings.department.short_name"), self.short_name, width=SHORT_NAME
            ),
        )
        self.form = AddForm(look, texts, fields, texts("settings.department.add"))
        self.why = Label(look, "", "small", "text_muted", wrap=True)
        self.letter.show_choices([Choice(letter, letter) for letter in ascii_uppercase], "A")
        letter = Field(look, texts("settings.letter"), self.letter, width=_LETTER)
        for part in (self.own, self.form, letter, self.why):
            self.body.addWidget(part)
        self._chosen = ""
        self.box.picked.connect(self._on_picked)
        self.letter.picked.connect(self.letter_chosen)
        self.form.wanted.connect(lambda: self.added.emit(self.name.text(), self.short_name.text()))
        self.form.cancelled.connect(self.close_form)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show what is chosen; fields that are open stay open."""
        self._chosen = shown.department
        self.box.show_choices(shown.departments, NEW if self.form.isVisibleTo(self) else shown.department)
        self.letter.choose(shown.letter)
        self.why.setText(shown.number_example)
        self.why.updateGeometry()

    def close_form(self) -> None:
        """Put the fields away."""
        _close(self.form, self.box, self._chosen)

    def _on_picked(self, key: str) -> None:
        if key == NEW:
            self.form.open()
        else:
            self.form.hide()
            self.own.set_error("")
            self.chosen.emit(key)


class PersonCard(Card):
    """Who sits here.

    Signals:
        chosen: somebody of the list, by the key.
        added: name and profession of somebody new.
    """

    chosen = Signal(str)
    added = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("settings.person.card"), parent=parent)
        self.box = ChoiceBox(look)
        self.name, self.profession = line_edit(look), professions(look, texts)
        fields = Fields(
            person=Field(look, texts("settings.person.name"), self.name),
            profession=Field(look, texts("settings.person.profession"), self.profession),
        )
        self.form = AddForm(look, texts, fields, texts("settings.person.add"))
        self.body.addWidget(Field(look, texts("settings.person.own"), self.box))
        self.body.addWidget(self.form)
        self.body.addWidget(Label(look, texts("settings.person.reason"), "small", "text_muted", wrap=True))
        self._chosen = ""
        self.box.picked.connect(self._on_picked)
        self.form.wanted.connect(lambda: self.added.emit(self.name.text(), self.profession.key()))
        self.form.cancelled.connect(self.close_form)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show who is chosen; fields that are open stay open."""
        self._chosen = shown.person
        self.box.show_choices(shown.people, NEW if self.form.isVisibleTo(self) else shown.person)

    def close_form(self) -> None:
        """Put the fields away."""
        _close(self.form, self.box, self._chosen)

    def _on_picked(self, key: str) -> None:
        if key == NEW:
            self.form.open()
        else:
            self.form.hide()
            self.chosen.emit(key)


def _close(form: AddForm, box: ChoiceBox, chosen: str) -> None:
    """The keyboard goes back to the list that opened the fields."""
    if form.isHidden():
        return
    form.hide()
    box.choose(chosen)
    box.setFocus(Qt.FocusReason.OtherFocusReason)
