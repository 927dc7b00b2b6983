"""Text in a style of the tokens, with their line heights and in the colour of its tone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import MAY_BREAK, TextBlock, TextBlocks
from trainer_app.ui.widgets.painted import Painted

Shade = Literal["text", "text_muted", "accent_ink", "ok_ink", "attention_ink", "danger_ink", "text_disabled"]


class Label(Painted, QLabel):
    """A label; with ``wrap`` its lines break at the width it gets."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        style: str = "body",
        shade: Shade = "text",
        *,
        weight: int | None = None,
        wrap: bool = False,
        tabular: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._style = style
        self._weight = weight
        self._shade: Shade = shade
        self._tabular = tabular
        self._type: tuple[int, int] | None = None
        self._align = align
        self._blocks = TextBlocks()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.take_look(look)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_shade(self, shade: Shade) -> None:
        """Change the colour."""
        self._shade = shade
        self.update()

    def set_type(self, size_and_line: tuple[int, int] | None) -> None:
        """Write larger or smaller than in its style, in pixels at 100 % text size; None: as in its style."""
        if size_and_line != self._type:
            self._type = size_and_line
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """On one line, or wrapped at a comfortable width."""
        block = self._block(None)
        if self.wordWrap():
            width = min(block.width, self.look.px(360))
            return QSize(int(width) + 1, int(self._block(width).height))
        return QSize(int(block.width) + 1, int(block.height))

    def width_in_one_line(self) -> int:
        """Pixels at which nothing of it has to wrap."""
        return int(self._block(None).width) + 1

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest word when wrapping, else as the whole text."""
        if not self.wordWrap():
            return self.sizeHint()
        words = "\n".join(self.text().replace(MAY_BREAK, " ").split())
        return QSize(int(self._block(None, words).width) + 1, self._line())

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped lines."""
        at_most = min(width, self.maximumWidth())
        return int(self._block(at_most if self.wordWrap() else None).height)

    def draw(self, ink: Ink) -> None:
        """Write the text in the middle of the height."""
        block = self._block(self.width() if self.wordWrap() else None)
        if block.width > self.width() + 1 or block.height > self.height() + 1:
            ink.cut.append(self.text())
        box = QRectF(self.rect())
        top = max(0.0, (box.height() - block.height) / 2)
        ink.painter.setPen(self._colour())
        corner = box.topLeft()
        corner.setY(top)
        if not self.wordWrap():
            corner.setX(self._left(block.width))
        block.draw(ink.painter, corner)

    def _left(self, width: float) -> float:
        if self._align & Qt.AlignmentFlag.AlignRight:
            return self.width() - width
        if self._align & Qt.AlignmentFlag.AlignHCenter:
            return (self.width() - width) / 2
        return 0.0

    def _colour(self) -> QColor:
        return self.look.colour(self._shade if self.isEnabled() else "text_disabled")

    def _font(self) -> QFont:
        if self._type is None:
            return self.look.font(self._style, tabular=self._tabular, weight=self._weight)
        weight = self._weight or self.look.theme.style(self._style).weight
        return self.look.sized_font(self.look.px(self._type[0]), weight, tabular=self._tabular)

    def _line(self) -> int:
        return self.look.theme.style(self._style).line if self._type is None else self.look.px(self._type[1])

    def _block(self, width: float | None, text: str | None = None) -> TextBlock:
        words = self.text() if text is None else text
        return self._blocks.block(
            (words, width, self.look.theme.scale, self._type),
            lambda: TextBlock(words, self._font(), self._line(), width, self._align),
        )
