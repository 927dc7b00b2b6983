"""One person of the attendance: name, whether they came, how they took part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.people import PersonId
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.shown import AttendanceLine
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.fields import LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.segmented_control import SegmentedControl

_SAVED_WITHIN_MS = 700
_UNLIMITED = 16_777_215
_MINUTES_WIDTH, _MINUTES_ROOM, _SMALLEST_NAME = 52, 86, 130
"""The field; the field with its unit, or with the sign of an error; the name."""
STATUS_WORDS = ("closing.status.attended", "closing.status.partly", "closing.status.absent")
MODE_WORDS = ("closing.mode.vr", "closing.mode.screen", "closing.mode.observer")
_STATUS_KEYS = ("closing.key.attended", "closing.key.partly", "closing.key.absent")
_MODE_KEYS = ("closing.key.vr", "closing.key.screen", "closing.key.observer")


class MinutesField(LineEdit):
    """How long somebody was there; saved as it is typed.

    Signals:
        typed: what stands in the field now.
    """

    typed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._has_error = False
        look.changed.connect(self._measure)
        self._measure()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVED_WITHIN_MS)
        self._timer.timeout.connect(self.save)
        self._changed = False
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self.save)

    def show_text(self, text: str) -> None:
        """Show what is stored, unless something else is being typed."""
        if not self._changed and self.property("state") != "error" and text != self.text():
            self.setText(text)

    def show_error(self, words: str) -> None:
        """Make room for the sign of an error."""
        self._has_error = bool(words)
        self.setProperty("state", "error" if words else "")
        self.setAccessibleDescription(words)
        self.style().unpolish(self)
        self.style().polish(self)
        self._measure()

    def save(self) -> None:
        """Tell what stands in the field."""
        if self._changed:
            self._changed = False
            self._timer.stop()
            self.typed.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(event)
        self.save()

    def _measure(self) -> None:
        self.setFixedWidth(self.look.px(_MINUTES_ROOM if self._has_error else _MINUTES_WIDTH))

    def _on_edited(self) -> None:
        self._changed = True
        self._timer.start()


class AttendanceRow(PaintedWidget):
    """A row that has the keyboard as a whole: letters answer, arrows go on.

    Signals:
        status_chosen: whether they came (place of the answer).
        mode_chosen: how they took part (place of the answer).
        minutes_typed: for how long.
        step_wanted: to the next row (1) or the one before (-1).
    """

    status_chosen = Signal(int)
    mode_chosen = Signal(int)
    minutes_typed = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, look: Look, texts: Texts, line: AttendanceLine, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts, self.line = texts, line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.status = self._control("closing.status", STATUS_WORDS)
        self.mode = self._control("closing.mode", MODE_WORDS)
        self.minutes = MinutesField(look)
        self._unit = Label(look, texts("closing.minutes"), "small", "text_muted")
        self._name = Label(look, "", "body-strong", wrap=True)
        self._about = Label(look, "", "small", "text_muted", wrap=True)
        self._error = Label(look, "", "micro", "danger_ink", weight=400, wrap=True)
        self._error.hide()
        self._came_said, self._how_said = Label(look), Label(look)
        self._is_open = True
        self._lay_out()
        self._connect()
        self.show_line(line, is_open=True)

    @property
    def person_id(self) -> PersonId:
        """Whose row it is."""
        return self.line.person_id

    @property
    def has_error(self) -> bool:
        """What was typed cannot be saved."""
        return not self._error.isHidden()

    def show_line(self, line: AttendanceLine, *, is_open: bool) -> None:
        """Show what is stored."""
        self.line, self._is_open = line, is_open
        self._name.setText(line.name)
        self._about.setText(line.about)
        self.status.set_answer(line.status)
        self.mode.set_answer(line.mode)
        is_partly = line.status == 1
        self.minutes.setVisible(is_partly and is_open)
        self._unit.setVisible(is_partly and is_open and not self.has_error)
        self.minutes.show_text(line.minutes)
        if not is_partly:
            self.show_error("")
        self._show_said()
        self._direct()
        self.minutes.setAccessibleName(self._texts("closing.minutes_of", name=line.name))
        self._tell()
        self.update()

    def show_error(self, words: str) -> None:
        """Say what is wrong with the minutes."""
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.minutes.show_error(words)
        self._unit.setVisible(self.line.status == 1 and not words and self._is_open)

    def answers_left(self) -> int:
        """Where the answers to whether they came begin."""
        return self.came.x() + self.came.width() - self.status.sizeHint().width()

    def is_narrow_at(self, width: int) -> bool:
        """The controls do not fit beside the name, nor beside name and minutes."""
        fixed = self.status.sizeHint().width() + self.mode.sizeHint().width()
        fixed += self.look.px(_MINUTES_ROOM + 6 + _SMALLEST_NAME + 4 * 16)
        return width < fixed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters answer, arrows go to another row."""
        letter = event.text().upper()
        for keys, signal in ((_STATUS_KEYS, self.status_chosen), (_MODE_KEYS, self.mode_chosen)):
            for place, key in enumerate(keys):
                if letter and letter == self._texts(key) and self._is_open:
                    signal.emit(place)
                    return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole row takes the keyboard."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is drawn inside the row."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring any more."""
        super().focusOutEvent(event)
        self.update()

    def focus_rect(self) -> QRect:
        """No ring outside."""
        return QRect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the answers stand below the name."""
        super().resizeEvent(event)
        self._direct()

    def changeEvent(self, event: QEvent) -> None:
        """Enabled or not changes the colours."""
        super().changeEvent(event)
        self.update()

    def draw(self, ink: Ink) -> None:
        """Ground, hairline, focus inside."""
        box = QRectF(self.rect())
        if self.line.is_missing and self._is_open:
            ink.painter.fillRect(box, self.look.tint(Tone.ATTENTION))
        elif self.hasFocus():
            ink.painter.fillRect(box, self.look.colour("surface_selected"))
        ink.painter.fillRect(QRectF(0, 0, box.width(), 1), self.look.colour("outline"))
        if self.hasFocus():
            ink.box(box, 0, None, self.look.colour("focus"), self.look.theme.stroke("focus"))

    # --- inside ------------------------------------------------------------------------------------------

    def _show_said(self) -> None:
        """A closed record is read, not answered: the answers stand there as words."""
        came = "" if self.line.status is None else self._texts(STATUS_WORDS[self.line.status])
        if self.line.status == 1 and self.line.minutes:
            came = f"{came}, {self.line.minutes} {self._texts('closing.minutes')}"
        how = "" if self.line.mode is None else self._texts(MODE_WORDS[self.line.mode])
        self._came_said.setText(came)
        self._how_said.setText(how)
        for control, said in ((self.status, self._came_said), (self.mode, self._how_said)):
            control.setVisible(self._is_open)
            said.setVisible(not self._is_open)

    def _control(self, name: str, words: tuple[str, ...]) -> SegmentedControl:
        answers = [self._texts(key) for key in words]
        control = SegmentedControl(
            self.look, self._texts, self._texts(f"{name}.name"), answers, checked_mark=True, dense=True
        )
        # The row has the keyboard; a mouse presses the answers themselves.
        control.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return control

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        Spacing(self.look, names, gap=0)
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._about)
        names.addStretch(1)
        self.came = self._came()
        self.how = QWidget()
        how = QHBoxLayout(self.how)
        Spacing(self.look, how, gap=0)
        how.addWidget(self.mode)
        how.addWidget(self._how_said)
        how.addStretch(1)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        Spacing(self.look, self._parts, gap=16)
        self._parts.addLayout(names, 1)
        self._parts.addWidget(self.came)
        self._parts.addWidget(self.how)
        column = QVBoxLayout(self)
        Spacing(self.look, column, (16, 4, 16, 3), 2)
        column.addLayout(self._parts)
        column.addWidget(self._error)
        self._direct()

    def _came(self) -> QWidget:
        """Whether they came, and for how long."""
        duration = QHBoxLayout()
        Spacing(self.look, duration, gap=6)
        duration.addWidget(self.minutes)
        duration.addWidget(self._unit)
        came = QWidget()
        self._answers = QBoxLayout(QBoxLayout.Direction.RightToLeft, came)
        Spacing(self.look, self._answers, gap=10)
        self._answers.addWidget(self.status)
        self._answers.addWidget(self._came_said)
        self._answers.addLayout(duration)
        self._answers.addStretch(1)
        return came

    def _direct(self) -> None:
        """Side by side, or one below the other.

        Side by side the minutes stand before the answers: the name gives way to them, the answers stay below
        those of the other rows.
        """
        narrow = self.is_narrow_at(self.width())
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(down if narrow else across)
        has_said = narrow or not self._is_open
        self._answers.setDirection(across if has_said else QBoxLayout.Direction.RightToLeft)
        for widget, answers in ((self.came, self.status), (self.how, self.mode)):
            widget.setMinimumWidth(0 if narrow else answers.sizeHint().width())
        self.how.setMaximumWidth(_UNLIMITED if narrow else self.mode.sizeHint().width())
        policy = QSizePolicy.Policy.Preferred if narrow else QSizePolicy.Policy.Maximum
        self.came.setSizePolicy(policy, QSizePolicy.Policy.Preferred)

    def _connect(self) -> None:
        self.status.chosen.connect(self.status_chosen)
        self.mode.chosen.connect(self.mode_chosen)
        self.minutes.typed.connect(self.minutes_typed)
        self.look.changed.connect(self._direct)

    def _tell(self) -> None:
        parts = [self.line.name, self.line.about, self.status.accessibleName(), self.mode.accessibleName()]
        self.setAccessibleName(", ".join(part for part in parts if part))
