"""Between two waves: clean, change over, go on. After the last one: what is said now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Change
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.session.run.wearer_list import WearerList
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.choices import CheckBox
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_MARK_WIDTH = 28


class ChangePanel(QWidget):
    """A card with the steps of the change-over.

    Signals:
        cleaned: the headsets are (not) clean.
        go_on_pressed: the next wave is to get ready for its start.
        again_pressed: the film is wanted once more.
    """

    cleaned = Signal(bool)
    go_on_pressed = Signal()
    again_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._heading = flowing(look, "", "title")
        self._say = flowing(look, "", "heading", weight=400)
        self._steps: tuple[str, ...] = ()
        self._steps_place = QVBoxLayout()
        self._steps_box: QWidget | None = None
        self.clean = CheckBox(look, texts("run.change.cleaned"))
        self.go_on = Button(
            look, texts("run.change.go_on", wave=2), Kind.PRIMARY, scale=Scale.RUN, icon_after="arrow-right"
        )
        self.again = Button(look, texts("run.over.again"), scale=Scale.RUN, icon="arrow-clockwise")
        self.wearers = WearerList(look, texts)
        self._lay_out()
        self.clean.clicked.connect(self.cleaned)
        self.go_on.clicked.connect(self.go_on_pressed)
        self.again.clicked.connect(self.again_pressed)

    def show_change(self, change: Change) -> None:
        """Show what is done now."""
        self._heading.setText(change.heading)
        self._say.setText(change.say)
        if change.steps != self._steps:
            self._fill(change.steps)
        self.clean.setChecked(change.cleaned)
        self.clean.setVisible(bool(change.go_on))
        self.go_on.setVisible(bool(change.go_on))
        if change.go_on and change.go_on != self.go_on.text():
            self.go_on.set_words(change.go_on)
        self.again.setVisible(bool(change.again))
        self.wearers.show_wearers(change.wearers, change.without)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self.look, column, (0, 0, 0, 0), 0)
        card = Card(self.look, padding=24)
        for part in (self._heading, self._say):
            card.body.addWidget(part)
        card.body.addWidget(self._middle(), 1)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.go_on)
        card.body.addLayout(row)
        column.addWidget(card)

    def _middle(self) -> QScrollArea:
        """Scrolls in small windows and with large text; the button below stays."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        Spacing(self.look, column, (0, 8, 12, 0), 8)
        column.addLayout(self._steps_place)
        column.addWidget(self.clean)
        column.addWidget(self.wearers)
        column.addStretch(1)
        return scrolling(inside)

    def _fill(self, steps: tuple[str, ...]) -> None:
        self._steps = steps
        if self._steps_box is not None:
            self._steps_place.removeWidget(self._steps_box)
            self._steps_box.hide()
            self._steps_box.deleteLater()
        self._steps_box = QWidget()
        column = QVBoxLayout(self._steps_box)
        Spacing(self.look, column, (0, 0, 0, 0), 8)
        for number, words in enumerate(steps, start=1):
            row = QHBoxLayout()
            Spacing(self.look, row, (0, 0, 0, 0), 0)
            mark = Label(self.look, str(number), "heading", "text_muted", weight=400, tabular=True)
            FixedSize(self.look, mark, width=_MARK_WIDTH)
            row.addWidget(mark)
            row.addWidget(flowing(self.look, words, "heading", weight=400), 1)
            column.addLayout(row)
        self._steps_place.addWidget(self._steps_box)
