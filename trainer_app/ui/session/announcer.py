"""Says politely what has changed, to those who do not see it: the newest, at most once in two seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_BETWEEN_MS = 2_000


class Announcer(QObject):
    """Speaks for a widget.

    Attributes:
        said: The last announcement.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.said = ""
        self._widget = widget
        self._waiting = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_BETWEEN_MS)
        self._pause.timeout.connect(self._on_pause_over)

    def say(self, words: str) -> None:
        """Say it now, or when the pause is over and nothing newer has come."""
        if self._pause.isActive():
            self._waiting = words
        elif words != self.said:
            self._announce(words)

    def stop(self) -> None:
        """Say no more."""
        self._pause.stop()
        self._waiting = ""

    def _on_pause_over(self) -> None:
        words, self._waiting = self._waiting, ""
        if words and words != self.said:
            self._announce(words)

    def _announce(self, words: str) -> None:
        self.said = words
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, words))
        self._pause.start()
