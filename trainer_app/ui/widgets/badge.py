"""The state of a session as a pill: icon and word."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.sessions import SessionState
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget

_STATES: Mapping[SessionState, tuple[str, Tone]] = MappingProxyType(
    {
        SessionState.DRAFT: ("pencil-simple", Tone.NEUTRAL),
        SessionState.PLANNED: ("calendar-check", Tone.ACCENT),
        SessionState.READY: ("check-square", Tone.ACCENT),
        SessionState.IN_PROGRESS: ("play", Tone.OK),
        SessionState.HELD: ("check-circle", Tone.NEUTRAL),
        SessionState.CLOSED: ("lock-simple", Tone.NEUTRAL),
        SessionState.CANCELLED: ("x-circle", Tone.NEUTRAL),
        SessionState.ABORTED: ("stop-circle", Tone.ATTENTION),
        SessionState.ANONYMISED: ("user-minus", Tone.NEUTRAL),
    }
)
_HEIGHT, _PADDING, _ICON, _GAP = 24, 9, 16, 4


class Badge(PaintedWidget):
    """A pill with icon and word."""

    def __init__(
        self,
        look: Look,
        icon: str,
        word: str,
        tone: Tone = Tone.NEUTRAL,
        *,
        dashed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self.word = word
        self._icon, self._tone, self._dashed = icon, tone, dashed
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        words = QFontMetricsF(self._font()).horizontalAdvance(self.word)
        return QSize(round(words + self.look.px(2 * _PADDING + _ICON + _GAP) + 1), self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """The pill; a dashed one has no fill."""
        box, colour = QRectF(self.rect()), self._colour()
        if self._dashed:
            ink.box(box, box.height() / 2, None, colour, style=Qt.PenStyle.DashLine)
        else:
            line = _edge(self.look, self._tone)
            ink.box(box, box.height() / 2, self.look.tint(self._tone), line)
        side, padding = self.look.px(_ICON), self.look.px(_PADDING)
        ink.icon(self._icon, QRectF(padding, (box.height() - side) / 2, side, side), colour)
        left = padding + side + self.look.px(_GAP)
        ink.text(box.adjusted(left, 0, -padding + 1, 0), self.word, self._font(), colour)

    def _font(self) -> QFont:
        return self.look.font("micro", weight=600)

    def _colour(self) -> QColor:
        return self.look.colour("text_muted") if self._tone is Tone.NEUTRAL else self.look.ink(self._tone)


def session_badge(look: Look, state: SessionState, texts: Texts, parent: QWidget | None = None) -> Badge:
    """The badge of a session's state."""
    icon, tone = _STATES[state]
    word = texts(f"session.state.{state.value}")
    return Badge(
        look, icon, word[0].upper() + word[1:], tone, dashed=state is SessionState.DRAFT, parent=parent
    )


def _edge(look: Look, tone: Tone) -> QColor:
    """A hairline a little darker than the tint, so that the pill shows on white and on tints."""
    if look.theme.name.value == "high-contrast":
        return look.ink(tone)
    if tone is Tone.NEUTRAL:
        return look.colour("outline")
    faint = look.ink(tone)
    faint.setAlphaF(0.18)
    return faint
