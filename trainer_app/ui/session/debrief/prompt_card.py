"""The prompt in focus, large enough for the group, and the next ones dimmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.debrief.presenter import PromptsShown
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.button import Button, Scale, keycap_width, paint_keycap
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_SIZES = ((40, 54), (36, 48), (33, 44), (30, 40), (27, 36), (24, 33), (20, 28), (17, 24))
"""Sizes and line heights of the prompt; the largest that leaves room for the next ones is used."""

_NUMBER, _ABOVE_LINE, _BELOW_LINE = 21, 12, 9


class PromptText(PaintedWidget):
    """A prompt as large as its room allows, those that follow as far as there is room, and how many more."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts, self._text = texts, ""
        self._coming: tuple[tuple[int, str], ...] = ()
        self._later = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_prompts(self, text: str, coming: Sequence[tuple[int, str]], later: int) -> None:
        """Show another prompt; those to come with their numbers, and how many come after those."""
        self._text, self._coming, self._later = text, tuple(coming), later
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """What the design gives it."""
        return QSize(self.look.px(514), self.look.px(250))

    def minimumSizeHint(self) -> QSize:
        """Where it is low, the text is smaller, and fewer of the next ones are shown."""
        return QSize(self.look.px(240), self.look.px(96))

    def pixels(self) -> int:
        """The size of the prompt in use."""
        return self._fitting()[1]

    def draw(self, ink: Ink) -> None:
        """The prompt, then a hairline and a number before each of the next."""
        shown, size, line = self._fitting()
        block = self._block(self._text, size, line)
        if block.height > self.height() + 1 or block.width > self.width() + 1:
            ink.cut.append(self._text)
        ink.painter.setPen(self.look.colour("text"))
        block.draw(ink.painter, QPointF(0, 0))
        y = block.height
        for number, words in self._coming[:shown]:
            y = self._draw_coming(ink, y, number, words)
        if shown and (more := self._more(shown)):
            font, muted = self.look.font("small"), self.look.colour("text_muted")
            box = QRectF(self.look.px(_NUMBER), y, self.width() - self.look.px(_NUMBER), self._more_height())
            ink.text(box, more, font, muted)

    def _draw_coming(self, ink: Ink, y: float, number: int, words: str) -> float:
        y += self.look.px(_ABOVE_LINE)
        ink.painter.fillRect(QRectF(0, y, self.width(), 1), self.look.colour("outline"))
        y += self.look.px(_BELOW_LINE)
        block, muted = self._next_block(words), self.look.colour("text_muted")
        line, font = self.look.theme.style("body").line, self.look.font("body", tabular=True)
        ink.text(QRectF(0, y, self.look.px(_NUMBER), line), str(number), font, muted)
        ink.painter.setPen(muted)
        block.draw(ink.painter, QPointF(self.look.px(_NUMBER), y))
        return y + block.height

    def _fitting(self) -> tuple[int, int, int]:
        """How many of the next prompts are shown, and size and line height of the one in focus."""
        sizes = [(self.look.px(size), self.look.px(line)) for size, line in _SIZES]
        for shown in range(len(self._coming), -1, -1):
            room = self.height() - sum(self._next_height(words) for _, words in self._coming[:shown])
            room -= self._more_height() if shown and self._more(shown) else 0
            for size, line in sizes:
                # The next ones are left out before the one in focus becomes small.
                is_small = size < self.look.px(24) and shown
                if not is_small and self._block(self._text, size, line).height <= room:
                    return shown, size, line
        return 0, *sizes[-1]

    def _more(self, shown: int) -> str:
        """How many come after those that are shown, so that the list agrees with the number above it."""
        left = len(self._coming) - shown + self._later
        return self._texts("debrief.more", count=left) if left else ""

    def _more_height(self) -> float:
        return self.look.px(_ABOVE_LINE) + self.look.theme.style("small").line

    def _next_height(self, words: str) -> float:
        return self.look.px(_ABOVE_LINE) + self.look.px(_BELOW_LINE) + self._next_block(words).height

    def _next_block(self, words: str) -> TextBlock:
        line = self.look.theme.style("body").line
        return TextBlock(words, self.look.font("body"), line, self.width() - self.look.px(_NUMBER))

    def _block(self, text: str, size: int, line: int) -> TextBlock:
        return TextBlock(text, self.look.sized_font(size, 600), line, self.width())


class PromptCard(Card):
    """The prompts of a phase.

    Signals:
        step_wanted: the next prompt (1) or the one before (-1).
    """

    step_wanted = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=22, parent=parent)
        # Its buttons can be disabled while they have the keyboard; the prompt itself is always there.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._heading = Label(look, "", "body", "text_muted", tabular=True)
        self.previous = Button(look, scale=Scale.ROW, icon="caret-up", name=texts("debrief.previous"))
        self.following = Button(look, scale=Scale.ROW, icon="caret-down", name=texts("debrief.following"))
        self.text = PromptText(look, texts)
        self._steps = [self.previous, self.following, _KeyCap(look, "PgUp"), _KeyCap(look, "PgDn")]
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.following.clicked.connect(lambda: self.step_wanted.emit(1))
        head = QHBoxLayout()
        Spacing(look, head, gap=6)
        head.addWidget(self._heading, 1)
        for widget in self._steps:
            head.addWidget(widget)
        self.body.addLayout(head)
        self.body.addWidget(self.text, 1)

    def show_prompts(self, shown: PromptsShown) -> None:
        """Show another prompt, or the same with other words."""
        self._heading.setText(shown.heading)
        self.text.show_prompts(shown.current, shown.coming, shown.later)
        is_one_of_many = shown.has_previous or shown.has_next
        for widget in self._steps:
            widget.setVisible(is_one_of_many)
        self.previous.setEnabled(shown.has_previous)
        self.following.setEnabled(shown.has_next)
        self.setAccessibleName(f"{shown.heading}. {shown.current}")


class _KeyCap(PaintedWidget):
    """The name of a key."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__(look)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(keycap_width(self.look, self._key)), self.look.px(19))

    def draw(self, ink: Ink) -> None:
        paint_keycap(ink, QRectF(self.rect()), self._key, self.look.colour("text_muted"))
