"""Keeping which film was shown to which wave, in which headsets, how well, and where the group looked."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.sessions import SessionId
from trainer_app.services.heat_maps import keep_heat
from trainer_app.services.live.playback import Playback
from trainer_app.services.ports import Repositories


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A film that was shown to a wave of a session, or is being shown."""

    session_id: SessionId
    wave: int
    playback: Playback


class Showing:
    """Writes showings; on the database worker."""

    def __init__(self, stored: Repositories) -> None:
        self._stored = stored

    def keep(self, shown: Shown) -> None:
        """Write a showing in the place of what was written of it before: it begins, and it ends."""
        playback = shown.playback
        with self._stored.together():
            self._stored.playbacks.save(playback.record(shown.session_id, shown.wave))
            self._stored.playback_headsets.save(*playback.headset_records())
            if playback.heat is not None:
                keep_heat(self._stored, playback.id, playback.heat)
