"""Asks for the address of a headset; each has to be typed once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label


class AddCard(Card):
    """A field and a button.

    Signals:
        address_given: look for a headset there.
        closed: put the card away.
    """

    address_given = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        Spacing(look, self.body, (21, 13, 21, 17), 8)
        self.line = LineEdit(look)
        self.field = Field(look, texts("prepare.add.field"), self.line)
        self.connect_button = Button(look, texts("prepare.add.button"))
        close = Button(look, texts("prepare.action.close"), Kind.QUIET, scale=Scale.ROW)
        head = QHBoxLayout()
        head.addWidget(Label(look, texts("prepare.add.title"), "subheading"))
        head.addStretch(1)
        head.addWidget(close)
        self.body.addLayout(head)
        self.body.addWidget(Label(look, texts("prepare.add.hint"), "small", "text_muted", wrap=True))
        self.body.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(self.connect_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.setAccessibleName(texts("prepare.add.title"))
        self.line.returnPressed.connect(self._on_given)
        self.connect_button.clicked.connect(self._on_given)
        close.clicked.connect(self.closed)

    def begin(self) -> None:
        """Ask."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def taken(self) -> None:
        """The address was one; there may be another headset to add."""
        self.line.clear()
        self.field.set_error("")
        self.begin()

    def refused(self, words: str) -> None:
        """Say what is wrong with it; it stays as it was typed."""
        self.field.set_error(words)
        self.begin()

    def _on_given(self) -> None:
        self.address_given.emit(self.line.text())
