"""Where a headset that is not connected is looked for, and the way to put that right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label


class AddressPart(QWidget):
    """A field and a button; hidden where the headset is connected.

    Signals:
        given: look for the headset there.
    """

    given = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unreached = Label(look, "", "small", wrap=True, weight=600)
        self._shown = ""
        self.line = LineEdit(look)
        self.field = Field(look, texts("kit.headset.address"), self.line)
        self.button = Button(look, texts("kit.headset.use_address"), scale=Scale.ROW)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 0, 0, 12), 8)
        for part in (self.unreached, self.field):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self.line.returnPressed.connect(self._on_given)
        self.button.clicked.connect(self._on_given)

    def show_address(self, address: str | None, unreached: str) -> None:
        """Show where it is looked for; None: it is connected."""
        self.setVisible(address is not None)
        self._shown = address or ""
        self.line.setText(self._shown)
        self.field.set_error("")
        self.unreached.setText(unreached)
        self.unreached.setVisible(bool(unreached))

    def unfinished(self) -> list[str]:
        """Another address that was typed."""
        return list(typed(self.line)) if self.line.text() != self._shown else []

    def show_error(self, words: str) -> None:
        """Say what is wrong with it; it stays as it was typed."""
        self.field.set_error(words)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_given(self) -> None:
        self.given.emit(self.line.text())
