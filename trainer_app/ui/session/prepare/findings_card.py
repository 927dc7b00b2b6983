"""What the rules say should be thought of before the start; none of it stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_ICON, _INDENT, _BETWEEN = 18, 26, 8


class FindingsCard(Card):
    """Findings, one a line.

    Signals:
        closed: put the card away (where it stands in the place of another).
    """

    closed = Signal()

    def __init__(self, look: Look, texts: Texts, *, closes: bool, parent: QWidget | None = None) -> None:
        """Make it; ``closes``: with a button that puts it away."""
        super().__init__(look, padding=20, parent=parent)
        Spacing(look, self.body, (21, 17, 21, 17), 12)
        self._lines = _Lines(look)
        self.close_button = Button(look, texts("prepare.action.close"), Kind.QUIET, scale=Scale.ROW)
        if not closes:
            self.close_button.hide()
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(Label(look, texts("prepare.findings.title"), "subheading"))
        head.addStretch(1)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        self.body.addWidget(self._lines)
        self.body.addStretch(1)
        self.setAccessibleName(texts("prepare.findings.title"))

    def show_findings(self, findings: Sequence[str]) -> None:
        """Show these."""
        self._lines.show_lines(findings)


class _Lines(PaintedWidget):
    """Lines with a sign; words that do not fit wrap."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._said: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[str]) -> None:
        self._said = tuple(lines)
        self.setAccessibleName(" ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self.look.px(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(160), 0)

    def heightForWidth(self, width: int) -> int:
        blocks = self._blocks(width)
        return round(sum(block.height for block in blocks) + self.look.px(_BETWEEN) * max(0, len(blocks) - 1))

    def draw(self, ink: Ink) -> None:
        side, y = self.look.px(_ICON), 0.0
        line = self.look.theme.style("small").line
        for words, block in zip(self._said, self._blocks(self.width()), strict=True):
            if y + block.height > self.height() + 1:
                ink.cut.append(words)
            box = QRectF(0, y + (line - side) / 2, side, side)
            ink.icon("warning", box, self.look.colour("attention_ink"))
            ink.painter.setPen(self.look.colour("text"))
            block.draw(ink.painter, QRectF(self.look.px(_INDENT), y, 0, 0).topLeft())
            y += block.height + self.look.px(_BETWEEN)

    def _blocks(self, width: int) -> list[TextBlock]:
        font, line = self.look.font("small"), self.look.theme.style("small").line
        return [TextBlock(words, font, line, width - self.look.px(_INDENT)) for words in self._said]
