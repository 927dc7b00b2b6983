"""Recording which film was shown to whom, when, and how well the headsets kept together.

A showing is made and changed without the database, because the film never waits for one. ``keep`` writes it,
as often as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.films import Sha256
from trainer_app.domain.live_kit import HeadsetNow
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackId, PlaybackRecord
from trainer_app.domain.sessions import SessionId
from trainer_app.services.ports import Repositories


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A showing with the headsets that were in it, by number."""

    record: PlaybackRecord
    headsets: tuple[PlaybackHeadset, ...] = ()

    @property
    def is_over(self) -> bool:
        """The film has ended, or was stopped."""
        return self.record.ended_at is not None


class Showing:
    """Makes and keeps the record of showings."""

    def __init__(self, stored: Repositories, now: Callable[[], datetime]) -> None:
        self._stored = stored
        self._now = now

    def begin(
        self,
        session_id: SessionId,
        film: Sha256,
        *,
        wave: int,
        from_s: float,
        headsets: Sequence[HeadsetNow],
    ) -> Shown:
        """Return a showing that begins now, at ``from_s`` seconds of the film; nothing is written."""
        record = PlaybackRecord(
            id=PlaybackId(uuid4()),
            session_id=session_id,
            film_sha256=film,
            wave=wave,
            started_at=self._now(),
            from_s=from_s,
        )
        return self.joined(Shown(record=record), headsets)

    def joined(self, shown: Shown, headsets: Sequence[HeadsetNow]) -> Shown:
        """Return the showing with these headsets in it as well; one that nobody knows has no record."""
        known = {each.headset_id for each in shown.headsets}
        new = [
            PlaybackHeadset(playback_id=shown.record.id, headset_id=each.headset_id, number=each.number)
            for each in headsets
            if each.headset_id is not None and each.headset_id not in known
        ]
        if not new:
            return shown
        return replace(shown, headsets=tuple(sorted((*shown.headsets, *new), key=lambda each: each.number)))

    def end(self, shown: Shown, receipt: Receipt | None) -> Shown:
        """Return the showing as it is over now; one that is over stays as it is."""
        if shown.is_over:
            return shown
        return replace(shown, record=replace(shown.record, ended_at=self._now(), receipt=receipt))

    def with_receipt(self, shown: Shown, receipt: Receipt) -> Shown:
        """Return the showing with a receipt that came after its end."""
        return replace(shown, record=replace(shown.record, receipt=receipt))

    def keep(self, shown: Shown) -> None:
        """Write a showing, in the place of what was written of it before; on the database worker."""
        with self._stored.together():
            self._stored.playbacks.save(shown.record)
            self._stored.playback_headsets.save(*shown.headsets)

    def unfinished(self, session_id: SessionId) -> Shown | None:
        """Return the last showing of a session when its end is not known; on the database worker."""
        records = self._stored.playbacks.where(session_id=session_id)
        if not records or records[-1].ended_at is not None:
            return None
        headsets = self._stored.playback_headsets.where(playback_id=records[-1].id)
        return Shown(record=records[-1], headsets=tuple(headsets))
