"""Rows chosen as a whole: a line to tick off, an answer with a sentence below it. Their words wrap."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.painted import PaintedButton

_BOX, _AFTER_BOX, _TICK_HEIGHT = 20, 10, 30
_RING, _ANSWER_PADDING, _AFTER_RING = 20, 14, 12


class _Row(PaintedButton):
    """A checkable row as high as its words need at its width."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """At a comfortable width."""
        width = self.look.px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The layout asks for the height at the width it gives."""
        return QSize(self.look.px(160), self.look.px(_TICK_HEIGHT))


class TickRow(_Row):
    """A line of a check list; the whole line is the target."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setText(words)
        self.setAccessibleName(words)

    def heightForWidth(self, width: int) -> int:
        """At least high enough to be hit."""
        line = self.look.theme.style("body").line
        return max(
            self.look.px(_TICK_HEIGHT), int(self._block(width).height) + self.look.px(_TICK_HEIGHT) - line
        )

    def draw(self, ink: Ink) -> None:
        """The box beside the first line, the words after it."""
        block, side = self._block(self.width()), self.look.px(_BOX)
        top = (self.height() - block.height) / 2
        line = self.look.theme.style("body").line
        box = QRectF(0, top + (line - side) / 2, side, side)
        checked = self.isChecked()
        ink.box(
            box,
            4,
            self.look.colour("accent" if checked else "surface_raised"),
            self.look.colour("accent" if checked else "outline_strong"),
        )
        if checked:
            inset = side * 0.1
            mark = box.adjusted(inset, inset, -inset, -inset)
            ink.icon("check-bold", mark, self.look.colour("accent_text"))
        left = self.look.px(_BOX + _AFTER_BOX)
        if block.width > self.width() - left + 1 or block.height > self.height() + 1:
            ink.cut.append(self.text())
        ink.painter.setPen(self.look.colour("text"))
        block.draw(ink.painter, QRectF(left, top, 0, 0).topLeft())

    def _block(self, width: int) -> TextBlock:
        room = width - self.look.px(_BOX + _AFTER_BOX)
        return TextBlock(self.text(), self.look.font("body"), self.look.theme.style("body").line, room)


class AnswerRow(_Row):
    """One of several answers: a ring, the answer, and what it means."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._sentence = ""
        self.setAutoExclusive(True)

    def show_answer(self, title: str, sentence: str) -> None:
        """Change the words."""
        if (title, sentence) != (self.text(), self._sentence):
            self.setText(title)
            self._sentence = sentence
            self.setAccessibleName(f"{title}. {sentence}")
            self.updateGeometry()
            self.update()

    def focus_rect(self) -> QRect:
        """The ring goes round the whole row."""
        return self.rect()

    def heightForWidth(self, width: int) -> int:
        """Both texts and the padding."""
        title, sentence = self._blocks(width)
        return int(title.height + sentence.height) + self.look.px(2 * _ANSWER_PADDING - 8)

    def draw(self, ink: Ink) -> None:
        """A chosen one has tint, a stronger outline, and a disc in its ring."""
        chosen, box = self.isChecked(), QRectF(self.rect())
        fill = self.look.colour("accent_tint" if chosen else "surface_raised")
        line = self.look.colour("accent_ink" if chosen else "outline")
        ink.box(box, self.look.theme.radius("control"), fill, line, 2 if chosen else 1)
        self._draw_ring(ink, chosen=chosen)
        title, sentence = self._blocks(self.width())
        left, top = self._left(), (self.height() - title.height - sentence.height) / 2
        if title.height + sentence.height > self.height() + 1:
            ink.cut.append(self.text())
        for block, colour in ((title, "text"), (sentence, "text_muted")):
            ink.painter.setPen(self.look.colour(colour))
            block.draw(ink.painter, QRectF(left, top, 0, 0).topLeft())
            top += block.height

    def _draw_ring(self, ink: Ink, *, chosen: bool) -> None:
        side, left = self.look.px(_RING), self.look.px(_ANSWER_PADDING)
        ring = QRectF(left, left - self.look.px(2), side, side)
        fill = self.look.colour("accent" if chosen else "surface_raised")
        ink.box(ring, side / 2, fill, self.look.colour("accent" if chosen else "outline_strong"))
        if chosen:
            ink.disc(ring.center(), side * 0.2, self.look.colour("accent_text"))

    def _left(self) -> int:
        return self.look.px(_ANSWER_PADDING + _RING + _AFTER_RING)

    def _blocks(self, width: int) -> tuple[TextBlock, TextBlock]:
        room, style = width - self._left() - self.look.px(_ANSWER_PADDING), self.look.theme.style
        title = TextBlock(self.text(), self.look.font("body-strong"), style("body-strong").line, room)
        sentence = TextBlock(self._sentence, self.look.font("small"), style("small").line, room)
        return title, sentence
