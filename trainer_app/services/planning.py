"""Planning a session: what is typed is kept, and what stands in its way is said while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from trainer_app.domain.findings import Finding
from trainer_app.domain.kits import HeadsetCondition
from trainer_app.domain.people import Facilitator
from trainer_app.domain.scheduling import Booking, Conflict, conflicts, free_times, next_free
from trainer_app.domain.session_errors import EndBeforeStart, PlanFixed
from trainer_app.domain.session_phases import SessionPhase, planned_minutes
from trainer_app.domain.session_states import (
    ScenarioStanding,
    Situation,
    care_prepared,
    content_chosen,
    findings_for,
    stepped,
)
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    Objective,
    Session,
    SessionId,
    SessionState,
    TeamMember,
    TeamRole,
)
from trainer_app.domain.typed_texts import clean_text
from trainer_app.domain.waves import WaveProposal, propose_waves
from trainer_app.services.ports import Repositories
from trainer_app.services.setting_up import SettingUp

EDITABLE = frozenset({SessionState.DRAFT, SessionState.PLANNED})
"""Only in these states a plan can be changed."""

COUNTED = frozenset({HeadsetCondition.READY, HeadsetCondition.CHARGING, HeadsetCondition.AWAITING_CLEANING})
"""Headsets in these conditions can be expected to be ready on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A session with all that is planned for it."""

    session: Session
    team: tuple[TeamMember, ...] = ()
    objectives: tuple[Objective, ...] = ()
    phases: tuple[SessionPhase, ...] = ()
    attendance: tuple[Attendance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What is to be said of a plan while it is edited.

    Attributes:
        advice: What is not needed for a plan, but will be asked for when the session is made ready.
        next_free: The next wall time without a conflict; None: there is no conflict, or no such time.
        phase_minutes: The sum of the phases.
        booked_minutes: The time the session is planned to take; None: not known yet.
    """

    findings: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    waves: WaveProposal
    next_free: datetime | None
    phase_minutes: int
    booked_minutes: int | None


