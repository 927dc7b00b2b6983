"""Mistakes in the program: the log has them, the user hears that there was one, the app goes on."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

_logger = logging.getLogger(__name__)


def _nobody() -> None:
    """There is no window yet."""


@contextlib.contextmanager
def mistakes_caught(tell: Callable[[], None] = _nobody) -> Iterator[None]:
    """As long as this lasts, no mistake ends the program: a running session must not go with it.

    Args:
        tell: Tells the user; may be called from any thread.
    """

    def on_screen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _logger.critical("mistake in the program", exc_info=(kind, error, trace))
        tell()

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            on_screen(args.exc_type, args.exc_value, args.exc_traceback)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = on_screen, on_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
