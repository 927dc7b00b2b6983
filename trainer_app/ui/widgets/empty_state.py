"""What is shown where nothing is yet: what is empty, why it is worth filling, and how."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget


class EmptyState(PaintedWidget):
    """An icon, a heading, a sentence, a primary action and at most one other.

    Signals:
        primary_pressed: the first button was pressed.
        other_pressed: the second button was pressed.
    """

    primary_pressed = Signal()
    other_pressed = Signal()

    def __init__(
        self,
        look: Look,
        icon: str,
        heading: str,
        sentence: str,
        primary: str,
        *,
        primary_icon: str | None = "plus",
        other: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.primary = Button(look, primary, Kind.PRIMARY, icon=primary_icon)
        self.primary.clicked.connect(self.primary_pressed)
        self.other = Button(look, other) if other else None
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 24), 6)
        column.addStretch(1)
        column.addWidget(_BigIcon(look, icon), 0, centre)
        column.addSpacing(4)
        column.addWidget(Label(look, heading, "heading", align=centre), 0, centre)
        sentence_label = Label(look, sentence, "body", "text_muted", wrap=True, align=centre)
        FixedSize(look, sentence_label, width=316)
        column.addWidget(sentence_label, 0, centre)
        column.addSpacing(8)
        column.addLayout(self._buttons())
        column.addStretch(1)
        self.setAccessibleName(f"{heading.removesuffix('.')}. {sentence}")

    def draw(self, ink: Ink) -> None:
        """Nothing of its own: it lies on a card or a page."""

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, gap=8)
        row.addStretch(1)
        row.addWidget(self.primary)
        if self.other:
            self.other.clicked.connect(self.other_pressed)
            row.addWidget(self.other)
        row.addStretch(1)
        return row


class _BigIcon(PaintedWidget):
    def __init__(self, look: Look, icon: str) -> None:
        super().__init__(look)
        self._icon = icon

    def sizeHint(self) -> QSize:
        side = self.look.theme.icon("empty")
        return QSize(side, side)

    def draw(self, ink: Ink) -> None:
        side = self.look.theme.icon("empty")
        left = (self.width() - side) / 2
        ink.icon(self._icon, QRectF(left, 0, side, side), self.look.colour("accent_ink"))
