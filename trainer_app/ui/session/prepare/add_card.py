"""Asks for the address of a headset: of a new one, or of one that is not reached at the address it has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label


class AddCard(Card):
    """A field and a button.

    Signals:
        address_given: look for a new headset there.
        address_corrected: look for the headset with this number there.
        closed: put the card away.
    """

    address_given = Signal(str)
    address_corrected = Signal(int, str)
    closed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        Spacing(look, self.body, (21, 13, 21, 17), 8)
        self._texts = texts
        self._number: int | None = None
        self._offered = ""
        self.title = Label(look, texts("prepare.add.title"), "subheading")
        self.line = LineEdit(look)
        self.field = Field(look, texts("prepare.add.field"), self.line)
        self.connect_button = Button(look, texts("prepare.add.button"))
        close = Button(look, texts("prepare.action.close"), Kind.QUIET, scale=Scale.ROW)
        head = QHBoxLayout()
        head.addWidget(self.title)
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

    def ask_new(self) -> None:
        """Ask where a new headset is."""
        self._ask(None, self._texts("prepare.add.title"))

    def ask_correction(self, number: int, address: str) -> None:
        """Ask where a headset is that was not reached at ``address``."""
        self._ask(number, self._texts("prepare.correct.title", number=number), address)

    def taken(self) -> None:
        """The address was one; there may be another headset to add."""
        self._offered = ""
        self.line.clear()
        self.field.set_error("")
        self._begin()

    def refused(self, words: str) -> None:
        """Say what is wrong with it; it stays as it was typed."""
        self.field.set_error(words)
        self._begin()

    def unfinished(self) -> list[str]:
        """An address that was typed and not given."""
        is_open = not self.isHidden() and self.line.text() != self._offered
        return list(typed(self.line)) if is_open else []

    def _ask(self, number: int | None, title: str, address: str | None = None) -> None:
        """What was begun for the same headset is still there."""
        if number != self._number or address is not None:
            self._offered = address or ""
            self.line.setText(self._offered)
            self.field.set_error("")
        self._number = number
        self.title.setText(title)
        self.setAccessibleName(title)
        self._begin()
        self.line.selectAll()

    def _begin(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_given(self) -> None:
        if self._number is None:
            self.address_given.emit(self.line.text())
        else:
            self.address_corrected.emit(self._number, self.line.text())
