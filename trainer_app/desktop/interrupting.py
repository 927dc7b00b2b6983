"""Ctrl-C in the terminal closes the window in good order: Qt's loop would not notice it by itself."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSocketNotifier


@contextlib.contextmanager
def on_interrupt(does: Callable[[], object]) -> Iterator[None]:
    """Call ``does`` on Qt's thread when the program is interrupted or asked to end."""
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)

    def woken() -> None:
        reading.recv(64)
        does()

    notifier.activated.connect(woken)
    before = {
        number: signal.signal(number, lambda _number, _frame: None)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    woke = signal.set_wakeup_fd(writing.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(woke)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        reading.close()
        writing.close()
