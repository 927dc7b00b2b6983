"""The time left of the phase, as digits that can be read from across the room, in a ring that empties."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.phases import PhaseGroup
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.phase_words import RingWords, ring_words

_FULL_TURN = 360 * 16
_TOP = 90 * 16
_DIGITS, _LARGEST_DIGITS = 0.30, 0.36
"""Size of the digits as a part of the ring's diameter: where nothing else is said, and at most."""

_WIDEST_DIGITS = 0.93
"""Digits never come nearer to the ring than this part of its inner width."""
_PLANNED_DIAMETER = 346


class PhaseRing(PaintedWidget):
    """Name, time left and caption in a ring; the ring's colour is the phase's."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._name, self._group = "", PhaseGroup.BRIEF
        self._words: RingWords = ring_words(0, 1, texts)
        self._digits_height = 0.0
        self._largest, self._digits = math.inf, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_time(self, name: str, group: PhaseGroup, left_s: float, planned_s: float) -> None:
        """Show how much of a phase is left; the digits change once a second."""
        self._show(name, group, ring_words(left_s, planned_s, self._texts))

    def show_count(self, name: str, group: PhaseGroup, count: int, of: int = 3) -> None:
        """Count down to a start in plain numbers."""
        words = RingWords(digits=str(count), caption="", pill="", fraction=count / of, is_over=False)
        self._show(name, group, words)

    def set_largest(self, diameter: int, digits: int) -> None:
        """Be no larger than this, with digits of this size, pixels; in less room the digits give way last."""
        if (diameter, digits) != (self._largest, self._digits):
            self._largest, self._digits = diameter, digits
            self.update()

    def _show(self, name: str, group: PhaseGroup, words: RingWords) -> None:
        if (name, group, words) == (self._name, self._group, self._words):
            return
        self._name, self._group, self._words = name, group, words
        self.setAccessibleName(
            self._texts("looks.phase.ring_name", phase=name, time=words.digits, caption=words.caption)
        )
        self.update()

    def digits_height(self) -> float:
        """Height of the digits as they were painted last, in pixels: what is read at 3 m."""
        return self._digits_height

    def sizeHint(self) -> QSize:
        """What it has at 1366 x 768."""
        return QSize(_PLANNED_DIAMETER, _PLANNED_DIAMETER)

    def minimumSizeHint(self) -> QSize:
        """Smaller ones cannot be read from the chair."""
        return QSize(_PLANNED_DIAMETER * 3 // 4, _PLANNED_DIAMETER * 3 // 4)

    def draw(self, ink: Ink) -> None:
        """Groove, arc, then the words."""
        side = float(min(self.width(), self.height(), self._largest))
        circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        stroke = self._stroke(side)
        self._draw_ring(ink, circle, stroke)
        self._draw_words(ink, circle, side - 2 * stroke)

    def _stroke(self, side: float) -> int:
        name = "ring-run" if side < 420 else "ring-run-wide"
        return self.look.theme.stroke(name if side >= 320 else "ring")

    def _draw_ring(self, ink: Ink, circle: QRectF, stroke: int) -> None:
        half = stroke / 2
        inner = circle.adjusted(half, half, -half, -half)
        painter = ink.painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.colour("outline"), stroke))
        painter.drawEllipse(inner)
        painter.setPen(QPen(self.look.colour("surface_sunken"), stroke - 2))
        painter.drawEllipse(inner)
        if self._words.fraction <= 0:
            return
        pen = QPen(self._ink(), stroke)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        # What is left goes from where the hand is on to the top, so the ring empties clockwise.
        painter.drawArc(inner, _TOP, round(self._words.fraction * _FULL_TURN))

    def _draw_words(self, ink: Ink, circle: QRectF, inner: float) -> None:
        size = self._digits_size(circle.width(), inner * _WIDEST_DIGITS)
        font = self.look.sized_font(size, 600, tabular=True)
        metrics = QFontMetricsF(font)
        self._digits_height = metrics.tightBoundingRect("0").height()
        centre = circle.center()
        self._line(ink, centre, -size * 0.66, self._name, 0.185 * size, 600, self._ink())
        box = QRectF(centre.x() - inner / 2, centre.y() - size * 0.6, inner, size * 1.2)
        colour = self.look.colour("attention_ink") if self._words.is_over else self.look.colour("text")
        ink.text(box, self._words.digits, font, colour, CENTRE)
        muted = self.look.colour("text_muted")
        self._line(ink, centre, size * 0.67, self._words.caption, 0.145 * size, 400, muted)
        if self._words.pill:
            self._draw_pill(ink, centre + QPointF(0, size * 0.96))

    def _digits_size(self, diameter: float, widest: float) -> int:
        largest = round(diameter * _LARGEST_DIGITS)
        size = min(self._digits, largest) if self._digits else round(diameter * _DIGITS)
        digits = QFontMetricsF(self.look.sized_font(size, 600, tabular=True))
        width = digits.horizontalAdvance(self._words.digits)
        return size if width <= widest else int(size * widest / width)

    def _line(
        self, ink: Ink, centre: QPointF, down: float, words: str, size: float, weight: int, colour: QColor
    ) -> None:
        pixels = max(round(size), self.look.theme.style("body").size)
        box = QRectF(0, centre.y() + down - pixels, self.width(), 2 * pixels)
        ink.text(box, words, self.look.sized_font(pixels, weight), colour, CENTRE)

    def _draw_pill(self, ink: Ink, centre: QPointF) -> None:
        font = self.look.font("small", weight=600)
        width = QFontMetricsF(font).horizontalAdvance(self._words.pill) + self.look.px(20)
        height = self.look.px(24)
        box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        ink.box(box, height / 2, self.look.colour("attention_tint"), self.look.colour("attention_ink"))
        ink.text(box, self._words.pill, font, self.look.colour("attention_ink"), CENTRE)

    def _ink(self) -> QColor:
        return as_qt(self.look.theme.colours.phases[self._group.value].ink)
