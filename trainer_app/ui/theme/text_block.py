"""Text in lines of a fixed height: the line heights of tokens.json, which neither QLabel nor QSS knows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

MAY_BREAK = "\u200b"
"""In a word that is too long for a line, where it may be broken; nothing is seen of it."""

_UNLIMITED = 1e6
_KEPT = 8


class TextBlock:
    """A text laid out at a width.

    Attributes:
        width: Of the longest line, in pixels.
        height: Of all lines together, in pixels.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        line: int,
        width: float | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Lay a text out.

        Args:
            text: May hold line breaks.
            font: Of all of it.
            line: Height of a line.
            width: Where lines wrap; None keeps each on one line.
            align: Horizontal alignment within ``width``.
        """
        self._layouts = [_laid_out(part, font, line, width, align) for part in text.split("\n")]
        self._line = line
        self._offset = (line - QFontMetricsF(font).height()) / 2
        lines = [layout.lineAt(at) for layout in self._layouts for at in range(layout.lineCount())]
        self.width = max((each.naturalTextWidth() for each in lines), default=0.0)
        self.height = float(line * max(1, len(lines)))

    def draw(self, painter: QPainter, corner: QPointF) -> None:
        """Draw with the painter's pen, from the upper left corner."""
        y = corner.y() + self._offset
        for layout in self._layouts:
            layout.draw(painter, QPointF(corner.x(), y))
            y += self._line * max(1, layout.lineCount())


class TextBlocks:
    """The blocks a widget asked for lately: layouts ask many times for the same few widths."""

    def __init__(self) -> None:
        self._blocks: dict[object, TextBlock] = {}

    def block(self, key: object, make: Callable[[], TextBlock]) -> TextBlock:
        """The block with this key, which says all that makes it what it is."""
        if key not in self._blocks:
            if len(self._blocks) >= _KEPT:
                self._blocks.clear()
            self._blocks[key] = make()
        return self._blocks[key]


def _laid_out(
    text: str, font: QFont, line_height: int, width: float | None, align: Qt.AlignmentFlag
) -> QTextLayout:
    layout = QTextLayout(text, font)
    # Without a width there is nothing to align in.
    option = QTextOption(Qt.AlignmentFlag.AlignLeft if width is None else align)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_UNLIMITED if width is None else width)
        line.setPosition(QPointF(0, y))
        y += line_height
    layout.endLayout()
    return layout
