"""Who wears which headset, as the run screen changes it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.background import Tasks
from trainer_app.services.assigning import Assigning, Seats


class Seating:
    """The seats of one session.

    Attributes:
        seats: As they are in the database.
    """

    def __init__(self, assigning: Assigning, tasks: Tasks, changed: Callable[[], None]) -> None:
        self._assigning, self._tasks, self._changed = assigning, tasks, changed
        self._session_id: SessionId | None = None
        self.seats = Seats()

    @property
    def waves(self) -> int:
        """How many waves see the film, at least one."""
        return max(1, self.seats.waves)

    def take(self, session_id: SessionId, seats: Seats) -> None:
        """Another session, with seats that were dealt before."""
        self._session_id, self.seats = session_id, seats

    def deal_once(self, ready: Sequence[HeadsetId]) -> None:
        """Deal these headsets, unless that was done before."""
        if ready and not self.seats.seats:
            self._change(lambda session_id: self._assigning.deal_once(session_id, ready))

    def mark_cleaned(self, wave: int, *, cleaned: bool) -> None:
        """The headsets of a wave are clean, or are not after all."""
        self._change(lambda session_id: self._assigning.mark_cleaned(session_id, wave, cleaned=cleaned))

    def do_without(self, failed: HeadsetId, *, wave: int, ready: Sequence[HeadsetId]) -> None:
        """Go on without a headset from this wave on."""
        self._change(
            lambda session_id: self._assigning.do_without(session_id, failed, wave=wave, ready=ready)
        )

    def _change(self, work: Callable[[SessionId], Seats]) -> None:
        session_id = self._session_id
        if session_id is not None:
            self._tasks.stored(lambda: work(session_id), self._on_seats)

    def _on_seats(self, seats: Seats) -> None:
        self.seats = seats
        self._changed()
