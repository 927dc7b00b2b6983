"""Remembers where threads were started and ports were opened, so that a leak can be traced."""

from __future__ import annotations

import socket
import sys
import sysconfig
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

_NOT_OURS = (
    sysconfig.get_path("stdlib"),
    sysconfig.get_path("purelib"),
    sysconfig.get_path("platlib"),
    str(Path(__file__).parent),
    "<",
)

_threads: WeakKeyDictionary[threading.Thread, str] = WeakKeyDictionary()
_listeners: dict[object, str] = {}


def here() -> str:
    """Name the innermost three places of our own code on the stack."""
    places: list[str] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and len(places) < 3:
        code = frame.f_code
        if not code.co_filename.startswith(_NOT_OURS):
            places.append(f"{code.co_filename}:{frame.f_lineno} in {code.co_name}")
        frame = frame.f_back
    return " < ".join(places) or "unknown"


def of_thread(thread: threading.Thread) -> str:
    """Where the thread was started."""
    return _threads.get(thread, "unknown")


def of_listener(address: object) -> str:
    """Where the listening socket was opened."""
    return _listeners.get(address, "unknown")


def watch() -> Callable[[], None]:
    """Begin to remember; the returned function ends it."""
    start, listen = threading.Thread.start, socket.socket.listen

    def start_remembered(self: threading.Thread) -> None:
        _threads[self] = here()
        start(self)

    def listen_remembered(self: socket.socket, *args: Any) -> None:
        listen(self, *args)
        _listeners[self.getsockname()[:2]] = here()

    def unwatch() -> None:
        threading.Thread.start = start  # type: ignore[method-assign] # taken back
        socket.socket.listen = listen  # type: ignore[method-assign] # taken back

    threading.Thread.start = start_remembered  # type: ignore[method-assign] # there is no hook for it
    socket.socket.listen = listen_remembered  # type: ignore[assignment,method-assign] # there is no hook for it
    return unwatch
