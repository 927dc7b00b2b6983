"""A film from its start to its end: stop-points, where it is now, and notes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.phases import PhaseGroup
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.label_places import Wanted, placed, spread
from trainer_app.ui.widgets.painted import PaintedWidget

_LABELS, _GAP, _BAR, _DISC, _STOP_WIDTH, _ICON = 20, 5, 14, 9, 4, 15
_SLIM_BAR, _NOTE, _BELOW = 8, 5, 8
_CLEAR = 2
"""Of the ground around marks and discs, and between a label and the mark below it."""

_NOTES_APART = 2 * _NOTE + _CLEAR
_STEPS_S = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}
_LONG_STEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilm:
    """What the line shows; all times in seconds of the film.

    Attributes:
        position_s: None before the film has begun.
        chosen_s: A place that a person is looking at, beside the one where the film is.
        stops_s: In order.
        notes_s: Hidden together with the notes.
        plain_ends: Times at both ends ("0.00", "7.02") instead of length and time left.
    """

    length_s: float
    position_s: float | None = None
    chosen_s: float | None = None
    stops_s: tuple[float, ...] = ()
    notes_s: tuple[float, ...] = ()
    plain_ends: bool = False


class Timeline(PaintedWidget):
    """The line of a film; with ``editable`` a person moves the position and the stop-points by keyboard.

    With ``dragged`` the position also follows the mouse while its button is held.

    Signals:
        position_chosen: a person wants this second.
        position_entered: Enter, at the chosen second.
        stop_wanted: a new stop-point at this second.
        stop_dropped: the stop-point at this place is to go.
    """

    position_chosen = Signal(float)
    position_entered = Signal(float)
    stop_wanted = Signal(float)
    stop_dropped = Signal(int)

    def __init__(
        self,
        look: Look,
        texts: Texts,
        *,
        editable: bool = False,
        dragged: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._texts, self._editable, self._dragged = texts, editable, dragged
        self._film = TimelineFilm(length_s=0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_film(self, film: TimelineFilm) -> None:
        """Show a film at a position."""
        if film == self._film:
            return
        self._film = film
        position = self._clock(film.position_s or 0)
        length = self._clock(film.length_s)
        name = self._texts("looks.film.position_name", position=position, length=length)
        if film.chosen_s is not None:
            name += f", {self._texts('looks.film.chosen_name', time=film.chosen_s)}"
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self.look.px(400), self.look.px(_LABELS) + _CLEAR + _GAP + _BAR + _BELOW)

    def x_of(self, seconds: float) -> float:
        """Where a second is."""
        if self._film.length_s <= 0:
            return 0.0
        return self.width() * min(1.0, max(0.0, seconds / self._film.length_s))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, with Shift further, with Ctrl to the next stop-point; S sets one, Del drops one.

        Enter means the place that has been moved to.
        """
        if not self._editable or not self._press(Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the second that was pressed."""
        if self._editable and event.button() is Qt.MouseButton.LeftButton and self.width():
            self._go(self._film.length_s * event.position().x() / self.width())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Come along with the mouse, where that is wanted."""
        if self._dragged and event.buttons() & Qt.MouseButton.LeftButton and self.width():
            self._go(self._film.length_s * event.position().x() / self.width())

    def draw(self, ink: Ink) -> None:
        """Labels, bar, stop-points, notes on top of them, position."""
        self._draw_labels(ink)
        height = _SLIM_BAR if self._film.plain_ends else _BAR
        bar = QRectF(0, self.look.px(_LABELS) + _CLEAR + _GAP, self.width(), height)
        self._draw_bar(ink, bar)
        for second in self._film.stops_s:
            self._draw_stop(ink, self.x_of(second), bar)
        for x in self._note_places():
            self._dot(ink, x, bar, _NOTE, self._note_ink())
        if self._film.position_s is not None:
            self._dot(ink, self.x_of(self._film.position_s), bar, _DISC, self._fill())
        if self._film.chosen_s is not None:
            self._draw_chosen(ink, self.x_of(self._film.chosen_s), bar)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        now = (self._film.position_s or 0.0) if self._film.chosen_s is None else self._film.chosen_s
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if key in _STEPS_S:
            step = _STEPS_S[key]
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._go_to_stop(now, forward=step > 0)
            else:
                self._go(now + step * (_LONG_STEP if modifiers & Qt.KeyboardModifier.ShiftModifier else 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0.0 if key == Qt.Key.Key_Home else self._film.length_s)
        elif key == Qt.Key.Key_S:
            self.stop_wanted.emit(now)
        elif key == Qt.Key.Key_Delete and now in self._film.stops_s:
            self.stop_dropped.emit(self._film.stops_s.index(now))
        else:
            return False
        return True

    def _enter(self) -> bool:
        if self._film.chosen_s is None:
            return False
        self.position_entered.emit(self._film.chosen_s)
        return True

    def _go(self, seconds: float) -> None:
        self.position_chosen.emit(min(self._film.length_s, max(0.0, seconds)))

    def _go_to_stop(self, now: float, *, forward: bool) -> None:
        beyond = [s for s in self._film.stops_s if (s > now if forward else s < now)]
        if beyond:
            self._go(min(beyond) if forward else max(beyond))

    def _draw_labels(self, ink: Ink) -> None:
        for text, icon, style, colour, left, width in self._labels():
            x = left
            if icon:
                side = self.look.px(_ICON)
                box = QRectF(x, (self.look.px(_LABELS) - side) / 2, side, side)
                ink.icon(icon, box, self.look.colour("ok_ink" if icon == "check-bold" else "text"))
                x += side + self.look.px(3)
            ink.text(QRectF(x, 0, left + width - x, self.look.px(_LABELS)), text, style, colour)

    def _labels(self) -> list[tuple[str, str, QFont, QColor, float, float]]:
        """Stop-points, position, ends, in this order: what collides with an earlier one is left out."""
        bold = self.look.font("small", weight=600, tabular=True)
        plain = self.look.font("small", tabular=True)
        text, muted = self.look.colour("text"), self.look.colour("text_muted")
        film, now = self._film, self._film.position_s
        entries: list[tuple[str, str, QFont, QColor, float]] = []
        for number, second in enumerate(film.stops_s, 1):
            words = self._texts("looks.film.stop", number=number, time=second)
            entries.append((words, self._stop_icon(second), bold, text, self.x_of(second)))
        if film.chosen_s is not None and film.chosen_s not in film.stops_s:
            entries.append((self._clock(film.chosen_s), "", bold, text, self.x_of(film.chosen_s)))
        if now is not None and now not in film.stops_s:
            accent = self.look.colour("accent_ink")
            entries.append((self._clock(now), "", bold, accent, self.x_of(now)))
        first, last = self._ends()
        entries += [(first, "", plain, muted, 0.0), (last, "", plain, muted, float(self.width()))]
        widths = [self._width(words, icon, font) for words, icon, font, _, _ in entries]
        wanted = [Wanted(entry[4], width) for entry, width in zip(entries, widths, strict=True)]
        return [
            (*entry[:4], left, width)
            for entry, width, left in zip(entries, widths, placed(wanted, self.width(), 10), strict=True)
            if left is not None
        ]

    def _ends(self) -> tuple[str, str]:
        film = self._film
        if film.plain_ends:
            return self._clock(0), self._clock(film.length_s)
        left = film.length_s - (film.position_s or 0)
        return (
            self._texts("looks.film.length", time=film.length_s),
            self._texts("looks.film.left", time=left),
        )

    def _stop_icon(self, second: float) -> str:
        if self._film.plain_ends or self._film.position_s is None:
            return ""
        return "check-bold" if second <= self._film.position_s else "flag-banner"

    def _width(self, words: str, icon: str, font: QFont) -> float:
        return QFontMetricsF(font).horizontalAdvance(words) + (self.look.px(_ICON + 3) if icon else 0) + 1

    def _draw_bar(self, ink: Ink, bar: QRectF) -> None:
        ink.box(bar, 4, self.look.colour("surface_sunken"), self.look.colour("outline"))
        if self._film.position_s is None or self._film.plain_ends:
            return
        shape = QPainterPath()
        shape.addRoundedRect(bar, 4, 4)
        ink.painter.save()
        ink.painter.setClipPath(shape)
        filled = self._fill()
        filled.setAlphaF(0.9)
        done = QRectF(0, bar.y(), self.x_of(self._film.position_s), bar.height())
        ink.painter.fillRect(done, filled)
        ink.painter.restore()

    def _note_places(self) -> list[float]:
        """Notes of the same moment lie side by side."""
        places = sorted(self.x_of(second) for second in self._film.notes_s)
        return spread(places, _NOTES_APART, _NOTE, self.width() - _NOTE)

    def _note_ink(self) -> QColor:
        return as_qt(self.look.theme.colours.phases[PhaseGroup.DEBRIEF.value].ink)

    def _draw_stop(self, ink: Ink, x: float, bar: QRectF) -> None:
        half = _STOP_WIDTH / 2
        x = min(max(x, half), self.width() - half)  # whole also at the very ends
        box = QRectF(x - half, bar.y() - _GAP, _STOP_WIDTH, bar.height() + 2 * _GAP)
        ink.box(box.adjusted(-_CLEAR, 0, _CLEAR, 0), 2, self.look.colour("surface"))
        ink.box(box, 2, self.look.colour("text"))

    def _dot(self, ink: Ink, x: float, bar: QRectF, radius: float, colour: QColor) -> None:
        centre = QPointF(min(max(x, radius), self.width() - radius), bar.center().y())
        ink.disc(centre, radius + 2, self.look.colour("surface"))
        ink.disc(centre, radius, colour)

    def _draw_chosen(self, ink: Ink, x: float, bar: QRectF) -> None:
        """Hollow: the film is not there."""
        centre = QPointF(min(max(x, _DISC), self.width() - _DISC), bar.center().y())
        ink.disc(centre, _DISC + 2, self.look.colour("text"))
        ink.disc(centre, _DISC - 1, self.look.colour("surface_raised"))

    def _fill(self) -> QColor:
        return self.look.colour("accent_ink")

    def _clock(self, seconds: float) -> str:
        return self._texts("looks.clock", seconds=seconds)
