"""Smaller cards: what becomes of the notes, how the equipment did, what was offered, what prints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.closing import Printout
from trainer_app.looks.pictures.receipt_chart import ReceiptChart
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.shown import CareShown, EquipmentShown, NotesShown, PrintoutLine
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.choices import CheckBox
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.receipt_chart import ReceiptChartView


class _Facts(QWidget):
    """Short sentences below one another; the first is the fact, the others explain."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, gap=2)
        self._lines: tuple[str, ...] = ()

    def show_facts(self, facts: Sequence[str]) -> None:
        """Show these."""
        if tuple(facts) == self._lines:
            return
        self._lines = tuple(facts)
        clear(self._column)
        for place, words in enumerate(facts):
            self._column.addWidget(self._label(words, is_fact=place == 0))

    def _label(self, words: str, *, is_fact: bool) -> Label:
        if is_fact:
            return Label(self._look, words, "body", wrap=True)
        return Label(self._look, words, "small", "text_muted", wrap=True)


class NotesCard(Card):
    """What becomes of the notes.

    Signals:
        review_wanted: go through them.
    """

    review_wanted = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts("closing.notes"))
        Spacing(look, self.body, (17, 14, 17, 14), 6)
        self._facts = _Facts(look)
        self.review = Button(look, texts("closing.notes.review"), scale=Scale.ROW)
        self.review.clicked.connect(self.review_wanted)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.review)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_notes(self, shown: NotesShown) -> None:
        """Show what becomes of them."""
        self._facts.show_facts(shown.facts)
        self.review.setVisible(shown.can_review)


class EquipmentCard(Card):
    """How the film was shown, and whether the headsets are clean.

    Signals:
        cleaned: all of them are (not).
    """

    cleaned = Signal(bool)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts("closing.equipment"))
        Spacing(look, self.body, (17, 14, 17, 14), 6)
        self._texts = texts
        self._facts = _Facts(look)
        self.clean = CheckBox(look, texts("closing.equipment.cleaned"))
        self.clean.clicked.connect(self.cleaned)
        self.body.addWidget(self._facts)
        self._column = QVBoxLayout()
        Spacing(look, self._column, (0, 6, 0, 6), 8)
        self._charts: tuple[ReceiptChart, ...] = ()
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        self.body.addWidget(self.clean)

    def show_equipment(self, shown: EquipmentShown, *, is_open: bool) -> None:
        """Show how it did."""
        self._facts.show_facts(shown.facts)
        self._show_charts(shown.charts)
        self.clean.setVisible(shown.cleaned is not None)
        self.clean.setChecked(shown.cleaned is True)
        self.clean.setText(shown.cleaned_words)
        self.clean.setAccessibleName(shown.cleaned_words)
        self.clean.setEnabled(is_open)

    def _show_charts(self, charts: tuple[ReceiptChart, ...]) -> None:
        if charts == self._charts:
            return
        self._charts = charts
        clear(self._column)
        for chart in charts:
            self._column.addWidget(ReceiptChartView(self.look, self._texts, chart))


class CareCard(Card):
    """What was given, and that after-care was offered to all.

    Signals:
        contract_said: the safety contract was (not) reviewed.
        safety_said: the safety information was (not) given.
        aftercare_said: after-care was (not) offered.
    """

    contract_said = Signal(bool)
    safety_said = Signal(bool)
    aftercare_said = Signal(bool)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts("closing.care"))
        self.contract = CheckBox(look, texts("closing.care.contract"))
        self.safety = CheckBox(look, texts("closing.care.safety"))
        self.aftercare = CheckBox(look, texts("closing.care.aftercare"))
        self._contact = Label(look, "", "small", "text_muted", wrap=True)
        Spacing(look, self.body, (17, 14, 17, 14), 0)
        for box in (self.contract, self.safety, self.aftercare):
            self.body.addWidget(box)
        place = QHBoxLayout()
        Spacing(look, place, (30, 0, 0, 0))
        place.addWidget(self._contact)
        self.body.addLayout(place)
        self.contract.clicked.connect(self.contract_said)
        self.safety.clicked.connect(self.safety_said)
        self.aftercare.clicked.connect(self.aftercare_said)

    def show_care(self, shown: CareShown, *, is_open: bool) -> None:
        """Show what is ticked."""
        ticks = (
            (self.contract, shown.contract),
            (self.safety, shown.safety),
            (self.aftercare, shown.aftercare),
        )
        for box, checked in ticks:
            box.setChecked(checked)
            box.setEnabled(is_open)
        self._contact.setText(shown.contact)
        self._contact.setVisible(bool(shown.contact))


class PrintCard(Card):
    """What is saved when the record is closed.

    Signals:
        changed: something is wanted, or no longer.
    """

    changed = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts("closing.print"))
        self._boxes: dict[Printout, CheckBox] = {}
        self._offered: set[Printout] = set()
        Spacing(look, self.body, (17, 14, 17, 14), 0)
        self._column = QVBoxLayout()
        Spacing(look, self._column, gap=0)
        self.body.addLayout(self._column)
        self.note = Label(look, "", "small", wrap=True)
        self.body.addWidget(self.note)
        self.body.addWidget(Label(look, texts("closing.print.names"), "small", "text_muted", wrap=True))

    def show_printouts(self, lines: Sequence[PrintoutLine], note: str) -> None:
        """Offer these; the protocol is wanted unless somebody says no."""
        self.setVisible(bool(lines))
        self._offered = {line.kind for line in lines}
        self.note.setText(note)
        self.note.setVisible(bool(note))
        for line in lines:
            if line.kind not in self._boxes:
                box = self._boxes[line.kind] = CheckBox(self.look, line.words, self)
                box.setChecked(line.kind is Printout.PROTOCOL)
                box.toggled.connect(self.changed)
                self._column.addWidget(box)
            self._boxes[line.kind].setText(line.words)
            self._boxes[line.kind].setAccessibleName(line.words)

    def wanted(self) -> tuple[Printout, ...]:
        """What is ticked."""
        return tuple(kind for kind, box in self._boxes.items() if kind in self._offered and box.isChecked())
