"""A row of a list: two columns of two lines, a state at the right, a caret; the whole row is the target."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.badge import Badge
from trainer_app.ui.widgets.painted import PaintedButton

_ONE_LINE, _TWO_LINES = 44, 60
_PADDING, _LEAD_WIDTH, _CARET = 16, 144, 16


class ListRow(PaintedButton):
    """A row that opens something.

    Signals:
        clicked: pressed by mouse, Space or Enter.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        second: str = "",
        *,
        lead: tuple[str, str] | None = None,
        badge: Badge | None = None,
        caret: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Make a row.

        Args:
            look: Theme in use.
            title: First line.
            second: Second line; without it the row is 44 high.
            lead: Two lines in a column before the title.
            badge: A state at the right.
            caret: Whether the row shows that it opens something.
            parent: Qt's.
        """
        super().__init__(look, parent)
        self.title, self.second, self._lead, self._caret = title, second, lead, caret
        self._badge = badge
        self._is_last = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(title)
        self.setAccessibleName(", ".join(part for part in (*(lead or ()), title, second) if part))
        if badge:
            self._place_badge(badge)
            self.setAccessibleDescription(badge.word)

    def set_last(self, *, last: bool) -> None:
        """The last row of a card has no line below it."""
        self._is_last = last
        self.update()

    def sizeHint(self) -> QSize:
        """44 high, with two lines 60."""
        height = self.look.px(_TWO_LINES if self.second or self._lead else _ONE_LINE)
        return QSize(self._needed_width(), height)

    def minimumSizeHint(self) -> QSize:
        """Names may be cut, with a tool tip; states never."""
        return QSize(self.look.px(200), self.sizeHint().height())

    def focus_rect(self) -> QRect:
        """The ring is drawn inside the row."""
        return QRect()

    def draw(self, ink: Ink) -> None:
        """Ground, lines of text, caret, line below, focus inside."""
        box = QRectF(self.rect())
        self._draw_ground(ink, box)
        x = self.look.px(_PADDING)
        if self._lead:
            self._draw_lines(ink, x, self.look.px(_LEAD_WIDTH - 8), *self._lead)
            x += self.look.px(_LEAD_WIDTH)
        right = self._right_edge()
        self._draw_lines(ink, x, right - x, self.title, self.second)
        if self._caret:
            side = self.look.px(_CARET)
            left = box.width() - self.look.px(_PADDING) - side
            caret = QRectF(left, (box.height() - side) / 2, side, side)
            ink.icon("caret-right", caret, self.look.colour("text_muted"))
        self.setToolTip(self._accessible() if ink.cut else "")

    def _accessible(self) -> str:
        return self.accessibleName()

    def _draw_ground(self, ink: Ink, box: QRectF) -> None:
        shown = self.isChecked() or self.hasFocus()
        if shown or self.underMouse():
            ink.painter.fillRect(box, self.look.colour("surface_selected" if shown else "surface_hover"))
        if not self._is_last:
            line = QRectF(0, box.height() - 1, box.width(), 1)
            ink.painter.fillRect(line, self.look.colour("outline"))
        if self.hasFocus():
            ink.box(box, 0, None, self.look.colour("focus"), self.look.theme.stroke("focus"))

    def _draw_lines(self, ink: Ink, x: float, width: float, first: str, second: str) -> None:
        strong, small = self.look.theme.style("body-strong").line, self.look.theme.style("small").line
        total = strong + (small if second else 0)
        top = (self.height() - total) / 2
        ink.text(
            QRectF(x, top, width, strong), first, self.look.font("body-strong"), self.look.colour("text")
        )
        if second:
            box = QRectF(x, top + strong, width, small)
            ink.text(box, second, self.look.font("small", tabular=True), self.look.colour("text_muted"))

    def _place_badge(self, badge: Badge) -> None:
        row = QHBoxLayout(self)
        Spacing(self.look, row, (0, 0, 2 * _PADDING + _CARET - 4, 0))
        row.addStretch(1)
        row.addWidget(badge)
        badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _right_edge(self) -> float:
        edge = self.width() - self.look.px(_PADDING)
        if self._caret:
            edge -= self.look.px(_CARET + 8)
        return edge - (self._badge.sizeHint().width() + self.look.px(12) if self._badge else 0)

    def _needed_width(self) -> int:
        title = QFontMetricsF(self.look.font("body-strong")).horizontalAdvance(self.title)
        second = QFontMetricsF(self.look.font("small")).horizontalAdvance(self.second)
        fixed = self.look.px(2 * _PADDING + _CARET + 8 + (_LEAD_WIDTH if self._lead else 0))
        badge = self._badge.sizeHint().width() + self.look.px(12) if self._badge else 0
        return round(max(title, second) + fixed + badge + 1)
