"""Two to four exclusive answers, all visible; the chosen one has tint and, where asked for, a check mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget

_PADDING, _CHECK, _CHECK_GAP = 15, 14, 5
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class SegmentedControl(PaintedWidget):
    """Answers side by side; widths are fixed, so that nothing jumps.

    Signals:
        chosen: the answer at this place was chosen by a person.
    """

    chosen = Signal(int)

    def __init__(
        self,
        look: Look,
        texts: Texts,
        name: str,
        answers: Sequence[str],
        *,
        checked_mark: bool = False,
        dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a control without an answer.

        Args:
            look: Theme in use.
            texts: For screen readers.
            name: What is asked.
            answers: Their words.
            checked_mark: The chosen one has a check mark, as it must where the answer is a fact.
            dense: 28 high, for rows.
            parent: Qt's.
        """
        super().__init__(look, parent)
        self._texts, self._name = texts, name
        self.answers = tuple(answers)
        self._chosen: int | None = None
        self._with_mark, self._dense = checked_mark, dense
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def answer(self) -> int | None:
        """The place of the chosen answer."""
        return self._chosen

    def set_answer(self, place: int | None) -> None:
        """Show an answer, without a signal."""
        self._chosen = place
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as all answers with their check marks."""
        height = self.look.px(30 if self._dense else 36)
        return QSize(round(sum(self._widths()) + 0.5), height)

    def segment(self, place: int) -> QRectF:
        """Where an answer is."""
        widths = self._widths()
        return QRectF(sum(widths[:place]), 0, widths[place], self.height())

    def draw(self, ink: Ink) -> None:
        """A frame, the tint of the chosen one, lines between."""
        box, radius = QRectF(self.rect()), self.look.theme.radius("control")
        ink.box(box, radius, self.look.colour("surface_raised"))
        if self._chosen is not None:
            self._tint(ink, self.segment(self._chosen), radius)
        for place, words in enumerate(self.answers):
            if place:
                x = round(self.segment(place).left()) + 0.5
                ink.painter.setPen(self.look.colour("outline"))
                ink.painter.drawLine(QPointF(x, 1), QPointF(x, box.height() - 1))
            self._draw_answer(ink, place, words)
        ink.box(box, radius, None, self.look.colour("outline_strong"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the answer, digits choose it, Space takes the first."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._choose(
                ((self._chosen if self._chosen is not None else -1) + _STEPS[key]) % len(self.answers)
            )
        elif event.text().isdigit() and 1 <= int(event.text()) <= len(self.answers):
            self._choose(int(event.text()) - 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._chosen if self._chosen is not None else 0)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            places = [at for at in range(len(self.answers)) if self.segment(at).contains(event.position())]
            for place in places[:1]:
                self._choose(place)

    def focus_rect(self) -> QRect:
        """The ring goes round all of it."""
        return self.rect()

    def _choose(self, place: int) -> None:
        changed = place != self._chosen
        self.set_answer(place)
        if changed:
            self.chosen.emit(place)

    def _tell(self) -> None:
        if self._chosen is None:
            self.setAccessibleName(self._texts("looks.segment.none", group=self._name))
            return
        answer = self.answers[self._chosen]
        self.setAccessibleName(self._texts("looks.segment.chosen", group=self._name, answer=answer))

    def _widths(self) -> list[float]:
        mark = _CHECK + _CHECK_GAP - 8 if self._with_mark else 0
        padding = self.look.px(2 * _PADDING + mark)
        metrics = QFontMetricsF(self.look.font(*self._style(), weight=600))
        return [round(metrics.horizontalAdvance(words) + padding) for words in self.answers]

    def _style(self) -> tuple[str]:
        return ("small",) if self._dense else ("body",)

    def _tint(self, ink: Ink, box: QRectF, radius: float) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        ink.painter.save()
        ink.painter.setClipPath(shape)
        ink.painter.fillRect(box, self.look.colour("accent_tint"))
        ink.painter.restore()

    def _draw_answer(self, ink: Ink, place: int, words: str) -> None:
        box = self.segment(place)
        if place != self._chosen:
            font = self.look.font(*self._style(), weight=500)
            ink.text(box, words, font, self._colour("text"), CENTRE)
            return
        font, colour = self.look.font(*self._style(), weight=600), self._colour("accent_ink")
        width = QFontMetricsF(font).horizontalAdvance(words)
        side, gap = self.look.px(_CHECK), self.look.px(_CHECK_GAP)
        lead = side + gap if self._with_mark else 0
        left = box.left() + (box.width() - width - lead) / 2
        if self._with_mark:
            ink.icon("check-bold", QRectF(left, (box.height() - side) / 2, side, side), colour)
        ink.text(QRectF(left + lead, 0, width + 1, box.height()), words, font, colour)

    def _colour(self, name: str) -> QColor:
        return self.look.colour(name if self.isEnabled() else "text_disabled")
