"""What the run screen reads when it opens a session. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.sessions import Objective, Session
from trainer_app.services.assigning import Seats
from trainer_app.services.holding import Material
from trainer_app.ui.office import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A session and what belongs to it.

    Attributes:
        records: Of the films it has shown so far.
    """

    session: Session
    material: Material
    objectives: tuple[Objective, ...]
    seats: Seats
    records: tuple[PlaybackRecord, ...]


def opening_of(session: Session, services: Services) -> Opening:
    """Read it; on the database worker."""
    stored = services.stored
    return Opening(
        session=session,
        material=services.holding.material_of(session),
        objectives=tuple(stored.objectives.where(session_id=session.id)),
        seats=services.assigning.seats_of(session.id),
        records=tuple(stored.playbacks.where(session_id=session.id)),
    )
