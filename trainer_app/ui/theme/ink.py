"""Draws for painted widgets: text, icons, boxes in the look's terms; remembers text that was cut."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import TextBlock

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_ROUNDING = 0.5
"""Widths of text are sums of rounded parts; half a pixel is no cut."""


class Ink:
    """A painter on a widget, for the length of one paint event (a context manager).

    Attributes:
        painter: Qt's own, for what is not here.
        cut: The texts that did not fit and were elided.
    """

    def __init__(self, widget: QWidget, look: Look) -> None:
        self.painter = QPainter(widget)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.look = look
        self.cut: list[str] = []

    def __enter__(self) -> Ink:
        return self

    def __exit__(self, *_: object) -> None:
        self.painter.end()

    def text(
        self,
        box: QRectF,
        text: str,
        font: QFont,
        colour: QColor,
        align: Qt.AlignmentFlag = LEFT,
    ) -> float:
        """Write one line; return its width."""
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(text)
        if width > box.width() + _ROUNDING:
            self.cut.append(text)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(box.adjusted(-1, 0, 1, 0) if align & RIGHT == RIGHT else box, align, text)
        return width

    def paragraph(self, box: QRectF, text: str, font: QFont, line: int, colour: QColor) -> float:
        """Write lines that wrap; return their height. What is higher than the box counts as cut."""
        block = TextBlock(text, font, line, box.width())
        if block.height > box.height() + _ROUNDING or block.width > box.width() + _ROUNDING:
            self.cut.append(text)
        self.painter.setPen(colour)
        block.draw(self.painter, box.topLeft())
        return block.height

    def icon(self, name: str, box: QRectF, colour: QColor) -> None:
        """Draw an icon."""
        self.look.icons.paint(self.painter, name, box, colour)

    def box(
        self,
        box: QRectF,
        radius: float,
        fill: QColor | None = None,
        line: QColor | None = None,
        width: float = 1,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw a rounded box whose line lies wholly inside it."""
        self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        if line is None:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.drawRoundedRect(box, radius, radius)
            return
        self.painter.setPen(QPen(line, width, style))
        inset = width / 2
        inner = box.adjusted(inset, inset, -inset, -inset)
        self.painter.drawRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))

    def disc(self, centre: QPointF, radius: float, fill: QColor) -> None:
        """Draw a disc without a line."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(fill)
        self.painter.drawEllipse(centre, radius, radius)
