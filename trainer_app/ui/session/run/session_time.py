"""The minutes left of the session, big enough for the chair."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import LEFT, Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget

_WORDS = 0.25
"""Size of the words as a part of the digits'."""
_GAP = 0.17


class SessionTime(PaintedWidget):
    """Digits, the unit, and what it is that is left."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._minutes = 0
        self._digits = 84
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_minutes(self, minutes: int) -> None:
        """Show so many minutes."""
        if minutes == self._minutes and self.accessibleName():
            return
        self._minutes = minutes
        self.setAccessibleName(self._texts("run.session.name", minutes=minutes))
        self.update()

    def set_digits(self, pixels: int) -> None:
        """Let the digits be so large."""
        if pixels != self._digits:
            self._digits = pixels
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As high as the digits."""
        return QSize(self.look.px(200), round(self._digits * 0.95))

    def draw(self, ink: Ink) -> None:
        """Digits and words on one base line, together in the middle."""
        size = self._fitting()
        digits, unit, rest = self._fonts(size)
        big, strong, plain = QFontMetricsF(digits), QFontMetricsF(unit), QFontMetricsF(rest)
        number, min_, left = (
            str(self._minutes),
            self._texts("run.session.unit"),
            self._texts("run.session.left"),
        )
        gap = size * _GAP
        x = (self.width() - self._width(size)) / 2
        base = (self.height() + big.capHeight()) / 2
        colour, muted = self.look.colour("text"), self.look.colour("text_muted")
        ink.text(self._line(x, base, big, number), number, digits, colour, LEFT)
        x += big.horizontalAdvance(number) + gap
        ink.text(self._line(x, base, strong, min_), min_, unit, colour, LEFT)
        x += strong.horizontalAdvance(min_ + " ")
        ink.text(self._line(x, base, plain, left), left, rest, muted, LEFT)

    def _line(self, x: float, base: float, metrics: QFontMetricsF, words: str) -> QRectF:
        return QRectF(x, base - metrics.ascent(), metrics.horizontalAdvance(words) + 1, metrics.height())

    def _fonts(self, size: int) -> tuple[QFont, QFont, QFont]:
        words = max(round(size * _WORDS), self.look.theme.style("body").size)
        return (
            self.look.sized_font(size, 600, tabular=True),
            self.look.sized_font(words, 600),
            self.look.sized_font(words, 400),
        )

    def _width(self, size: int) -> float:
        digits, unit, rest = (QFontMetricsF(font) for font in self._fonts(size))
        return (
            digits.horizontalAdvance(str(self._minutes))
            + size * _GAP
            + unit.horizontalAdvance(self._texts("run.session.unit") + " ")
            + rest.horizontalAdvance(self._texts("run.session.left"))
        )

    def _fitting(self) -> int:
        """Smaller where the words are long."""
        size = self._digits
        while size > self.look.theme.style("title").size and self._width(size) > self.width():
            size -= 2
        return size
