"""The film that a former run of this program has started for the same session, and nobody has ended."""

from __future__ import annotations

from datetime import datetime

from trainer_app.domain.films import Film
from trainer_app.domain.playback import LEAD_S
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.services.live.playback import Playback
from trainer_app.services.live.slot import Slot


class FormerRun:
    """Knows it again by its plan, which no other start of a film has."""

    def __init__(self) -> None:
        self._record: PlaybackRecord | None = None

    def recognise(self, record: PlaybackRecord) -> None:
        """What the session was shown last has no end in the database: it may be going on."""
        self._record = record if record.ended_at is None else None

    def forget(self) -> None:
        """Another film has begun, or all were stopped."""
        self._record = None

    def is_shown_by(self, slot: Slot, film: Film | None) -> bool:
        """Whether a headset still follows it, and it is the film that was chosen."""
        record = self._record
        if record is None or film is None or record.film_sha256 != film.sha256:
            return False
        return not slot.aside and slot.shows_foreign_film and slot.found.plan_id == record.plan_id

    def playback(self, film: Film) -> Playback:
        """As it is led on, under the same record; only while a headset shows it."""
        record = self._record
        assert record is not None
        return Playback(film=film, started_at=record.started_at, from_s=record.from_s, id=record.id)


def running_s(playback: Playback, now: datetime) -> float:
    """Seconds since its common start; the order was given a little before that."""
    return (now - playback.started_at).total_seconds() - LEAD_S
