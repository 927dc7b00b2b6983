"""Writing what happens while a session is held. Knows no Qt.

A disk that refuses holds up nobody: what is not saved is kept, said, and tried again with every heartbeat.
"""

from __future__ import annotations

from collections.abc import Callable

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.domain.storage_errors import DatabaseProblem
from trainer_app.runtime.background import Tasks
from trainer_app.services.running import SessionRunning
from trainer_app.services.showing import Showing, Shown


class Saving:
    """Brings steps and showings to the database worker.

    Attributes:
        refused: Why the database takes nothing at the moment; None while it does.
    """

    def __init__(
        self,
        tasks: Tasks,
        showing: Showing,
        *,
        changed: Callable[[], None],
        saved_again: Callable[[], None],
        failed: Callable[[TrainerError], None],
    ) -> None:
        """Save nothing yet.

        Args:
            tasks: Of the screen.
            showing: Writes showings.
            changed: Called when the database begins to refuse.
            saved_again: Called when all is saved again.
            failed: Shows what has nothing to do with the database.
        """
        self._tasks, self._showing = tasks, showing
        self._changed, self._saved_again, self._failed = changed, saved_again, failed
        self._unkept: dict[PlaybackId, Shown] = {}
        self._last: Callable[[], None] | None = None
        self._beating = False
        self.refused: DatabaseProblem | None = None

    def do(
        self, running: SessionRunning, what: Callable[[SessionRunning], None], then: Callable[[], None]
    ) -> None:
        """Take a step of the session; the database hears of it first, if it can.

        ``then`` is called also where the database refuses: the session goes on all the same.
        """

        def failed(error: TrainerError) -> None:
            self._on_failed(error)
            if isinstance(error, DatabaseProblem):
                then()

        self._tasks.stored(lambda: what(running), lambda _nothing: then(), failed)

    def keep(self, shown: Shown) -> None:
        """Write a showing."""
        self._unkept[shown.playback.id] = shown
        self._tasks.stored(
            lambda: self._showing.keep(shown), lambda _nothing: self._on_kept([shown]), self._on_failed
        )

    def keep_last(self, write: Callable[[], None]) -> None:
        """Write something of which only the last counts; ``write`` is called on the database worker."""
        self._last = write
        self._tasks.stored(write, lambda _nothing: self._on_last_kept(write), self._on_failed)

    def beat(self, running: SessionRunning) -> None:
        """Tell the database that the session goes on, and what it has refused so far."""
        if self._beating:
            return
        self._beating = True
        unkept, last = list(self._unkept.values()), self._last

        def kept(shown: list[Shown]) -> None:
            self._on_last_kept(last)
            self._on_beat(shown)

        self._tasks.stored(lambda: self._beat(running, unkept, last), kept, self._on_beat_failed)

    # --- inside ------------------------------------------------------------------------------------------

    def _beat(
        self, running: SessionRunning, unkept: list[Shown], last: Callable[[], None] | None
    ) -> list[Shown]:
        running.heartbeat()
        if last is not None:
            last()
        for shown in unkept:
            self._showing.keep(shown)
        return unkept

    def _on_beat(self, kept: list[Shown]) -> None:
        self._beating = False
        self._on_kept(kept)
        if self.refused is not None and not self._unkept and self._last is None:
            self.refused = None
            self._saved_again()

    def _on_beat_failed(self, error: TrainerError) -> None:
        self._beating = False
        self._on_failed(error)

    def _on_last_kept(self, written: Callable[[], None] | None) -> None:
        if self._last is written:
            self._last = None

    def _on_kept(self, kept: list[Shown]) -> None:
        """What has changed since it was given away is still to be written."""
        for shown in kept:
            if self._unkept.get(shown.playback.id) == shown:
                del self._unkept[shown.playback.id]

    def _on_failed(self, error: TrainerError) -> None:
        if isinstance(error, DatabaseProblem):
            self.refused = error
            self._changed()
        else:
            self._failed(error)
