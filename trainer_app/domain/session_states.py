"""Which state of a session may follow which, and what has to hold first.

:data:`TRANSITIONS` is the whole table. A guard is a pure function from a :class:`Situation` to findings; hard
ones block, soft ones warn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from trainer_app.domain.findings import Finding, blocking, hard, soft
from trainer_app.domain.inventory import is_fresh
from trainer_app.domain.local_time import local_of
from trainer_app.domain.notes import ActionItem
from trainer_app.domain.people import Facilitator
from trainer_app.domain.scheduling import Conflict
from trainer_app.domain.session_errors import EndBeforeStart, StepBlocked, StepImpossible
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    HeadsetAssignment,
    Session,
    SessionState,
    SessionType,
    TeamMember,
    TeamRole,
)
from trainer_app.domain.waves import propose_waves

REFERENCES_FRESH_FOR = timedelta(days=365)
THEMES_FOR_TWO = frozenset({"SEL", "VOT"})
"""Themes that one facilitator should not hold alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStanding:
    """What a guard has to know of the chosen scenario version."""

    is_approved: bool
    review_due: date | None = None
    references_checked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A session and all that its guards look at.

    Attributes:
        now: UTC.
        headsets_ready: Those that are ready and hold the film of the scenario.
        kit_checked_at: When the last check of the suitcase was finished.
        reason: Given for cancelling or reopening.
    """

    session: Session
    now: datetime
    team: Sequence[TeamMember] = ()
    lead: Facilitator | None = None
    scenario: ScenarioStanding | None = None
    conflicts: Sequence[Conflict] = ()
    objectives: int = 0
    headsets_ready: int = 0
    kit_checked_at: datetime | None = None
    application_held: bool = False
    learning_points: int = 0
    attendance: Sequence[Attendance] = ()
    assignments: Sequence[HeadsetAssignment] = ()
    actions: Sequence[ActionItem] = ()
    reason: str = ""

    @property
    def today(self) -> date:
        """The day it is where the session is held."""
        return local_of(self.now, self.session.zone).date()

    def has(self, role: TeamRole) -> bool:
        """Somebody has this role."""
        return any(member.role is role for member in self.team)


Guard = Callable[[Situation], Iterator[Finding]]


def complete_for_plan(s: Situation) -> Iterator[Finding]:
    """Theme, date and lead facilitator are known, and nothing is booked twice."""
    if s.session.theme is None:
        yield hard("session.guard.theme_missing", "theme")
    yield from _date_findings(s)
    if not s.has(TeamRole.LEAD):
        yield hard("session.guard.lead_missing", "lead")
    start = s.session.planned_start
    if s.lead is not None and start is not None and not s.lead.leads_on(start.date()):
        yield soft("session.guard.lead_not_active", "lead")
    if s.conflicts:
        yield hard("session.guard.conflict", "planned_start", count=len(s.conflicts))


def _date_findings(s: Situation) -> Iterator[Finding]:
    try:
        period = s.session.period
    except EndBeforeStart:
        yield hard("session.guard.end_before_start", "planned_end")
        return
    if period is None:
        yield hard("session.guard.date_missing", "planned_start")
    elif period.ends_at < s.now:
        yield soft("session.guard.date_past", "planned_start")


def scenario_in_order(s: Situation) -> Iterator[Finding]:
    """The scenario is approved, its review not overdue, its references checked within a year."""
    if s.scenario is None:
        return
    if not s.scenario.is_approved:
        yield soft("session.guard.scenario_not_approved", "scenario")
    if s.scenario.review_due is not None and s.scenario.review_due < s.today:
        yield soft("session.guard.review_overdue", "scenario")
    checked = s.scenario.references_checked
    if checked is None or s.today - checked >= REFERENCES_FRESH_FOR:
        yield soft("session.guard.references_old", "scenario")


def group_fits(s: Situation) -> Iterator[Finding]:
    """The waves hold all participants."""
    if s.session.session_type is SessionType.VR_SIMULATION and s.headsets_ready:
        yield from propose_waves(s.session.participants, s.headsets_ready).findings


def content_chosen(s: Situation) -> Iterator[Finding]:
    """There is a scenario with at least one learning objective."""
    if s.session.scenario_code is None:
        yield hard("session.guard.scenario_missing", "scenario")
    if not s.objectives:
        yield hard("session.guard.objective_missing", "objectives")


def equipment_ready(s: Situation) -> Iterator[Finding]:
    """At least one headset can play the film, and the suitcase was looked at today."""
    if s.session.session_type is SessionType.VR_SIMULATION and not s.headsets_ready:
        yield hard("session.guard.no_headset", "headsets")
    if not is_fresh(s.kit_checked_at, s.now):
        yield soft("session.guard.kit_unchecked", "kit")


def care_prepared(s: Situation) -> Iterator[Finding]:
    """Somebody is named for after-care, the lead knows VR, and a hard theme is not held by one alone."""
    if not s.session.aftercare_contact.strip():
        yield soft("session.guard.aftercare_contact_missing", "aftercare_contact")
    if s.lead is None or s.lead.vr_training_date is None:
        yield soft("session.guard.lead_without_vr_training", "lead")
    named = bool(s.session.aftercare_contact.strip())
    if s.session.theme in THEMES_FOR_TWO and not (s.has(TeamRole.CO) or named):
        yield soft("session.guard.alone_with_theme", "co")


def learning_gathered(s: Situation) -> Iterator[Finding]:
    """The application phase was held, a learning point written, after-care offered."""
    if not s.application_held:
        yield soft("session.guard.application_not_held")
    if not s.learning_points:
        yield soft("session.guard.no_learning_point")
    yield from aftercare_offered(s)


def abort_reason_given(s: Situation) -> Iterator[Finding]:
    """A neutral reason code is chosen."""
    if s.session.abort_reason is None:
        yield hard("session.guard.abort_reason_missing", "abort_reason")


def attendance_settled(s: Situation) -> Iterator[Finding]:
    """For everyone invited it is said how it went."""
    open_ = sum(not row.status.is_settled for row in s.attendance)
    if open_:
        yield hard("session.guard.attendance_open", "attendance", count=open_)


def minutes_known(s: Situation) -> Iterator[Finding]:
    """Of everybody who was there for a part, it is said for how long."""
    unknown = sum(
        row.status is AttendanceStatus.PARTLY and row.minutes_present is None for row in s.attendance
    )
    if unknown:
        yield soft("session.guard.minutes_missing", "attendance", count=unknown)


def equipment_clean(s: Situation) -> Iterator[Finding]:
    """Every headset that was worn is clean again."""
    unclean = {worn.headset_id for worn in s.assignments if not worn.cleaned_after}
    if unclean:
        yield soft("session.guard.not_cleaned", "assignments", count=len(unclean))


def aftercare_offered(s: Situation) -> Iterator[Finding]:
    """After-care was offered."""
    if not s.session.aftercare_offered:
        yield soft("session.guard.aftercare_not_offered", "aftercare_offered")


def actions_agreed(s: Situation) -> Iterator[Finding]:
    """Every action has an owner and a due date."""
    loose = sum(not action.is_agreed for action in s.actions)
    if loose:
        yield soft("session.guard.action_without_owner", "actions", count=loose)


def reason_given(s: Situation) -> Iterator[Finding]:
    """Somebody has said why."""
    if not s.reason.strip():
        yield hard("session.guard.reason_missing", "reason")


def was_not_aborted(s: Situation) -> Iterator[Finding]:
    """A session that was broken off does not become one that was held."""
    if s.session.abort_reason is not None:
        yield hard("session.guard.was_aborted")


def is_over(s: Situation) -> Iterator[Finding]:
    """Only what has taken place can be registered afterwards."""
    period = s.session.period
    if period is None or period.ends_at > s.now:
        yield hard("session.guard.not_over", "planned_end")


def registered_late(_s: Situation) -> Iterator[Finding]:
    """Times of phases are then not known."""
    yield soft("session.guard.registered_afterwards")


_S = SessionState
_COMPLETE: tuple[Guard, ...] = (
    attendance_settled,
    minutes_known,
    equipment_clean,
    aftercare_offered,
    actions_agreed,
)
TRANSITIONS: Mapping[tuple[SessionState, SessionState], tuple[Guard, ...]] = MappingProxyType(
    {
        (_S.DRAFT, _S.PLANNED): (complete_for_plan, scenario_in_order, group_fits),
        (_S.DRAFT, _S.CANCELLED): (),
        (_S.PLANNED, _S.READY): (content_chosen, equipment_ready, group_fits, care_prepared),
        (_S.PLANNED, _S.CANCELLED): (reason_given,),
        # A session that was held without the program, or on another laptop.
        (_S.PLANNED, _S.HELD): (is_over, registered_late),
        # A headset falls out, or the group grows: the plan is taken up again and frozen anew.
        (_S.READY, _S.PLANNED): (),
        (_S.READY, _S.CANCELLED): (reason_given,),
        (_S.READY, _S.IN_PROGRESS): (),
        (_S.IN_PROGRESS, _S.HELD): (learning_gathered,),
        (_S.IN_PROGRESS, _S.ABORTED): (abort_reason_given,),
        (_S.HELD, _S.CLOSED): _COMPLETE,
        (_S.ABORTED, _S.CLOSED): _COMPLETE,
        # Reopened; one that was broken off stays so.
        (_S.CLOSED, _S.HELD): (reason_given, was_not_aborted),
        (_S.CLOSED, _S.ABORTED): (reason_given, abort_reason_given),
        (_S.CLOSED, _S.ANONYMISED): (reason_given,),
    }
)


def findings_for(situation: Situation, wanted: SessionState) -> list[Finding]:
    """All findings on the way to ``wanted``.

    Raises:
        StepImpossible: that state cannot follow.
    """
    state = situation.session.state
    if (state, wanted) not in TRANSITIONS:
        raise StepImpossible(state=state.value, wanted=wanted.value)
    return [finding for guard in TRANSITIONS[state, wanted] for finding in guard(situation)]


def stepped(situation: Situation, wanted: SessionState) -> Session:
    """Return the session in its new state, with the times that belong to it.

    Raises:
        StepImpossible: that state cannot follow.
        StepBlocked: a guard blocks.
    """
    findings = findings_for(situation, wanted)
    if blocking(findings):
        raise StepBlocked(findings)
    session, now = replace(situation.session, state=wanted), situation.now
    if wanted is SessionState.IN_PROGRESS:
        return replace(session, actual_start=now)
    if wanted is SessionState.CANCELLED:
        return replace(session, cancel_reason=situation.reason.strip())
    if wanted is SessionState.CLOSED:
        return replace(session, closed_at=now)
    return _ended(situation, session)


def _ended(situation: Situation, session: Session) -> Session:
    state, now = situation.session.state, situation.now
    if state is SessionState.IN_PROGRESS:
        return replace(session, actual_end=now)
    if state is SessionState.CLOSED and session.state is not SessionState.ANONYMISED:
        return replace(session, closed_at=None, closed_by=None)
    period = session.period
    if session.state is SessionState.HELD and period is not None:
        return replace(session, actual_start=period.starts_at, actual_end=period.ends_at)
    return session
