"""One headset: what is known of it, and what people say of it as a thing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPlainTextEdit, QWidget

from trainer_app.domain.kits import HeadsetCondition
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import sentence_case
from trainer_app.ui.kit.address_part import AddressPart
from trainer_app.ui.kit.films_part import FilmsPart
from trainer_app.ui.kit.shown import HeadsetShown
from trainer_app.ui.kit.side_panel import SidePanel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.choices import RadioButton
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import Field
from trainer_app.ui.widgets.label import Label

_CHOICES = (
    HeadsetCondition.READY,
    HeadsetCondition.AWAITING_CLEANING,
    HeadsetCondition.CHARGING,
    HeadsetCondition.DEFECTIVE,
    HeadsetCondition.MISSING,
)


class HeadsetPanel(SidePanel):
    """Lets people say what is the matter with a headset.

    Signals:
        saved: the headset, its condition, the note.
        address_given: the headset, and where it is to be looked for.
        clear_wanted: ask whether the films may go that the library does not have.
    """

    saved = Signal(object, object, str)
    address_given = Signal(object, str)
    clear_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, texts("kit.headset.title"), parent)
        self._texts = texts
        self._shown: HeadsetShown | None = None
        self._facts = QGridLayout()
        Spacing(look, self._facts, (0, 0, 0, 8), 6)
        self._facts.setColumnStretch(1, 1)
        self.body.addLayout(self._facts)
        self.address = AddressPart(look, texts)
        self.address.given.connect(self._on_address)
        self.body.addWidget(self.address)
        self.body.addWidget(Label(look, texts("kit.headset.condition"), "small", "text_muted"))
        self._group = QButtonGroup(self)
        self._radios = {condition: self._radio(condition) for condition in _CHOICES}
        self.body.addWidget(
            Label(look, texts("kit.no_patients"), "micro", "text_muted", weight=400, wrap=True)
        )
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        FixedSize(look, self._text, height=92)
        self._note = Field(look, texts("kit.headset.note"), self._text)
        self.body.addWidget(self._note)
        self.films = FilmsPart(look, texts)
        self.films.clear_wanted.connect(self.clear_wanted)
        self.body.addWidget(self.films)
        self.body.addStretch(1)
        save = Button(look, texts("kit.headset.save"), Kind.PRIMARY)
        save.clicked.connect(self._save)
        cancel = Button(look, texts("kit.panel.cancel"), Kind.QUIET)
        cancel.clicked.connect(self.closed)
        by_letter(save, cancel)
        self.foot.addWidget(save)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)

    def show_headset(self, shown: HeadsetShown) -> None:
        """Show a headset; the keyboard goes to its condition."""
        self._shown = shown
        self.set_title(shown.title)
        clear(self._facts)
        for row, (name, value) in enumerate(shown.facts):
            self._facts.addWidget(Label(self.look, name, "small", "text_muted"), row, 0)
            self._facts.addWidget(Label(self.look, value, "small", wrap=True), row, 1)
        self.address.show_address(shown.address, shown.unreached)
        self.films.show_films(shown.films)
        self._note.set_error("")
        self._text.setPlainText(shown.note)
        radio = self._radios.get(shown.condition)
        self._group.setExclusive(False)
        for each in self._radios.values():
            each.setChecked(each is radio)
        self._group.setExclusive(True)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """The condition it is in."""
        return self._group.checkedButton() or self._radios[HeadsetCondition.READY]

    def show_error(self, words: str) -> None:
        """Say beside the note what is wrong with it."""
        self._note.set_error(words)
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_address_error(self, words: str) -> None:
        """Say beside the address what is wrong with it."""
        self.address.show_error(words)

    def save(self) -> None:
        """Ctrl+S."""
        self._save()

    def unfinished(self) -> list[str]:
        """A note, an address, or another condition."""
        shown = self._shown
        if shown is None:
            return []
        note = typed(self._text) if self._text.toPlainText() != shown.note else ()
        is_other = self._condition(shown) is not shown.condition
        condition = [self._radios[self._condition(shown)].text()] if is_other else []
        words = [*condition, *note, *self.address.unfinished()]
        return [f"{shown.title}. {each}" for each in words]

    def _radio(self, condition: HeadsetCondition) -> RadioButton:
        words = self._texts(f"kit.set_condition.{condition.value}")
        radio = RadioButton(self.look, sentence_case(words))
        self._group.addButton(radio)
        self.body.addWidget(radio)
        return radio

    def _save(self) -> None:
        if self._shown is None:
            return
        self.saved.emit(self._shown.id, self._condition(self._shown), self._text.toPlainText())

    def _condition(self, shown: HeadsetShown) -> HeadsetCondition:
        chosen = [condition for condition, radio in self._radios.items() if radio.isChecked()]
        return chosen[0] if chosen else shown.condition

    def _on_address(self, typed: str) -> None:
        if self._shown is not None:
            self.address_given.emit(self._shown.id, typed)
