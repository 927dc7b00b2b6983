"""Playbacks as they are stored with a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from trainer_app.domain.films import Sha256
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.playback import Receipt
from trainer_app.domain.sessions import SessionId

PlaybackId = NewType("PlaybackId", UUID)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackRecord:
    """A film shown to a wave. ``from_s``: seconds of film at its start; the receipt comes at its end."""

    id: PlaybackId
    session_id: SessionId
    film_sha256: Sha256
    wave: int
    started_at: datetime
    from_s: float = 0.0
    ended_at: datetime | None = None
    receipt: Receipt | None = None

    @property
    def plan_id(self) -> str:
        """By which headsets that show it know this start of the film."""
        return plan_id_of(self.id)


def plan_id_of(playback: PlaybackId) -> str:
    """By which headsets know a start of a film; the same in every run of the program."""
    return playback.hex


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackHeadset:
    """A headset that was in a playback; ``number`` as it was printed on it then."""

    playback_id: PlaybackId
    headset_id: HeadsetId
    number: int
