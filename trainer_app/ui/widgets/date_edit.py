"""A field for a date: typed in words or figures, or chosen in a calendar that pops up."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.fields import LineEdit

_ICON, _INSET = 16, 12
_CALENDAR = (330, 310)
"""Pixels at 100 % text size: room for «man.» above each day, and for six weeks."""
_WEEKDAYS = tuple(Qt.DayOfWeek)
_ARROWS = {"qt_calendar_prevmonth": "caret-left", "qt_calendar_nextmonth": "caret-right"}


class DateEdit(LineEdit):
    """A date field. The calendar opens by its icon, Alt+Down or F4.

    Signals:
        day_chosen: a day was chosen in the calendar.
    """

    day_chosen = Signal(date)

    def __init__(self, look: Look, calendar_name: str, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent)
        self._calendar_name, self._lang = calendar_name, lang
        self._day: date | None = None
        self.popup: DayPopup | None = None

    def show_day(self, day: date | None) -> None:
        """The day the calendar opens at."""
        self._day = day

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the calendar's icon, in the colour of what is wrong."""
        QLineEdit.paintEvent(self, event)
        wrong = self.property("state") == "error"
        with Ink(self, self.look) as ink:
            ink.icon(
                "calendar-blank", self._icon(), self.look.colour("danger_ink" if wrong else "text_muted")
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down and F4 open the calendar."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The icon opens the calendar."""
        if event.position().x() >= self._icon().left() - _INSET / 2:
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar below the field."""
        if not self.isEnabled():
            return
        self.popup = DayPopup(self.look, self._calendar_name, self._lang, self._day, self)
        self.popup.day_chosen.connect(self.day_chosen)
        self.popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self.popup.show()
        self.popup.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _icon(self) -> QRectF:
        side = self.look.px(_ICON)
        return QRectF(self.width() - side - self.look.px(_INSET), (self.height() - side) / 2, side, side)


class DayPopup(QFrame):
    """A month from which a day is chosen; Esc closes it.

    Signals:
        day_chosen: by Enter or by mouse.
    """

    day_chosen = Signal(date)

    def __init__(self, look: Look, name: str, lang: str, day: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(name)
        self.calendar.setLocale(QLocale("nb_NO" if lang == "nb" else "en_GB"))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setMinimumSize(look.px(_CALENDAR[0]), look.px(_CALENDAR[1]))
        self._dress(look)
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.clicked.connect(self._on_chosen)
        self.calendar.activated.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[look.px(8)] * 4)
        column.addWidget(self.calendar)

    def _dress(self, look: Look) -> None:
        """What a style sheet does not reach: the formats of the table, and the arrows."""
        muted, text = look.colour("text_muted"), look.colour("text")
        self.calendar.setHeaderTextFormat(_written_in(look, muted))
        for weekday in _WEEKDAYS:
            # No colour: Qt's own is red at weekends, and hides which days are of another month.
            self.calendar.setWeekdayTextFormat(weekday, _written_in(look))
        for name, icon in _ARROWS.items():
            button = self.calendar.findChild(QToolButton, name)
            assert isinstance(button, QToolButton)
            button.setIcon(look.icons.icon(icon, text, muted))
            button.setIconSize(QSize(look.px(_ICON), look.px(_ICON)))

    def _on_chosen(self, chosen: QDate) -> None:
        self.calendar.blockSignals(True)  # a click is told as clicked and as activated
        self.close()
        self.day_chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))


def _written_in(look: Look, colour: QColor | None = None) -> QTextCharFormat:
    written = QTextCharFormat()
    if colour is not None:
        written.setForeground(colour)
    written.setFont(look.font("small", tabular=True))
    return written
