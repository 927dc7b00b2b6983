"""What a session's run has shown already, for a screen that is made anew in the middle of it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer_app.domain.playback import LEAD_S
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.running import Run, Visit

_END_S = 1.0
"""Who stops the film so near to its end has seen it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A film that was shown and is so no more. ``to_s``: as far as that, about; seconds of film."""

    to_s: float
    is_over: bool


def last_seen(run: Run, records: Iterable[PlaybackRecord], length_s: float) -> Seen | None:
    """What the wave that is on now has seen, last, since it came to the film.

    A film of an earlier visit to the phase has been gone on from: its next start is waited for.

    Args:
        run: The session as far as it has come.
        records: Of the session's playbacks, in any order.
        length_s: Of the film.

    Returns:
        None: nothing; or it was going when the program ended, and nobody knows what became of it.
    """
    visit = run.visits[-1]
    here = [each for each in records if _belongs(each, visit)]
    last = max(here, key=lambda each: each.started_at, default=None)
    if last is None or last.ended_at is None:
        return None
    still_s = LEAD_S + (0.0 if last.receipt is None else last.receipt.paused_s)
    to_s = last.from_s + (last.ended_at - last.started_at).total_seconds() - still_s
    return Seen(to_s=min(max(last.from_s, to_s), length_s), is_over=to_s >= length_s - _END_S)


def _belongs(record: PlaybackRecord, visit: Visit) -> bool:
    return record.wave == visit.wave and record.started_at > visit.started_at
