"""What was written and the database has refused: kept here and tried again until it is taken. Knows no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from trainer_app.domain.errors import TrainerError
from trainer_app.runtime.background import Tasks
from trainer_app.ui.session.notes.writing import Written

Write = Callable[[], Written | None]
"""Writes one text whole; on the database's worker."""


class Unkept:
    """Finished texts in the order in which they were written."""

    def __init__(
        self, tasks: Tasks, *, kept: Callable[[Written | None], None], all_kept: Callable[[], None]
    ) -> None:
        """Nothing waits yet.

        Args:
            tasks: Of the field.
            kept: Hears of each text that is written at last.
            all_kept: Called when nothing waits any more.
        """
        self._tasks, self._kept, self._all_kept = tasks, kept, all_kept
        self._waiting: deque[Write] = deque()
        self._trying: Write | None = None

    def add(self, write: Write) -> None:
        """Keep a text that was refused."""
        self._waiting.append(write)

    def retry(self) -> None:
        """Try the first again, and if it is taken those after it."""
        if self._trying is None and self._waiting:
            self._trying = self._waiting.popleft()
            self._tasks.stored(self._trying, self._on_kept, self._on_refused)

    def retry_all(self) -> None:
        """Try all once more: the field goes away, and the window says what is refused again."""
        while self._waiting:
            self._tasks.stored(self._waiting.popleft())

    def _on_kept(self, written: Written | None) -> None:
        self._trying = None
        self._kept(written)
        if self._waiting:
            self.retry()
        else:
            self._all_kept()

    def _on_refused(self, _problem: TrainerError) -> None:
        """It was said when it happened first. Behind the others, should nothing be wrong with them."""
        assert self._trying is not None
        self._waiting.append(self._trying)
        self._trying = None
