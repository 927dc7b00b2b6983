"""Facts that were checked, one a line: a tick and the words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.painted import PaintedWidget

_ICON, _INDENT, _BETWEEN = 18, 26, 8


class CheckLines(PaintedWidget):
    """Lines with a tick; words that do not fit wrap."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._lines: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show what was checked."""
        self._lines = tuple(lines)
        self.setAccessibleName(". ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as a tile allows."""
        width = self.look.px(180)
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """All lines at this width."""
        heights = [block.height for block in self._blocks(width)]
        return round(sum(heights) + self.look.px(_BETWEEN) * max(0, len(heights) - 1))

    def draw(self, ink: Ink) -> None:
        """A tick before each."""
        side, y = self.look.px(_ICON), 0.0
        line = self.look.theme.style("small").line
        for words, block in zip(self._lines, self._blocks(self.width()), strict=True):
            if block.width > self.width() - self.look.px(_INDENT) + 1 or y + block.height > self.height() + 1:
                ink.cut.append(words)
            ink.icon("check-bold", QRectF(0, y + (line - side) / 2, side, side), self.look.colour("ok_ink"))
            ink.painter.setPen(self.look.colour("text"))
            block.draw(ink.painter, QRectF(self.look.px(_INDENT), y, 0, 0).topLeft())
            y += block.height + self.look.px(_BETWEEN)

    def _blocks(self, width: int) -> list[TextBlock]:
        font, line = self.look.font("small"), self.look.theme.style("small").line
        return [TextBlock(words, font, line, width - self.look.px(_INDENT)) for words in self._lines]
