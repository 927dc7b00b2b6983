"""A picture of what the headset asks when it does not know this computer, and what to press."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.tokens import ThemeName, tokens
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import CENTRE, RIGHT, Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.painted import PaintedWidget

_HEIGHT, _PADDING, _BOX = 71, 10, 13
_SIZES = (11, 10, 9, 8)


class AllowPicture(PaintedWidget):
    """The question as the headset shows it; a picture, nothing in it can be pressed."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = (texts("looks.allow.title"), texts("looks.allow.always"), texts("looks.allow.yes"))
        self.setAccessibleName(" ".join(words))

    def sizeHint(self) -> QSize:
        """As wide as a tile allows."""
        return QSize(self.look.px(180), self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """Question, ticked box, two buttons."""
        px, overlay = self.look.px, self.look.theme.colours.overlay
        box = QRectF(self.rect())
        ink.box(box, 4, as_qt(overlay.scrim_solid), self.look.colour("outline"))
        inner = box.adjusted(px(_PADDING), px(6), -px(_PADDING), -px(6))
        row = inner.height() / 3
        white, pixels = as_qt(overlay.text), self._pixels(inner.width())
        plain, bold = self.look.sized_font(pixels, 400), self.look.sized_font(pixels, 600)
        ink.text(
            QRectF(inner.x(), inner.y(), inner.width(), row), self._texts("looks.allow.title"), bold, white
        )
        self._draw_tick(ink, QRectF(inner.x(), inner.y() + row + (row - px(_BOX)) / 2, px(_BOX), px(_BOX)))
        always = QRectF(inner.x() + px(_BOX + 6), inner.y() + row, inner.width() - px(_BOX + 6), row)
        ink.text(always, self._texts("looks.allow.always"), plain, white)
        yes = self._texts("looks.allow.yes")
        width = QFontMetricsF(bold).horizontalAdvance(yes) + px(16)
        button = QRectF(inner.right() - width, inner.bottom() - row + 2, width, row - 1)
        ink.box(button, 3, self._accent())
        ink.text(button, yes, bold, as_qt(overlay.dot_edge), CENTRE)
        no = QRectF(inner.x(), button.y(), inner.width() - width - px(12), button.height())
        ink.text(no, self._texts("looks.allow.no"), plain, white, RIGHT)

    def _pixels(self, width: float) -> int:
        """A picture's letters may be small: the words also stand beside it."""
        room = width - self.look.px(_BOX + 6)
        always = self._texts("looks.allow.always")
        for size in _SIZES:
            font = self.look.sized_font(self.look.px(size), 400)
            if QFontMetricsF(font).horizontalAdvance(always) <= room:
                return self.look.px(size)
        return self.look.px(_SIZES[-1])

    def _draw_tick(self, ink: Ink, box: QRectF) -> None:
        ink.box(box, 3, self._accent())
        dark = as_qt(self.look.theme.colours.overlay.dot_edge)
        ink.icon("check-bold", box.adjusted(2, 2, -2, -2), dark)

    def _accent(self) -> QColor:
        """The dark theme's, since headsets ask on a dark ground."""
        return as_qt(tokens().themes[ThemeName.DARK].palette.accent_ink)
