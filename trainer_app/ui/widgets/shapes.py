"""Draws the shapes of a drawing on the screen, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen

from trainer_app.looks.drawing import Box, Drawing, Oval, Paint, Shape, Trace, Words, colour_of
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.theme.text_block import TextBlock

_LEADING, _TIGHTEST = 1.16, 0.72
"""Letters of the screen are wider than those of the paper; so much smaller they may be to fit."""


class ShapePainter:
    """Draws with one ink; the painter's own scale and place are the drawing's."""

    def __init__(self, ink: Ink, look: Look, texts: Texts) -> None:
        self._ink, self._look, self._texts = ink, look, texts

    def draw(self, drawing: Drawing) -> None:
        """Shape by shape, the lowest first."""
        for shape in drawing.shapes:
            self._draw(shape)

    def _draw(self, shape: Shape) -> None:
        if isinstance(shape, Words):
            self._write(shape)
            return
        self._take(shape.paint)
        if isinstance(shape, Box):
            box = QRectF(shape.x, shape.y, shape.width, shape.height)
            self._ink.painter.drawRoundedRect(box, shape.radius, shape.radius)
        elif isinstance(shape, Oval):
            self._ink.painter.drawEllipse(QRectF(shape.x, shape.y, shape.width, shape.height))
        else:
            self._ink.painter.drawPath(_path(shape))

    def _take(self, paint: Paint) -> None:
        fill, line = paint.fill, paint.line
        self._ink.painter.setBrush(self._colour(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        if line is None:
            self._ink.painter.setPen(Qt.PenStyle.NoPen)
            return
        pen = QPen(self._colour(line), paint.width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if paint.dashed:
            pen.setDashPattern([9 / paint.width, 6 / paint.width])
        self._ink.painter.setPen(pen)

    def _write(self, shape: Words) -> None:
        words = shape.key if shape.verbatim else self._texts(shape.key)
        block = self._fitting(shape, words)
        free = shape.width - block.width
        left = shape.x + (free if shape.right else free / 2 if shape.centred else 0.0)
        self._ink.painter.setPen(self._colour(shape.colour))
        block.draw(self._ink.painter, QPointF(left, shape.y + (shape.height - block.height) / 2))

    def _fitting(self, shape: Words, words: str) -> TextBlock:
        size = round(shape.size)
        while True:
            block = TextBlock(words, self._font(size, bold=shape.bold), round(size * _LEADING), shape.width)
            if block.width <= shape.width and block.height <= shape.height + 1:
                break
            if size <= shape.size * _TIGHTEST:
                self._ink.cut.append(words)
                break
            size -= 1
        if not shape.centred:
            return block
        font = self._font(size, bold=shape.bold)
        middle = Qt.AlignmentFlag.AlignHCenter
        return TextBlock(words, font, round(size * _LEADING), block.width + 1, middle)

    def _font(self, size: int, *, bold: bool) -> QFont:
        return self._look.sized_font(size, 600 if bold else 400)

    def _colour(self, name: str) -> QColor:
        return as_qt(colour_of(self._look.theme.colours, name))


def _path(shape: Trace) -> QPainterPath:
    path = QPainterPath(QPointF(*shape.start))
    for step in shape.steps:
        if len(step) == 2:
            path.lineTo(*step)
        else:
            path.cubicTo(*step)
    if shape.paint.fill is not None:
        path.closeSubpath()
    return path
