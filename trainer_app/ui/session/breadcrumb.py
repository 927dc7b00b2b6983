"""Where in a session one is: «1 Klargjøring > 2 Gjennomføring > 3 Avslutning»; what is done has a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.step_names import STEPS
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget

_HEIGHT, _PADDING, _SIGN_GAP, _CARET, _GAP, _CHECK = 32, 12, 8, 16, 8, 18


@dataclass(frozen=True, slots=True)
class _Crumb:
    number: int
    word: str
    is_done: bool
    is_current: bool


class Breadcrumb(PaintedWidget):
    """The three steps; it is looked at, not pressed."""

    def __init__(self, look: Look, texts: Texts, step: str, parent: QWidget | None = None) -> None:
        """Make it; ``step`` is the one the user is in."""
        super().__init__(look, parent)
        self._texts = texts
        self._crumbs = [
            _Crumb(number, texts(f"session_page.step.{name}"), number - 1 < STEPS.index(step), name == step)
            for number, name in enumerate(STEPS, start=1)
        ]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(self._spoken(crumb) for crumb in self._crumbs))

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        widths = sum(self._width(crumb) for crumb in self._crumbs)
        between = self.look.px(_CARET + 2 * _GAP) * (len(self._crumbs) - 1)
        return QSize(round(widths + between + 1), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def draw(self, ink: Ink) -> None:
        """A pill round the current step, carets between."""
        for crumb, x in self._places():
            if crumb.number > 1:
                left = x - self.look.px(_CARET + _GAP)
                ink.icon("caret-right", self._square(left, _CARET), self.look.colour("text_muted"))
            self._draw_crumb(ink, crumb, x)

    def _draw_crumb(self, ink: Ink, crumb: _Crumb, x: float) -> None:
        box = QRectF(x, 0, self._width(crumb), self.height())
        if crumb.is_current:
            ink.box(box, box.height() / 2, self.look.colour("accent_tint"))
        colour = self.look.colour("accent_ink" if crumb.is_current else "text_muted")
        font, left = self.look.font("small", weight=600), x + self.look.px(_PADDING)
        if crumb.is_done:
            ink.icon("check-circle", self._square(left, _CHECK), self.look.colour("ok_ink"))
        else:
            ink.text(QRectF(left, 0, self._sign_width(crumb), self.height()), str(crumb.number), font, colour)
        left += self._sign_width(crumb) + self.look.px(_SIGN_GAP)
        ink.text(QRectF(left, 0, box.right() - left, self.height()), crumb.word, font, colour)

    def _places(self) -> Iterator[tuple[_Crumb, float]]:
        x = 0.0
        for crumb in self._crumbs:
            yield crumb, x
            x += self._width(crumb) + self.look.px(_CARET + 2 * _GAP)

    def _square(self, left: float, side: int) -> QRectF:
        px = self.look.px(side)
        return QRectF(left, (self.height() - px) / 2, px, px)

    def _sign_width(self, crumb: _Crumb) -> float:
        if crumb.is_done:
            return self.look.px(_CHECK)
        return self._metrics().horizontalAdvance(str(crumb.number))

    def _width(self, crumb: _Crumb) -> float:
        words = self._metrics().horizontalAdvance(crumb.word)
        return words + self._sign_width(crumb) + self.look.px(2 * _PADDING + _SIGN_GAP)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.look.font("small", weight=600))

    def _spoken(self, crumb: _Crumb) -> str:
        kind = "done" if crumb.is_done else "current" if crumb.is_current else "coming"
        return self._texts(f"session_page.step.{kind}", number=crumb.number, step=crumb.word)
