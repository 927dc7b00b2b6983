"""Orders that must not overtake one another: a button that is pressed twice is one order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from trainer_app.runtime.background import Failed, Tasks, ignored

T = TypeVar("T")


class Turn:
    """Work with the database, one order at a time.

    The answer to one order may be what the next has to reckon with: the revision of what was stored.
    """

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._is_taken = False
        self._waiting: list[Callable[[], None]] = []

    @property
    def is_taken(self) -> bool:
        """Something is under way."""
        return self._is_taken

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work with the database; nothing happens while other work of this turn is under way."""
        if self._is_taken:
            return
        self._is_taken = True

        def done(result: T) -> None:
            self._is_taken = False
            then(result)
            self._go_on()

        self._tasks.stored(lambda: self._tried(work), done, failed)

    def when_free(self, order: Callable[[], None]) -> None:
        """Give an order at once, or when what is under way has succeeded; where it fails, not at all."""
        if self._is_taken:
            self._waiting.append(order)
        else:
            order()

    def _go_on(self) -> None:
        while self._waiting and not self._is_taken:
            self._waiting.pop(0)()

    def _tried(self, work: Callable[[], T]) -> T:
        """On the worker. What is broken off has no answer, nor has our own mistake: no button stays dead."""
        is_done = False
        try:
            result = work()
            is_done = True
        finally:
            if not is_done:
                self._waiting, self._is_taken = [], False
        return result
