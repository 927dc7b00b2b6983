"""Gives departments, units, rooms and people other names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.settings.forms import SHORT_NAME, Fields, line_edit
from trainer_app.ui.settings.shown import Named, NameKind, Names, NewName, SettingsShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.choice_box import ChoiceBox
from trainer_app.ui.widgets.fields import Field
from trainer_app.ui.widgets.label import Label


class NamesCard(Card):
    """What it is, which one, and its new name; hidden while there is nothing with a name.

    Signals:
        renamed: what was typed (``NewName``).
    """

    renamed = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("settings.names.card"), parent=parent)
        self._texts = texts
        self._names: Names = {}
        self.kind, self.which = ChoiceBox(look), ChoiceBox(look)
        self.name, self.short_name = line_edit(look), line_edit(look)
        self.short_name.setPlaceholderText(texts("settings.department.short_example"))
        self.fields = Fields(
            new_name=Field(look, texts("settings.names.new"), self.name),
            new_short_name=Field(
                look, texts("settings.department.short_name"), self.short_name, width=SHORT_NAME
            ),
        )
        self.button = Button(look, texts("settings.names.save"))
        self._lay_out(look)
        self.kind.picked.connect(self._on_kind)
        self.which.picked.connect(lambda _key: self._show_name())
        self.button.clicked.connect(self._on_save)
        for line in (self.name, self.short_name):
            line.returnPressed.connect(self._on_save)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show what can be renamed; what is being typed stays."""
        before, self._names = self._chosen(), shown.names
        self.setVisible(bool(self._names))
        kinds = [Choice(kind.value, self._texts(f"settings.names.{kind.value}")) for kind in self._names]
        _keep(self.kind, kinds)
        self._show_choices()
        if self._chosen() != before:
            self._show_name()

    def unfinished(self) -> list[str]:
        """Names that were typed and not saved."""
        one = self._chosen()
        if one is None:
            return []
        stored = ((self.name, one.name), (self.short_name, one.short_name))
        return list(typed(*(line for line, name in stored if line.text() != name)))

    def _lay_out(self, look: Look) -> None:
        boxes = QHBoxLayout()
        Spacing(look, boxes, gap=12)
        boxes.addWidget(Field(look, self._texts("settings.names.kind"), self.kind), 1)
        boxes.addWidget(Field(look, self._texts("settings.names.which"), self.which), 2)
        self.body.addLayout(boxes)
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(
            Label(look, self._texts("settings.names.reason"), "small", "text_muted", wrap=True)
        )
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_kind(self, _key: str) -> None:
        self._show_choices()
        self._show_name()

    def _of_kind(self) -> tuple[Named, ...]:
        key = self.kind.key()
        return self._names.get(NameKind(key), ()) if key else ()

    def _chosen(self) -> Named | None:
        return next((one for one in self._of_kind() if one.choice.key == self.which.key()), None)

    def _show_choices(self) -> None:
        _keep(self.which, [one.choice for one in self._of_kind()])

    def _show_name(self) -> None:
        one = self._chosen()
        if one is None:
            return
        self.name.setText(one.name)
        self.short_name.setText(one.short_name)
        self.fields["new_short_name"].setVisible(bool(one.short_name))
        for field in self.fields.values():
            field.set_error("")

    def _on_save(self) -> None:
        one = self._chosen()
        if one is not None:
            kind, key = NameKind(self.kind.key()), one.choice.key
            name, short_name = self.name.text(), self.short_name.text()
            self.renamed.emit(NewName(kind=kind, key=key, name=name, short_name=short_name))


def _keep(box: ChoiceBox, choices: Sequence[Choice]) -> None:
    """Show these with the one that was chosen before, else with the first."""
    before = box.key()
    kept = [choice.key for choice in choices if choice.key == before]
    first = choices[0].key if choices else ""
    box.show_choices(choices, kept[0] if kept else first)
