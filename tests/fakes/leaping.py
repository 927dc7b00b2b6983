"""A loop's time that can leap ahead: what waits for minutes is over at once, however slow the machine is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Leaper:
    """Moves a loop's clock; what is due by then happens on its next round."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._real = loop.time
        self._ahead = 0.0

    def leap(self, seconds: float) -> None:
        self._ahead += seconds

    def time(self) -> float:
        return self._real() + self._ahead


@contextmanager
def leaping() -> Iterator[Leaper]:
    """Let the running loop's time leap for a while."""
    loop = asyncio.get_running_loop()
    leaper = Leaper(loop)
    loop.time = leaper.time  # type: ignore[method-assign]
    try:
        yield leaper
    finally:
        del loop.time
