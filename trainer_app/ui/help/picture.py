"""A drawing on the screen: the same shapes as on paper, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.drawing import Box, Drawing, Oval, Paint, Shape, Trace, Words, colour_of
from trainer_app.looks.pictures.gallery import HEIGHT, WIDTH, drawing
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.theme.spacing import FixedSize
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.painted import PaintedWidget

_WIDE = 400
_LEADING, _TIGHTEST = 1.16, 0.72
"""Letters of the screen are wider than those of the paper; so much smaller they may be to fit."""


class Picture(PaintedWidget):
    """Shows one drawing on a raised surface."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._drawing: Drawing | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        FixedSize(look, self, width=_WIDE)

    def show_drawing(self, name: str) -> None:
        """Show the drawing with this name; the screen reader is told what is to be seen."""
        self._drawing = drawing(name)
        self.setAccessibleName(self._texts(self._drawing.about))
        self.update()

    def sizeHint(self) -> QSize:
        """As on the pages of the help."""
        width = self.look.px(_WIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Smaller its words could not be read."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """All drawings have one shape; a wide column makes none larger than it may be."""
        return round(min(width, self.maximumWidth()) * HEIGHT / WIDTH)

    def draw(self, ink: Ink) -> None:
        """The surface, then shape by shape."""
        radius = self.look.theme.radius("card")
        ink.box(QRectF(self.rect()), radius, self.look.colour("surface_raised"), self.look.colour("outline"))
        if self._drawing is None:
            return
        margin = self.look.px(8)
        scale = min((self.width() - 2 * margin) / WIDTH, (self.height() - 2 * margin) / HEIGHT)
        ink.painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        ink.painter.scale(scale, scale)
        for shape in self._drawing.shapes:
            self._draw(ink, shape)
        ink.painter.resetTransform()

    def _draw(self, ink: Ink, shape: Shape) -> None:
        if isinstance(shape, Words):
            self._write(ink, shape)
            return
        self._take(ink, shape.paint)
        if isinstance(shape, Box):
            box = QRectF(shape.x, shape.y, shape.width, shape.height)
            ink.painter.drawRoundedRect(box, shape.radius, shape.radius)
        elif isinstance(shape, Oval):
            ink.painter.drawEllipse(QRectF(shape.x, shape.y, shape.width, shape.height))
        else:
            ink.painter.drawPath(_path(shape))

    def _take(self, ink: Ink, paint: Paint) -> None:
        fill, line = paint.fill, paint.line
        ink.painter.setBrush(self._colour(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        if line is None:
            ink.painter.setPen(Qt.PenStyle.NoPen)
            return
        pen = QPen(self._colour(line), paint.width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if paint.dashed:
            pen.setDashPattern([9 / paint.width, 6 / paint.width])
        ink.painter.setPen(pen)

    def _write(self, ink: Ink, shape: Words) -> None:
        words = shape.key if shape.verbatim else self._texts(shape.key)
        block = self._fitting(ink, shape, words)
        left = shape.x + (shape.width - block.width) / 2 if shape.centred else shape.x
        ink.painter.setPen(self._colour(shape.colour))
        block.draw(ink.painter, QPointF(left, shape.y + (shape.height - block.height) / 2))

    def _fitting(self, ink: Ink, shape: Words, words: str) -> TextBlock:
        size = round(shape.size)
        while True:
            block = TextBlock(words, self._font(size, bold=shape.bold), round(size * _LEADING), shape.width)
            if block.width <= shape.width and block.height <= shape.height + 1:
                break
            if size <= shape.size * _TIGHTEST:
                ink.cut.append(words)
                break
            size -= 1
        if not shape.centred:
            return block
        font = self._font(size, bold=shape.bold)
        middle = Qt.AlignmentFlag.AlignHCenter
        return TextBlock(words, font, round(size * _LEADING), block.width + 1, middle)

    def _font(self, size: int, *, bold: bool) -> QFont:
        return self.look.sized_font(size, 600 if bold else 400)

    def _colour(self, name: str) -> QColor:
        return as_qt(colour_of(self.look.theme.colours, name))


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
