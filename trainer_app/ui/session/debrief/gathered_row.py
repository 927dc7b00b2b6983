"""One line of what was gathered: a sign, small words, the text; pressed, it opens for changes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.ui.session.debrief.lines import GatheredLine
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.painted import PaintedButton

_LEFT, _ICON, _TEXT_LEFT, _RIGHT, _ABOVE = 16, 18, 44, 16, 7
_MARK = 16


class GatheredRow(PaintedButton):
    """A row; the whole of it is the target. ``mark``: icon at its end, saying what a press does."""

    def __init__(
        self, look: Look, line: GatheredLine, parent: QWidget | None = None, *, mark: str = ""
    ) -> None:
        super().__init__(look, parent)
        self._mark = mark
        self._is_last = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_line(line)

    def show_line(self, line: GatheredLine) -> None:
        """Show this, or the same with other words."""
        self.line = line
        self.setText(line.text)
        self.setAccessibleName(f"{line.about}: {line.text}")
        self.updateGeometry()
        self.update()

    def set_last(self, *, last: bool) -> None:
        """The last row of a card has no line below it."""
        self._is_last = last
        self.update()

    def focus_rect(self) -> QRect:
        """The ring is drawn inside the row."""
        return QRect()

    def sizeHint(self) -> QSize:
        """As on one line each; where words wrap, the height follows the width."""
        return QSize(self.look.px(240), self._height(None))

    def minimumSizeHint(self) -> QSize:
        """Words wrap."""
        return QSize(self.look.px(200), self._height(None))

    def heightForWidth(self, width: int) -> int:
        """Small words, text, and a hairline."""
        return self._height(width)

    def draw(self, ink: Ink) -> None:
        """Ground, sign, words, hairline, focus inside."""
        px, box = self.look.px, QRectF(self.rect())
        if self.hasFocus() or self.underMouse():
            name = "surface_selected" if self.hasFocus() else "surface_hover"
            ink.painter.fillRect(box, self.look.colour(name))
        self._draw_words(ink)
        side = px(_ICON)
        sign = QRectF(px(_LEFT), (box.height() - side) / 2, side, side)
        ink.icon(self.line.icon, sign, self.look.colour("accent_ink"))
        if self._mark and self.isEnabled():
            side = px(_MARK)
            mark = QRectF(box.width() - px(_RIGHT) - side, (box.height() - side) / 2, side, side)
            ink.icon(self._mark, mark, self.look.colour("text_muted"))
        if not self._is_last:
            ink.painter.fillRect(QRectF(0, box.height() - 1, box.width(), 1), self.look.colour("outline"))
        if self.hasFocus():
            ink.box(box, 0, None, self.look.colour("focus"), self.look.theme.stroke("focus"))

    def _draw_words(self, ink: Ink) -> None:
        about, text = self._blocks(self.width())
        corner = QRectF(self.look.px(_TEXT_LEFT), self.look.px(_ABOVE), 0, 0).topLeft()
        parts = [(about, self._about_colour()), (text, "text")]
        if self.line.about_below:
            parts.reverse()
        for block, colour in parts:
            if block.width > self._room(self.width()) + 1:
                ink.cut.append(self.line.text)
            ink.painter.setPen(self.look.colour(colour))
            block.draw(ink.painter, corner)
            corner.setY(corner.y() + block.height)

    def _about_colour(self) -> str:
        return "attention_ink" if self.line.needs_care else "text_muted"

    def _room(self, width: int) -> int:
        at_end = _RIGHT + (_MARK + _RIGHT if self._mark else 0)
        return width - self.look.px(_TEXT_LEFT + at_end)

    def _height(self, width: int | None) -> int:
        about, text = self._blocks(width)
        return round(about.height + text.height) + 2 * self.look.px(_ABOVE) + 1

    def _blocks(self, width: int | None) -> tuple[TextBlock, TextBlock]:
        room = None if width is None else self._room(width)
        small, body = self.look.theme.style("small").line, self.look.theme.style("body").line
        about = TextBlock(self.line.about, self.look.font("small", tabular=True), small, room)
        return about, TextBlock(self.line.text, self.look.font("body"), body, room)
