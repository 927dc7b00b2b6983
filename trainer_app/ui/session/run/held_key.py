"""A key that works as long as it is held down."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

LONGEST_MS = 5_000
"""A release that nobody heard must not leave the numbers on the screen."""


class HeldKey(QObject):
    """Hears when a shortcut's key is let go of.

    Signals:
        held: True when the key goes down, False when it comes up.
    """

    held = Signal(bool)

    def __init__(self, key: Qt.Key, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = (key, Qt.Key.Key_Control)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LONGEST_MS)
        self._timer.timeout.connect(self.release)

    def press(self) -> None:
        """The shortcut was pressed."""
        cast(QApplication, QApplication.instance()).installEventFilter(self)
        self._timer.start()
        self.held.emit(True)

    def release(self) -> None:
        """The key is up again, or nobody may hold it any more."""
        cast(QApplication, QApplication.instance()).removeEventFilter(self)
        if self._timer.isActive():
            self._timer.stop()
        self.held.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Everything passes."""
        if event.type() is QEvent.Type.WindowDeactivate or self._is_release(event):
            self.release()
        return False

    def _is_release(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyRelease
            and not event.isAutoRepeat()
            and event.key() in self._keys
        )
