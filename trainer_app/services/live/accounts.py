"""What is kept of each start of the film: when, who took part, and how well they kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.films import Film
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.services.live.playback import Playback
from trainer_app.services.live.slot import Slot


class Accounts:
    """Of the starts of one suitcase.

    Attributes:
        playback: The last start of the film, or the one that goes on.
        next_id: Of the start that is being made ready.
    """

    def __init__(self) -> None:
        self.playback: Playback | None = None
        self.next_id = PlaybackId(uuid4())
        self._took_part: dict[int, Slot] = {}

    def number_next(self) -> None:
        """Another start is being made ready."""
        self.next_id = PlaybackId(uuid4())

    def next(self, film: Film, at: datetime, from_s: float) -> Playback:
        """The start that was made ready, beginning now."""
        return Playback(film=film, started_at=at, from_s=from_s, id=self.next_id)

    def begin(self, playback: Playback, took_part: dict[int, Slot]) -> None:
        """It goes on from now on, in these headsets."""
        self.playback, self._took_part = playback, took_part

    def note(self, slots: Iterable[Slot]) -> None:
        """Who has come into the film since."""
        self._took_part.update((slot.number, slot) for slot in slots if slot.in_film.was_in)

    def note_sleep(self, slot: Slot, at: datetime) -> None:
        """A headset says that its screen is off while the film goes on."""
        if self.playback is not None and slot.known is not None:
            self.playback = self.playback.with_sleeper(slot.known.serial, at)

    def end(self, at: datetime) -> None:
        """It is over; what has ended already stays as it ended."""
        if self.playback is not None and self.playback.ended_at is None:
            self.playback = replace(self.playback, ended_at=at)

    def settle(self, receipt: Callable[[], Receipt]) -> None:
        """Its receipt, which takes a moment; made once."""
        if self.playback is None or self.playback.receipt is not None:
            return
        headsets = {slot.known.id: number for number, slot in self._took_part.items() if slot.known}
        self.playback = self.playback.settled(receipt(), headsets)
