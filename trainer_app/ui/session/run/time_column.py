"""The left column: the time that is left, and the steps that lead on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.big_times import BigTimes
from trainer_app.ui.session.run.models import Steps, Times
from trainer_app.ui.session.run.more_button import MoreButton
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.session.run.session_time import SessionTime
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.phase_ring import PhaseRing

_SMALLEST_RING = 200

_RING_FIRST = 100
"""The ring takes what it can use; the session's minutes stand in the middle of the rest."""


class TimeColumn(QWidget):
    """Ring, minutes, hint, buttons.

    Signals:
        pause_pressed: pause, or go on.
        minute_wanted: one more.
        next_pressed: the next phase, or the end.
        back_pressed: the phase before.
        skip_pressed: leave this phase out.
    """

    pause_pressed = Signal()
    minute_wanted = Signal()
    next_pressed = Signal()
    back_pressed = Signal()
    skip_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._texts = look, texts
        self.ring = PhaseRing(look, texts)
        # Below what can be read from the chair, but the window must not grow beyond a small screen.
        self.ring.setMinimumSize(_SMALLEST_RING, _SMALLEST_RING)
        self.session_time = SessionTime(look, texts)
        self._hint = flowing(look, "", "body", "text_muted", align=Qt.AlignmentFlag.AlignHCenter)
        self.pause = Button(look, texts("run.pause"), scale=Scale.RUN, icon="pause", keycap="F8")
        self._minute = Button(look, texts("run.minute"), scale=Scale.RUN, name=texts("run.minute.name"))
        self.next_beside = Button(look, texts("run.next_phase"), scale=Scale.RUN)
        self.next = Button(
            look, texts("run.next_phase"), Kind.PRIMARY, scale=Scale.RUN, icon_after="arrow-right"
        )
        self._back = Button(look, texts("run.previous"), Kind.QUIET, scale=Scale.ROW, icon="arrow-left")
        self._skip = Button(look, texts("run.skip"), Kind.QUIET, scale=Scale.ROW, icon="skip-forward")
        self.more = MoreButton(look, texts)
        self._in_film, self._is_low, self._waits = False, False, False
        self._can_go_back, self._can_skip = False, False
        self._lay_out()
        self._connect()

    def show_times(self, times: Times) -> None:
        """Another second."""
        if times.count is not None:
            self.ring.show_count(times.name, times.group, times.count)
        else:
            self.ring.show_time(times.name, times.group, times.left_s, times.planned_s)
        self.session_time.show_minutes(times.session_min)

    def show_steps(self, steps: Steps) -> None:
        """What can be done now."""
        self._in_film = not steps.next_is_primary
        self._hint.setText(steps.hint)
        self.pause.set_words(steps.pause, icon="play" if steps.is_paused else "pause")
        self.pause.set_kind(Kind.PRIMARY if steps.pause_is_primary else Kind.PLAIN)
        for button in (self.next, self.next_beside):
            button.set_words(steps.next)
        self._waits = steps.waits_for_start
        self._can_go_back, self._can_skip = steps.can_go_back, steps.can_skip
        self._show_what_fits()

    def first_step(self) -> Button:
        """What has the keyboard where nothing else wants it."""
        return self.more if self._waits else self.pause

    def set_times(self, times: BigTimes) -> None:
        """Let ring and digits be so large."""
        self.ring.set_largest(times.ring, times.digits)
        self.ring.setMaximumHeight(times.ring)
        self.session_time.set_digits(times.session)

    def set_urgent(self, *, urgent: bool) -> None:
        """Whether leading on is the first thing to do; what is asked in the middle comes before it."""
        self.next.set_kind(Kind.PRIMARY if urgent else Kind.PLAIN)

    def set_low(self, *, low: bool) -> None:
        """Leave out what is not needed where the headsets take room below."""
        self._is_low = low
        self._show_what_fits()

    def narrowest(self) -> int:
        """The width at which no words are cut."""
        beside = (self.pause, self._minute, *([self.next_beside] if self._in_film else []))
        row = sum(each.sizeHint().width() for each in beside) + (len(beside) - 1) * self.look.px(8)
        return row if self._in_film else max(row, self.next.sizeHint().width())

    def _show_what_fits(self) -> None:
        """The digits come first; what is left out here has its key.

        While the film waits for its start only that is asked: the phase's time stays, the rest is one button.
        """
        has_room = not (self._is_low or self._in_film)
        seen = {
            self.more: self._waits,
            self.session_time: not self._waits,
            self.pause: not self._waits,
            self._minute: not self._waits,
            self.next: not self._in_film,
            self.next_beside: self._in_film and not self._waits,
            self._hint: has_room,
            self._back: has_room and self._can_go_back,
            self._skip: has_room and self._can_skip,
        }
        # What goes is gone first: both at once would make a small window grow.
        for part in sorted(seen, key=seen.__getitem__):
            part.setVisible(seen[part])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self.look, column, (0, 0, 0, 0), 12)
        column.addWidget(self.ring, _RING_FIRST)
        column.addWidget(self.session_time, 1)
        column.addWidget(self._hint)
        column.addLayout(self._row(self._back, self._skip, stretched=False))
        column.addLayout(self._buttons())
        column.addWidget(self.more, 1, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)

    def _buttons(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        Spacing(self.look, rows, (0, 0, 0, 0), 8)
        beside = self._row(self.pause, self._minute, self.next_beside, stretched=True)
        beside.setStretchFactor(self.next_beside, 1)
        rows.addLayout(beside)
        self.next.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        rows.addWidget(self.next)
        return rows

    def _row(self, *parts: Button, stretched: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 0, 0, 0), 8)
        if not stretched:
            row.addStretch(1)
        for part in parts:
            if stretched:
                part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(part)
        if not stretched:
            row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.pause.clicked.connect(self.pause_pressed)
        self._minute.clicked.connect(self.minute_wanted)
        self.next.clicked.connect(self.next_pressed)
        self.next_beside.clicked.connect(self.next_pressed)
        self._back.clicked.connect(self.back_pressed)
        self._skip.clicked.connect(self.skip_pressed)
