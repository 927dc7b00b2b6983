"""Keeps the laptop itself from going to sleep while headsets need it; its screen may go dark and lock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wakepy import ActivationResult

log = logging.getLogger(__name__)


@contextmanager
def laptop_awake() -> Iterator[None]:
    """Keep the laptop awake for the length of the block, where the system lets a program do that.

    In a thread of its own: asking the system may take a moment, and what was asked for belongs to its thread.
    """
    over = threading.Event()
    threading.Thread(target=_keep, args=(over,), name="laptop awake", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _keep(over: threading.Event) -> None:
    from wakepy import keep  # takes a moment, and most commands never need it

    with keep.running(on_fail=_say):
        over.wait()


def _say(result: ActivationResult) -> None:
    log.info("this laptop may go to sleep: %s", result.get_failure_text())
