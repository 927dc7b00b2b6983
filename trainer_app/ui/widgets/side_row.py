"""A row of the list at the left of a page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedButton

_WIDTH, _PADDING, _HEIGHT, _EDGE = 251, 24, 34, 3


class SideRow(PaintedButton):
    """One of a list at the left of a page; the chosen one has tint and edge."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setCheckable(True)
        self.setText(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """34 high."""
        return QSize(self.look.px(_WIDTH), self.look.px(_HEIGHT))

    def focus_rect(self) -> QRect:
        """The ring is drawn inside the row."""
        return QRect()

    def draw(self, ink: Ink) -> None:
        """Ground, edge, words, focus inside."""
        box, px = QRectF(self.rect()), self.look.px
        if self.isChecked():
            ink.painter.fillRect(box, self.look.colour("accent_tint"))
            ink.painter.fillRect(QRectF(0, 0, _EDGE, box.height()), self.look.colour("accent"))
        elif self.underMouse():
            ink.painter.fillRect(box, self.look.colour("surface_hover"))
        colour = self.look.colour("accent_ink" if self.isChecked() else "text")
        line = box.adjusted(px(_PADDING), 0, -px(8), 0)
        ink.text(line, self.text(), self.look.font("body", weight=600 if self.isChecked() else 400), colour)
        if self.hasFocus():
            ink.box(box, 0, None, self.look.colour("focus"), self.look.theme.stroke("focus"))
