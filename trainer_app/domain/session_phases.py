"""The phases of one session, as planned for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.session_formats import PhasePlan
from trainer_app.domain.sessions import SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPhase:
    """A phase of a session's plan; ``seq`` counts from 1. One that is required cannot be skipped."""

    session_id: SessionId
    seq: int
    code: PhaseCode
    planned_min: int
    required: bool = False


def phases_of(session_id: SessionId, plan: PhasePlan) -> tuple[SessionPhase, ...]:
    """Return a session's phases after a phase plan."""
    return tuple(
        SessionPhase(
            session_id=session_id,
            seq=seq,
            code=phase.code,
            planned_min=phase.minutes,
            required=phase.required,
        )
        for seq, phase in enumerate(plan.phases, start=1)
    )


def planned_minutes(phases: Sequence[SessionPhase]) -> int:
    """The sum people compare with the time the room is booked for."""
    return sum(phase.planned_min for phase in phases)
