"""The way from other threads to Qt's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Delivery(QObject):
    """Calls functions on the thread it was made on, in order, soon."""

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._called.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def deliver(self, function: Callable[[], None]) -> None:
        """Have a function called; may be called from any thread."""
        self._called.emit(function)

    def _call(self, function: Callable[[], None]) -> None:
        function()
