"""A message inside the page: a fact, its cause, and at most two buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.OK: "check-circle",
    Tone.ATTENTION: "warning",
    Tone.DANGER: "warning-circle",
}
_EDGE = 4
_MARGINS = (48, 13, 16, 12)
_GAP = 8
_SLACK = 4
"""Pixels to spare where words shall stand in one line."""

_MOST_BUTTONS = 2


class Banner(PaintedWidget):
    """A message.

    Signals:
        chosen: the button at this place was pressed.
    """

    chosen = Signal(int)

    def __init__(
        self,
        look: Look,
        tone: Tone,
        fact: str,
        cause: str = "",
        buttons: Sequence[str] = (),
        parent: QWidget | None = None,
        *,
        beside: bool = False,
    ) -> None:
        """Make a message.

        Args:
            look: Theme in use.
            tone: Attention: one can go on. Danger: it must be solved first.
            fact: What is the case.
            cause: Why.
            buttons: The words of the next steps, at most two.
            parent: Qt's.
            beside: The buttons stand beside the words, not below them.

        Raises:
            ValueError: more buttons than two.
        """
        if len(buttons) > _MOST_BUTTONS:
            raise ValueError(f"a banner has at most {_MOST_BUTTONS} buttons")
        super().__init__(look, parent)
        self._tone = tone
        self.buttons = [Button(look, words, scale=Scale.ROW) for words in buttons]
        self._fact, self._beside = fact, beside
        self._said = Label(look, fact, "body-strong", wrap=True)
        self._cause = Label(look, cause, "small", wrap=True)
        if not cause:
            self._cause.hide()
        self._lay_out()
        self._name_it()

    def width_in_one_line(self) -> int:
        """Pixels at which nothing it says has to wrap."""
        words = max(label.width_in_one_line() for label in (self._said, self._cause))
        buttons = sum(button.sizeHint().width() + self.look.px(_GAP) for button in self.buttons)
        inside = words + buttons if self._beside else max(words, buttons)
        return inside + self.look.px(_MARGINS[0] + _MARGINS[2] + _SLACK)

    def show_cause(self, cause: str) -> None:
        """Say another cause; the fact and the next steps stay."""
        if cause == self._cause.text():
            return
        self._cause.setText(cause)
        self._cause.setVisible(bool(cause))
        self._outer.activate()  # more words ask for their room now, not a moment after they are painted
        self._name_it()

    def draw(self, ink: Ink) -> None:
        """Tint, outline, a strong left edge, icon."""
        box, radius = QRectF(self.rect()), self.look.theme.radius("control") + 1
        colour = self.look.ink(self._tone)
        ink.box(box, radius, self.look.tint(self._tone))
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        ink.painter.save()
        ink.painter.setClipPath(shape)
        ink.painter.fillRect(QRectF(0, 0, _EDGE, box.height()), colour)
        ink.painter.restore()
        ink.box(box, radius, None, colour)
        side = self.look.px(20)
        top = (box.height() - side) / 2 if self._beside else self.look.px(13)
        ink.icon(_ICONS[self._tone], QRectF(self.look.px(18), top, side, side), colour)

    def _name_it(self) -> None:
        cause = self._cause.text()
        self.setAccessibleName(f"{self._fact.removesuffix('.')}. {cause}" if cause else self._fact)

    def _lay_out(self) -> None:
        outer = self._outer = QHBoxLayout(self)
        Spacing(self.look, outer, _MARGINS, _GAP)
        column = QVBoxLayout()
        Spacing(self.look, column, gap=2)
        outer.addLayout(column, 1)
        for label in (self._said, self._cause):
            column.addWidget(label)
        if self.buttons:
            (outer if self._beside else column).addLayout(self._row())

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 0 if self._beside else 6, 0, 0), _GAP)
        for at, button in enumerate(self.buttons):
            button.setProperty("place", at)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
        if not self._beside:
            row.addStretch(1)
        return row

    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().property("place"))
