"""How long the screen's thread was away at a stretch: what a person feels as a window that hangs."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 10


class StallWatch(QObject):
    """Ticks every :data:`TICK_MS` and remembers the longest time between two ticks.

    Attributes:
        longest_ms: Beyond the tick itself.
        longest_during: What was going on then, as :meth:`doing` was told.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self.longest_during = ""
        self._doing = ""
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self._last = perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def doing(self, what: str) -> None:
        """Say what goes on from now on."""
        self._doing = what

    def leave_out(self) -> None:
        """What has just been done (saving a picture) was no part of the app."""
        self._last = perf_counter()

    def _tick(self) -> None:
        now = perf_counter()
        stall = (now - self._last) * 1000 - TICK_MS
        self._last = now
        if stall > self.longest_ms:
            self.longest_ms, self.longest_during = stall, self._doing
