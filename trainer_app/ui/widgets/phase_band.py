"""The whole session as a band: widths by minutes, done, current, next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.phase_words import BandPhase, PhaseState, shared_widths

_GAP, _BAR, _LABEL, _CHECK = 4, 8, 20, 14
_APART, _CLOSE = 12, 3
"""Between two names, where they have room and where they have little."""

_WIDE = 1540
"""From a window of 1600 pixels there is room for the full names."""


class PhaseBand(PaintedWidget):
    """All phases; names above their bars."""

    def __init__(
        self, look: Look, texts: Texts, *, full_names: bool = False, parent: QWidget | None = None
    ) -> None:
        """Make an empty band; ``full_names`` shows them in narrow windows, too."""
        super().__init__(look, parent)
        self._texts, self._full_names = texts, full_names
        self._phases: tuple[BandPhase, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_phases(self, phases: Sequence[BandPhase]) -> None:
        """Show where the session stands."""
        self._phases = tuple(phases)
        spoken = [self._texts(f"looks.phase.{each.state.value}", phase=each.name) for each in phases]
        self.setAccessibleName("; ".join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self.look.px(600), self.look.px(_LABEL) + _BAR + 2)

    def segments(self) -> list[QRectF]:
        """Where each phase is."""
        total = self.width() - _GAP * max(0, len(self._phases) - 1)
        widths = shared_widths([each.minutes for each in self._phases], self._smallest(), total)
        boxes, x = [], 0.0
        for width in widths:
            boxes.append(QRectF(x, 0, width, self.height()))
            x += width + _GAP
        return boxes

    def draw(self, ink: Ink) -> None:
        """Names above, bars below."""
        for at, (phase, box) in enumerate(zip(self._phases, self.segments(), strict=True)):
            if self._is_named(at):
                self._draw_name(ink, phase, box)
            bar = QRectF(box.x(), box.height() - _BAR, box.width(), _BAR)
            self._draw_bar(ink, phase, bar)

    def event(self, event: QEvent) -> bool:
        """Full names in the tool tip."""
        if isinstance(event, QHelpEvent):
            for phase, box in zip(self._phases, self.segments(), strict=True):
                if box.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), phase.name, self)
            return True
        return super().event(event)

    def _name(self, phase: BandPhase) -> str:
        return phase.name if self._full_names or self.width() >= self.look.px(_WIDE) else phase.short

    def _font(self, phase: BandPhase) -> QFont:
        return self.look.font("micro", weight=700 if phase.state is PhaseState.CURRENT else 500)

    def _needed(self, phase: BandPhase, apart: int) -> float:
        check = self.look.px(_CHECK + 3) if phase.state is PhaseState.DONE else 0
        return QFontMetricsF(self._font(phase)).horizontalAdvance(self._name(phase)) + check + apart

    def _smallest(self) -> list[float]:
        apart = _APART if self._fits(_APART) else _CLOSE
        named = [self._is_named(at) for at in range(len(self._phases))]
        return [
            self._needed(phase, apart) if is_named else 8.0
            for phase, is_named in zip(self._phases, named, strict=True)
        ]

    def _fits(self, apart: int) -> bool:
        """All names have room, so far apart."""
        gaps = _GAP * max(0, len(self._phases) - 1)
        return sum(self._needed(each, apart) for each in self._phases) + gaps <= self.width()

    def _is_named(self, at: int) -> bool:
        """All names where they fit, else those of the previous, current and next phase."""
        if self._fits(_CLOSE):
            return True
        current = [i for i, each in enumerate(self._phases) if each.state is PhaseState.CURRENT]
        return any(abs(at - place) <= 1 for place in current)

    def _draw_name(self, ink: Ink, phase: BandPhase, box: QRectF) -> None:
        x, height = box.x(), self.look.px(_LABEL)
        colour = self.look.colour("text_muted")
        if phase.state is PhaseState.CURRENT:
            colour = self._colours(phase)[0]
        if phase.state is PhaseState.DONE:
            side = self.look.px(_CHECK)
            ink.icon("check-bold", QRectF(x, (height - side) / 2, side, side), colour)
            x += side + self.look.px(3)
        ink.text(
            QRectF(x, 0, box.right() - x, height),
            self._name(phase),
            self._font(phase),
            colour,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        )

    def _draw_bar(self, ink: Ink, phase: BandPhase, bar: QRectF) -> None:
        colour, tint = self._colours(phase)
        line = self.look.colour("outline")
        if phase.state is PhaseState.DONE:
            ink.box(bar, 3, colour, line)
        elif phase.state is PhaseState.NEXT:
            ink.box(bar, 3, tint, line)
        else:
            ink.box(bar, 3, self.look.colour("surface_sunken"), line)
            shape = QPainterPath()
            shape.addRoundedRect(bar, 3, 3)
            ink.painter.save()
            ink.painter.setClipPath(shape)
            ink.painter.fillRect(QRectF(bar.x(), bar.y(), bar.width() * phase.part, _BAR), colour)
            ink.painter.restore()

    def _colours(self, phase: BandPhase) -> tuple[QColor, QColor]:
        colours = self.look.theme.colours.phases[phase.group.value]
        return as_qt(colours.ink), as_qt(colours.tint)
