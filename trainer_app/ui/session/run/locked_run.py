"""What is left of the run screen while the screen is locked: the timer, *Stopp alt* and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Times
from trainer_app.ui.session.run.session_time import SessionTime
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.phase_ring import PhaseRing

_DIGITS = 112


class LockedRun(QWidget):
    """Ring, minutes, one button.

    Attributes:
        ring: The phase's time.
        stop: There while the headsets may show something.

    Signals:
        stop_pressed: silent and dark, all of them.
    """

    stop_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.ring = PhaseRing(look, texts)
        self._session_time = SessionTime(look, texts)
        self._stopped = Label(look, texts("run.stopped.fact"), "heading", align=Qt.AlignmentFlag.AlignHCenter)
        self._cause = Label(look, "", "body", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._session_time.set_digits(_DIGITS)
        for part in (self._stopped, self._cause):
            part.hide()
        self.stop = Button(
            look,
            texts("run.stop_all"),
            Kind.DANGER,
            scale=Scale.HERO,
            icon="stop-circle",
            keycap="Shift+Esc",
        )
        self.stop.hide()
        column = QVBoxLayout()
        Spacing(look, column, (0, 0, 0, 0), 24)
        column.addStretch(1)
        column.addWidget(self._session_time)
        column.addWidget(self._stopped)
        column.addWidget(self._cause)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        row = QHBoxLayout(self)
        Spacing(look, row, (0, 0, 0, 0), 48)
        row.addWidget(self.ring, 3)
        row.addLayout(column, 2)
        self.stop.clicked.connect(self.stop_pressed)
        QShortcut(QKeySequence("Shift+Esc"), self).activated.connect(self.stop_pressed)
        self.hide()

    def show_times(self, times: Times) -> None:
        """Another second."""
        if times.count is not None:
            self.ring.show_count(times.name, times.group, times.count)
        else:
            self.ring.show_time(times.name, times.group, times.left_s, times.planned_s)
        self._session_time.show_minutes(times.session_min)

    def show_film(self, *, may_show: bool, is_stopped: bool, cause: str) -> None:
        """Whether there is anything to stop, whether that was asked for, and what has come of it so far."""
        self.stop.setVisible(may_show)
        self._stopped.setVisible(is_stopped)
        self._cause.setText(cause)
        self._cause.setVisible(bool(cause))
