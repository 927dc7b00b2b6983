"""A film that was shown: what a session keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.absences import explained
from trainer_app.domain.films import Film
from trainer_app.domain.heat_map import HeatMap
from trainer_app.domain.kits import HeadsetId, Serial
from trainer_app.domain.playback import LEAD_S, Receipt
from trainer_app.domain.playback_records import (
    PlaybackHeadset,
    PlaybackId,
    PlaybackRecord,
    plan_id_of,
)
from trainer_app.domain.sessions import SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Playback:
    """One start of a film, until it ended or was stopped.

    Attributes:
        heat: Where the group looked, as far as it is kept; None: nothing is.
        id: Of the record it becomes; the same while it goes on and when it is over.
        started_at: UTC.
        ended_at: UTC; None: it goes on.
        receipt: How well they played together; None while it goes on.
        headsets: Who took part, and the number each had.
        asleep_s: By serial, when it has said that its screen was off: seconds from the start.
    """

    film: Film
    heat: HeatMap | None = None
    started_at: datetime
    from_s: float
    id: PlaybackId = field(default_factory=lambda: PlaybackId(uuid4()))
    ended_at: datetime | None = None
    receipt: Receipt | None = None
    headsets: Mapping[HeadsetId, int] = field(default_factory=dict)
    asleep_s: Mapping[Serial, tuple[float, ...]] = field(default_factory=dict)

    def with_sleeper(self, serial: Serial, at: datetime) -> Playback:
        """A headset says that its screen is off."""
        said = (*self.asleep_s.get(serial, ()), (at - self.started_at).total_seconds() - LEAD_S)
        return replace(self, asleep_s={**self.asleep_s, serial: said})

    def settled(self, receipt: Receipt, headsets: Mapping[HeadsetId, int]) -> Playback:
        """With its receipt, in which it is told who slept."""
        told = tuple(
            replace(one, absences=explained(one.away, self.asleep_s.get(Serial(one.serial), ())))
            for one in receipt.headsets
        )
        return replace(self, receipt=replace(receipt, headsets=told), headsets=headsets)

    @property
    def plan_id(self) -> str:
        """By which headsets that show it know this start of the film."""
        return plan_id_of(self.id)

    def record(self, session_id: SessionId, wave: int) -> PlaybackRecord:
        """As it is stored with its session."""
        return PlaybackRecord(
            id=self.id,
            session_id=session_id,
            film_sha256=self.film.sha256,
            wave=wave,
            started_at=self.started_at,
            from_s=self.from_s,
            ended_at=self.ended_at,
            receipt=self.receipt,
        )

    def headset_records(self) -> tuple[PlaybackHeadset, ...]:
        """Who took part, as it is stored."""
        return tuple(
            PlaybackHeadset(playback_id=self.id, headset_id=headset, number=number)
            for headset, number in self.headsets.items()
        )
