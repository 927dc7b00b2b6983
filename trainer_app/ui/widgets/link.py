"""A link: words alone, whose left edge is that of the text above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedButton

_HEIGHT = 32


class Link(PaintedButton):
    """Leads to another page.

    Signals:
        clicked: pressed by mouse, Space or Enter.
    """

    def __init__(self, look: Look, words: str = "", name: str = "", parent: QWidget | None = None) -> None:
        """Make a link; ``name``: for screen readers, where the words alone do not say where it leads."""
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words, name)

    def set_words(self, words: str, name: str = "") -> None:
        """Change the words."""
        self.setText(words)
        self.setAccessibleName(name or words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its words, high enough to be hit."""
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        return QSize(int(width) + 1, self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """The words; a line below them while the mouse is there."""
        box, colour = QRectF(self.rect()), self.look.colour("accent_ink")
        width = ink.text(box, self.text(), self._font(), colour)
        if self.underMouse() and self.isEnabled():
            ink.painter.fillRect(QRectF(0, box.center().y() + self.look.px(9), width, 1), colour)

    def _font(self) -> QFont:
        return self.look.font("small", weight=600)