class SessionPlanning:
    """Drafts, plans, and what becomes of them before the day."""

    def __init__(self, stored: Repositories, now: Callable[[], datetime]) -> None:
        self._stored = stored
        self._now = now

    def plan_of(self, session_id: SessionId) -> Plan | None:
        """Return a session with all that is planned for it."""
        session = self._stored.sessions.by_id(session_id)
        if session is None:
            return None
        return Plan(
            session=session,
            team=tuple(self._stored.team.where(session_id=session_id)),
            objectives=tuple(self._stored.objectives.where(session_id=session_id)),
            phases=tuple(self._stored.phases.where(session_id=session_id)),
            attendance=tuple(self._stored.attendance.where(session_id=session_id)),
        )

    def save(self, plan: Plan) -> Plan:
        """Keep a plan as it is; a draft may be as incomplete as it likes.

        Raises:
            PlanFixed: the session is ready, or further; its plan is taken up again first.
            TextTooLong: a text is longer than its field.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        if plan.session.state not in EDITABLE:
            raise PlanFixed(state=plan.session.state.value)
        with self._stored.together():
            saved = self._stored.sessions.save(_cleaned(plan.session))
            return self._with_parts(replace(plan, session=saved))

    def review(self, plan: Plan, scenario: ScenarioStanding | None = None) -> Review:
        """Say what is missing, what collides, and how the waves would be; nothing is saved."""
        found, free = self._collisions(plan)
        headsets = self._expected_headsets(plan.session)
        situation = self._situation(plan, scenario, found, headsets)
        return Review(
            findings=tuple(findings_for(_as_draft(situation), SessionState.PLANNED)),
            advice=(*content_chosen(situation), *care_prepared(situation)),
            conflicts=tuple(found),
            waves=propose_waves(plan.session.participants, headsets),
            next_free=free,
            phase_minutes=planned_minutes(plan.phases),
            booked_minutes=_booked_minutes(plan.session),
        )

    def free_times(self, plan: Plan) -> list[datetime]:
        """Return the next wall times at which nothing collides, on several days; none without a time."""
        booking = _booking(plan)
        return [] if booking is None else free_times(booking, self._stored.sessions.bookings())

    def delete_draft(self, plan: Plan) -> None:
        """Delete a session that never became more than a draft; :meth:`bring_back` undoes it."""
        with self._stored.together():
            self._stored.sessions.delete_draft(plan.session.id)
            SettingUp(self._stored.settings).forget(plan.session.id)

    def bring_back(self, plan: Plan) -> Plan:
        """Save a draft that was deleted once more, as it was."""
        return self.save(replace(plan, session=replace(plan.session, rev=0)))

    def make_plan(self, plan: Plan, scenario: ScenarioStanding | None, *, laptop: str) -> Plan:
        """Make a plan of a draft; it gets its number.

        Raises:
            StepBlocked: something is missing or collides.
            StepImpossible: it is no draft.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        found, _ = self._collisions(plan)
        headsets = self._expected_headsets(plan.session)
        planned = stepped(self._situation(plan, scenario, found, headsets), SessionState.PLANNED)
        department = self._stored.departments.get(planned.department_id)
        prefix = department.short_name if department is not None else ""
        with self._stored.together():
            saved = self._stored.sessions.save_numbered(_cleaned(planned), prefix=prefix, laptop=laptop)
            return self._with_parts(replace(plan, session=saved))

    def review_readiness(
        self, plan: Plan, scenario: ScenarioStanding | None, *, headsets_ready: int
    ) -> list[Finding]:
        """Say what is missing to be ready; ``headsets_ready``: those that hold the film, looked at now."""
        return findings_for(self._situation(plan, scenario, (), headsets_ready), SessionState.READY)

    def make_ready(self, plan: Plan, scenario: ScenarioStanding | None, *, headsets_ready: int) -> Plan:
        """Make a planned session ready and freeze its plan.

        Raises:
            StepBlocked: something is missing.
            StepImpossible: it is not planned.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        ready = stepped(self._situation(plan, scenario, (), headsets_ready), SessionState.READY)
        return self._saved(plan, replace(ready, plan_snapshot=_snapshot(plan)))

    def take_up_again(self, plan: Plan) -> Plan:
        """Open the plan of a ready session for changes.

        Raises:
            StepImpossible: it is not ready.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        planned = stepped(Situation(session=plan.session, now=self._now()), SessionState.PLANNED)
        return self._saved(plan, replace(planned, plan_snapshot=None))

    def cancel(self, session_id: SessionId, reason: str) -> Session:
        """Cancel a session as it stands, whatever has just been changed of its plan.

        Raises:
            StepBlocked: no reason is given.
            StepImpossible: it has begun, or is over.
            TextTooLong: the reason is longer than its field.
        """
        session = self._stored.sessions.by_id(session_id)
        assert session is not None  # only drafts are deleted, and these are not cancelled
        situation = Situation(
            session=session, now=self._now(), reason=clean_text(reason, "reason", limit=500)
        )
        return self._stored.sessions.save(stepped(situation, SessionState.CANCELLED))

    # --- inside ------------------------------------------------------------------------------------------

    def _saved(self, plan: Plan, session: Session) -> Plan:
        return replace(plan, session=self._stored.sessions.save(session))

    def _with_parts(self, plan: Plan) -> Plan:
        owner = plan.session.id
        self._stored.team.replace(plan.team, session_id=owner)
        self._stored.objectives.replace(plan.objectives, session_id=owner)
        self._stored.phases.replace(plan.phases, session_id=owner)
        self._stored.attendance.replace(plan.attendance, session_id=owner)
        return plan

    def _collisions(self, plan: Plan) -> tuple[list[Conflict], datetime | None]:
        booking = _booking(plan)
        if booking is None:
            return [], None
        others = self._stored.sessions.bookings()
        found = conflicts(booking, others)
        return found, next_free(booking, others) if found else None

    def _expected_headsets(self, session: Session) -> int:
        """Those of the suitcase that work; of one whose headsets were never seen, what it should hold."""
        kit = None if session.kit_id is None else self._stored.kits.get(session.kit_id)
        if kit is None:
            return 0
        known = self._stored.headsets.of_kit(kit.id)
        if not known:
            return kit.target_headset_count
        return sum(headset.condition in COUNTED for headset in known)

    def _situation(
        self, plan: Plan, scenario: ScenarioStanding | None, found: Sequence[Conflict], headsets: int
    ) -> Situation:
        return Situation(
            session=plan.session,
            now=self._now(),
            team=plan.team,
            lead=self._lead(plan.team),
            scenario=scenario,
            conflicts=found,
            objectives=len(plan.objectives),
            headsets_ready=headsets,
            kit_checked_at=self._kit_checked_at(plan.session),
        )

    def _kit_checked_at(self, session: Session) -> datetime | None:
        checks = [] if session.kit_id is None else self._stored.checks.where(kit_id=session.kit_id)
        return max((check.finished_at for check in checks if check.finished_at is not None), default=None)

    def _lead(self, team: Sequence[TeamMember]) -> Facilitator | None:
        leads = [member.person_id for member in team if member.role is TeamRole.LEAD]
        return self._stored.facilitators.get(leads[0]) if leads else None


def _snapshot(plan: Plan) -> str:
    """The plan as JSON: what was meant to happen. Participants are left out; they can still change."""
    frozen = {"session": plan.session, "objectives": plan.objectives, "phases": plan.phases}
    return msgspec.json.encode(frozen).decode()


def _as_draft(situation: Situation) -> Situation:
    """A plan that is edited later is judged as when it was made."""
    return replace(situation, session=replace(situation.session, state=SessionState.DRAFT))


def _cleaned(session: Session) -> Session:
    return replace(
        session,
        title=clean_text(session.title, "title", limit=200),
        aftercare_contact=clean_text(session.aftercare_contact, "aftercare_contact", limit=200),
    )


def _booking(plan: Plan) -> Booking | None:
    session = plan.session
    try:
        period = session.period
    except EndBeforeStart:
        return None
    if period is None:
        return None
    coming = (row.person_id for row in plan.attendance if row.status is not AttendanceStatus.WITHDRAWN)
    return Booking(
        id=session.id,
        label=session.title,
        period=period,
        kit_id=session.kit_id,
        room_id=session.room_id,
        people=frozenset((*coming, *(member.person_id for member in plan.team))),
    )


def _booked_minutes(session: Session) -> int | None:
    try:
        period = session.period
    except EndBeforeStart:
        return None
    return None if period is None else round(period.duration.total_seconds() / 60)
