"""Closing a session: what prints afterwards, why one was opened again, and what goes with time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from trainer_app.domain.notes import RAW_NOTES_DAYS, notes_go_at
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import (
    HeadsetAssignment,
    ParticipationMode,
    Session,
    SessionId,
    SessionState,
    SessionType,
)

ASSIGNMENT_DAYS = 30
"""Who wore which headset is kept for so many days: enough to trace an infection or a damage."""


class Printout(Enum):
    """What can be printed of a session."""

    PROTOCOL = "protokoll"
    PARTICIPATION = "deltakelse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A closed session was opened again. ``at`` is UTC; ``reopened_by`` is None when nobody had said who."""

    session_id: SessionId
    at: datetime
    reason: str
    reopened_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentsUnlinked:
    """Receipt: people were taken off the headsets of sessions over by ``over_before`` (UTC)."""

    at: datetime
    over_before: datetime
    sessions: int
    assignments: int


def printouts(session: Session) -> tuple[Printout, ...]:
    """Return what prints once a session is closed; a test of the system leaves no protocol."""
    if session.state not in (SessionState.CLOSED, SessionState.ANONYMISED):
        return ()
    if session.session_type is SessionType.SYSTEM_TEST:
        return ()
    return (Printout.PROTOCOL, Printout.PARTICIPATION)


def likely_mode(
    person_id: PersonId, session: Session, seats: Sequence[HeadsetAssignment]
) -> ParticipationMode:
    """How somebody took part of whom nothing else is known: as the headsets were given out.

    Whoever had none has watched on a screen, unless a headset was given to somebody without a name.
    """
    if session.session_type is SessionType.INFORMATION_MEETING:
        return ParticipationMode.SCREEN
    wearers = {seat.person_id for seat in seats}
    if not wearers or person_id in wearers or None in wearers:
        return ParticipationMode.VR
    return ParticipationMode.SCREEN


def raw_notes_go_at(session: Session, days: int = RAW_NOTES_DAYS) -> datetime | None:
    """When the raw notes of a session are deleted; None: it is not over.

    The days run from the closing. Where nobody closes, they run from the end: that something was forgotten is
    no reason to keep what was said in the room.
    """
    over = session.closed_at or session.actual_end
    return None if over is None else notes_go_at(over, days)


def assignments_go_at(session: Session, days: int = ASSIGNMENT_DAYS) -> datetime | None:
    """When the people of a session are taken off its headsets; None: it is not over."""
    return None if session.actual_end is None else session.actual_end + timedelta(days=days)
