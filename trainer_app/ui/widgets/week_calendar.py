"""The week: days as columns, sessions in them, what collides side by side and hatched."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import RIGHT, Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.week_event_painter import paint_event
from trainer_app.ui.widgets.week_head_painter import paint_day_head
from trainer_app.ui.widgets.week_layout import (
    Week,
    WeekEvent,
    day_widths,
    in_order,
    lanes,
    neighbour_day,
    overlap,
)

_GUTTER, _HEAD, _HOUR, _MARGIN, _LANE_GAP = 53, 49, 61, 3, 6
_QUARTER = 15


class WeekCalendar(PaintedWidget):
    """A week that is worked with by keyboard as well as by mouse.

    Signals:
        event_chosen: an event has the keyboard, or was pressed.
        event_opened: Enter, or pressed by mouse.
        slot_chosen: day and minute of an empty place that was pressed.
        move_wanted: event, days, minutes (Ctrl + arrows).
        length_wanted: event, minutes (Shift + arrows).
        week_wanted: weeks to go (PgUp, PgDn).
        today_wanted: Home.
    """

    event_chosen = Signal(str)
    event_opened = Signal(str)
    slot_chosen = Signal(int, int)
    move_wanted = Signal(str, int, int)
    length_wanted = Signal(str, int)
    week_wanted = Signal(int)
    today_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._week = Week(days=())
        self._current: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._tell()

    def show_week(self, week: Week) -> None:
        """Show a week; the event with the keyboard keeps it where it is still there."""
        self._week = week
        if self._current not in {event.key for event in week.events}:
            self._current = None
        self._tell()
        self.updateGeometry()
        self.update()

    def current(self) -> WeekEvent | None:
        """The event with the keyboard."""
        return next((event for event in self._week.events if event.key == self._current), None)

    def events(self) -> tuple[WeekEvent, ...]:
        """All that is shown."""
        return self._week.events

    def choose(self, key: str) -> None:
        """Let an event have the keyboard, without a signal; one that is not there changes nothing."""
        if key in {event.key for event in self._week.events}:
            self._current = key
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:
        """As high as its hours; where there is more room, they are higher."""
        first, last = self._week.hours
        return QSize(self.look.px(640), self.look.px(_HEAD + _HOUR * (last - first)))

    def event_box(self, key: str) -> QRectF:
        """Where an event lies.

        Raises:
            KeyError: no such event.
        """
        event = {each.key: each for each in self._week.events}[key]
        lane = lanes(self._week.events)[key]
        left, width = self._day(event.day)
        inner = width - 2 * self.look.px(_MARGIN)
        each = (inner - _LANE_GAP * (lane.of - 1)) / lane.of
        top, bottom = self._y(event.start_min), self._y(event.end_min)
        x = left + self.look.px(_MARGIN) + lane.at * (each + _LANE_GAP)
        return QRectF(x, top, each, bottom - top)

    def focus_rect(self) -> QRect:
        """The ring goes round the event with the keyboard."""
        return self.event_box(self._current).toRect() if self._current else self.rect().adjusted(4, 4, -4, -4)

    def draw(self, ink: Ink) -> None:
        """Ground, hours, heads, events, now."""
        box, radius = QRectF(self.rect()), self.look.theme.radius("card")
        ink.box(box, radius, self.look.colour("surface_raised"))
        self._draw_grid(ink)
        for at, day in enumerate(self._week.days):
            left, width = self._day(at)
            head = QRectF(left, 0, width, self.look.px(_HEAD))
            collides = any(event.day == at and event.conflicts for event in self._week.events)
            paint_day_head(ink, self._texts, head, day.weekday, day.date, day.is_today, collides)
        for event in self._week.events:
            shared = overlap(event, self._week.events)
            hatch = (self._y(shared[0]), self._y(shared[1])) if shared else None
            paint_event(ink, event, self.event_box(event.key), hatch)
        self._draw_now(ink)
        ink.box(box, radius, None, self.look.colour("outline"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move through events; with Ctrl they move one, with Shift they change its length."""
        keys = {
            Qt.Key.Key_PageUp: lambda: self.week_wanted.emit(-1),
            Qt.Key.Key_PageDown: lambda: self.week_wanted.emit(1),
            Qt.Key.Key_Home: self.today_wanted.emit,
            Qt.Key.Key_Return: self._open,
            Qt.Key.Key_Enter: self._open,
        }
        key = Qt.Key(event.key())
        arrow = _ARROWS.get(key)
        if arrow is not None:
            self._press_arrow(arrow, event.modifiers())
        elif key in keys:
            keys[key]()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keyboard the first event gets it."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self._current is None and by_keyboard and self._week.events:
            self._choose(in_order(self._week.events)[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the event or the empty place that was pressed."""
        hit = self._at(event.position())
        if hit:
            self._choose(hit)
            self._open()
        elif (slot := self._slot(event.position())) is not None:
            self.slot_chosen.emit(*slot)

    def _open(self) -> None:
        if self._current:
            self.event_opened.emit(self._current)

    def _press_arrow(self, arrow: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        current, (days, quarters) = self.current(), arrow
        if current is None:
            if self._week.events:
                self._choose(in_order(self._week.events)[0])
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.move_wanted.emit(current.key, days, quarters * _QUARTER)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.length_wanted.emit(current.key, (days + quarters) * _QUARTER)
        else:
            self._go(current, days, quarters)

    def _go(self, current: WeekEvent, days: int, steps: int) -> None:
        events = in_order(self._week.events)
        if days:
            there = neighbour_day(events, current, days)
        else:
            at = events.index(current) + steps
            there = events[at] if 0 <= at < len(events) else None
        if there:
            self._choose(there)

    def _choose(self, event: WeekEvent) -> None:
        self._current = event.key
        self._tell()
        self.update()
        self.event_chosen.emit(event.key)

    def _tell(self) -> None:
        event = self.current()
        if event is None:
            empty = "looks.week.name" if self._week.events else "looks.week.no_event"
            self.setAccessibleName(self._texts(empty))
            return
        start, _, end = event.times.partition("–")
        day = self._week.days[event.day].spoken
        words = self._texts("looks.week.event_name", day=day, start=start, end=end, title=event.title)
        self.setAccessibleName(". ".join((words, *event.lines)))

    def _day(self, day: int) -> tuple[float, float]:
        """Left edge and width."""
        edited = next((event.day for event in self._week.events if event.is_edited), None)
        gutter = self.look.px(_GUTTER)
        widths = day_widths(len(self._week.days), edited, self.width() - gutter)
        return gutter + sum(widths[:day]), widths[day]

    def _y(self, minute: int) -> float:
        return self.look.px(_HEAD) + (minute / 60 - self._week.hours[0]) * self._hour()

    def _hour(self) -> float:
        first, last = self._week.hours
        return max(self.look.px(_HOUR), (self.height() - self.look.px(_HEAD)) / (last - first))

    def _at(self, point: QPointF) -> WeekEvent | None:
        hits = [event for event in self._week.events if self.event_box(event.key).contains(point)]
        return hits[0] if hits else None

    def _slot(self, point: QPointF) -> tuple[int, int] | None:
        minute = int((point.y() - self.look.px(_HEAD)) / self._hour() * 60) + self._week.hours[0] * 60
        for day in range(len(self._week.days)):
            left, width = self._day(day)
            if left <= point.x() < left + width and point.y() >= self.look.px(_HEAD):
                return day, minute // _QUARTER * _QUARTER
        return None

    def _draw_grid(self, ink: Ink) -> None:
        head, gutter = self.look.px(_HEAD), self.look.px(_GUTTER)
        for at, day in enumerate(self._week.days):
            left, width = self._day(at)
            if day.is_today:
                tint = self.look.colour("accent_tint")
                tint.setAlphaF(0.35)
                ink.painter.fillRect(QRectF(left, head, width, self.height() - head - 1), tint)
            self._line(ink, QRectF(round(left), 0, 1, self.height()))
        self._line(ink, QRectF(0, head, self.width(), 1))
        first, last = self._week.hours
        for hour in range(first + 1, last):
            y = round(self._y(hour * 60))
            self._line(ink, QRectF(gutter, y, self.width() - gutter, 1))
            label = QRectF(0, y - self.look.px(9), gutter - self.look.px(8), self.look.px(18))
            words = self._texts("looks.clock", seconds=hour * 60).rjust(5, "0")
            font = self.look.font("micro", weight=400, tabular=True)
            ink.text(label, words, font, self.look.colour("text_muted"), RIGHT)

    def _line(self, ink: Ink, box: QRectF) -> None:
        ink.painter.fillRect(box, self.look.colour("outline"))

    def _draw_now(self, ink: Ink) -> None:
        if self._week.now_min is None:
            return
        for at, day in enumerate(self._week.days):
            if day.is_today:
                left, width = self._day(at)
                y = self._y(self._week.now_min)
                ink.painter.fillRect(QRectF(left, y - 1, width, 2), self.look.colour("accent_ink"))
                ink.disc(QPointF(left + 1, y), 5, self.look.colour("accent_ink"))


_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
