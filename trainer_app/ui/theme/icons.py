"""Phosphor icons by name, in a colour of the tokens.

qtawesome brings the icon font. Painted widgets draw the glyph's outline, so that it is sharp at every size;
stock widgets get a QIcon.
"""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QTransform

_EM = 256
"""The side of the square that Phosphor icons are drawn in."""
_QTAWESOME_MARGIN = 0.875
"""qtawesome draws a glyph this much smaller than the icon; we want the whole square."""


class Icons:
    """Draws icons; outlines are kept once they were made."""

    def __init__(self) -> None:
        self._outlines: dict[str, QPainterPath] = {}

    def paint(self, painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
        """Draw an icon into a square box.

        Args:
            painter: Draws.
            name: Phosphor's, with ``-fill`` or ``-bold`` for these weights.
            box: Where.
            colour: One colour for the whole glyph.
        """
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        painter.scale(box.width() / _EM, box.height() / _EM)
        painter.fillPath(self._outline(name), colour)
        painter.restore()

    def icon(self, name: str, colour: QColor, disabled: QColor) -> QIcon:
        """Make an icon for a stock widget."""
        made: QIcon = qtawesome.icon(
            f"ph.{name}", color=colour, color_disabled=disabled, scale_factor=1 / _QTAWESOME_MARGIN
        )
        return made

    def _outline(self, name: str) -> QPainterPath:
        if name not in self._outlines:
            self._outlines[name] = _outline(name)
        return self._outlines[name]


def _outline(name: str) -> QPainterPath:
    glyph: str = qtawesome.charmap(f"ph.{name}")
    font: QFont = qtawesome.font("ph", _EM)
    font.setPixelSize(_EM)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, glyph)
    return _upright(path)


def _upright(path: QPainterPath) -> QPainterPath:
    """Move a glyph from the base line into the square."""
    return QTransform.fromTranslate(0, _EM).map(path)
