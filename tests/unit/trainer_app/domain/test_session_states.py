"""The states of a session: which may follow which, what blocks, what warns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.fakes.records import ANNE, KARI, NOON, SCENARIO, THEME, a_session, wall
from trainer_app.domain.findings import Severity
from trainer_app.domain.notes import ActionId, ActionItem
from trainer_app.domain.people import Facilitator
from trainer_app.domain.session_errors import StepBlocked, StepImpossible
from trainer_app.domain.session_states import (
    TRANSITIONS,
    ScenarioStanding,
    Situation,
    findings_for,
    stepped,
)
from trainer_app.domain.sessions import (
    AbortReason,
    Attendance,
    AttendanceStatus,
    SessionState,
    SessionType,
    TeamMember,
    TeamRole,
)
from trainer_app.texts.catalogue import LANGUAGES, Texts

S = SessionState
SESSION = a_session(
    theme=THEME.code,
    scenario_code=SCENARIO.code,
    scenario_version=SCENARIO.version,
    participants=7,
    aftercare_contact="Siv Testmoen",
    aftercare_offered=True,
    abort_reason=None,
)
GOOD = Situation(
    session=SESSION,
    now=NOON,
    team=(
        TeamMember(session_id=SESSION.id, person_id=KARI.id, role=TeamRole.LEAD),
        TeamMember(session_id=SESSION.id, person_id=ANNE.id, role=TeamRole.CO),
    ),
    lead=Facilitator(person_id=KARI.id, vr_training_date=date(2026, 1, 5)),
    scenario=ScenarioStanding(is_approved=True, references_checked=date(2026, 6, 1)),
    objectives=2,
    headsets_ready=5,
    kit_checked_at=NOON - timedelta(hours=1),
    application_held=True,
    learning_points=1,
    attendance=(Attendance(session_id=SESSION.id, person_id=ANNE.id, status=AttendanceStatus.ATTENDED),),
    reason="Klarhet",
)


def _found(situation: Situation, wanted: SessionState) -> set[tuple[str, Severity]]:
    return {
        (finding.key.removeprefix("session.guard."), finding.severity)
        for finding in findings_for(situation, wanted)
    }


def _in(state: SessionState, situation: Situation = GOOD, **changes: object) -> Situation:
    return replace(situation, session=replace(situation.session, state=state, **changes))  # type: ignore[arg-type]


HARD, SOFT = Severity.HARD, Severity.SOFT
LATER = NOON + timedelta(days=30)
LOOSE_ACTION = ActionItem(id=ActionId(uuid4()), session_id=SESSION.id, seq=1, what="Noe", owner_role="leder")
FORMER_LEAD = Facilitator(
    person_id=KARI.id, vr_training_date=date(2026, 1, 5), active_to=NOON.date() - timedelta(days=1)
)
INVITED = Attendance(session_id=SESSION.id, person_id=KARI.id)
OLD = ScenarioStanding(
    is_approved=False, review_due=date(2026, 11, 20), references_checked=date(2025, 11, 21)
)

CASES = [
    (_in(S.DRAFT, theme=None), S.PLANNED, ("theme_missing", HARD)),
    (_in(S.DRAFT, planned_end=None), S.PLANNED, ("date_missing", HARD)),
    (_in(S.DRAFT, planned_end=wall("2026-11-25T12:00")), S.PLANNED, ("end_before_start", HARD)),
    (replace(_in(S.DRAFT), now=LATER), S.PLANNED, ("date_past", SOFT)),
    (replace(_in(S.DRAFT), team=GOOD.team[1:]), S.PLANNED, ("lead_missing", HARD)),
    (replace(_in(S.DRAFT), lead=FORMER_LEAD), S.PLANNED, ("lead_not_active", SOFT)),
    (replace(_in(S.DRAFT), scenario=OLD), S.PLANNED, ("scenario_not_approved", SOFT)),
    (replace(_in(S.DRAFT), scenario=OLD), S.PLANNED, ("review_overdue", SOFT)),
    (replace(_in(S.DRAFT), scenario=OLD), S.PLANNED, ("references_old", SOFT)),
    (_in(S.DRAFT, participants=13), S.PLANNED, ("crowded", SOFT)),
    (_in(S.DRAFT, participants=17), S.PLANNED, ("too_many", HARD)),
    (_in(S.PLANNED, scenario_code=None), S.READY, ("scenario_missing", HARD)),
    (replace(_in(S.PLANNED), objectives=0), S.READY, ("objective_missing", HARD)),
    (replace(_in(S.PLANNED), headsets_ready=0), S.READY, ("no_headset", HARD)),
    (replace(_in(S.PLANNED), kit_checked_at=NOON - timedelta(hours=24)), S.READY, ("kit_unchecked", SOFT)),
    (_in(S.PLANNED, aftercare_contact="  "), S.READY, ("aftercare_contact_missing", SOFT)),
    (replace(_in(S.PLANNED), lead=None), S.READY, ("lead_without_vr_training", SOFT)),
    (
        replace(_in(S.PLANNED, aftercare_contact=""), team=GOOD.team[:1]),
        S.READY,
        ("alone_with_theme", SOFT),
    ),
    (replace(_in(S.PLANNED), reason=" "), S.CANCELLED, ("reason_missing", HARD)),
    (_in(S.PLANNED), S.HELD, ("not_over", HARD)),
    (replace(_in(S.IN_PROGRESS), application_held=False), S.HELD, ("application_not_held", SOFT)),
    (replace(_in(S.IN_PROGRESS), learning_points=0), S.HELD, ("no_learning_point", SOFT)),
    (_in(S.IN_PROGRESS, aftercare_offered=False), S.HELD, ("aftercare_not_offered", SOFT)),
    (_in(S.IN_PROGRESS), S.ABORTED, ("abort_reason_missing", HARD)),
    (replace(_in(S.HELD), attendance=(INVITED,)), S.CLOSED, ("attendance_open", HARD)),
    (replace(_in(S.HELD), actions=(LOOSE_ACTION,)), S.CLOSED, ("action_without_owner", SOFT)),
    (replace(_in(S.CLOSED), reason=""), S.HELD, ("reason_missing", HARD)),
    (_in(S.CLOSED, abort_reason=AbortReason.TIME), S.HELD, ("was_aborted", HARD)),
]


@pytest.mark.parametrize(("situation", "wanted", "finding"), CASES, ids=[case[2][0] for case in CASES])
def test_what_is_missing_is_found(
    situation: Situation, wanted: SessionState, finding: tuple[str, Severity]
) -> None:
    assert finding in _found(situation, wanted)


def test_a_named_contact_is_as_good_as_a_second_facilitator_for_a_hard_theme() -> None:
    alone = replace(_in(S.PLANNED, aftercare_contact="Anne Påhittmo"), team=GOOD.team[:1])
    assert ("alone_with_theme", SOFT) not in _found(alone, S.READY)


@pytest.mark.parametrize(
    ("state", "wanted"), [(S.DRAFT, S.PLANNED), (S.PLANNED, S.READY), (S.READY, S.IN_PROGRESS),
                          (S.IN_PROGRESS, S.HELD), (S.HELD, S.CLOSED)]
)  # fmt: skip
def test_a_session_in_order_goes_its_way_without_a_word(state: SessionState, wanted: SessionState) -> None:
    assert _found(_in(state), wanted) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_its_words(lang: str) -> None:
    texts = Texts(lang)
    for situation, wanted, _ in CASES:
        for finding in findings_for(situation, wanted):
            assert texts(finding.key, **finding.params)


def test_a_meeting_needs_no_headsets() -> None:
    meeting = _in(S.PLANNED, session_type=SessionType.INFORMATION_MEETING, participants=40)
    assert ("no_headset", HARD) not in _found(replace(meeting, headsets_ready=0), S.READY)


def test_a_blocked_step_tells_why_and_a_warned_one_goes_on() -> None:
    with pytest.raises(StepBlocked) as caught:
        stepped(_in(S.DRAFT, theme=None), S.PLANNED)
    assert caught.value.params["count"] == 1
    assert stepped(replace(_in(S.IN_PROGRESS), learning_points=0), S.HELD).state is S.HELD


@pytest.mark.parametrize(
    ("state", "wanted"), [(S.DRAFT, S.CLOSED), (S.HELD, S.IN_PROGRESS), (S.ANONYMISED, S.HELD)]
)
def test_steps_that_are_not_in_the_table_are_impossible(state: SessionState, wanted: SessionState) -> None:
    with pytest.raises(StepImpossible):
        stepped(_in(state), wanted)


def test_the_times_of_a_session_are_recorded_where_they_happen() -> None:
    begun = stepped(_in(S.READY), S.IN_PROGRESS)
    assert (begun.actual_start, begun.actual_end) == (NOON, None)
    held = stepped(replace(GOOD, session=begun, now=LATER), S.HELD)
    assert (held.actual_start, held.actual_end) == (NOON, LATER)
    closed = stepped(replace(GOOD, session=held, now=LATER), S.CLOSED)
    assert closed.closed_at == LATER
    assert stepped(replace(GOOD, session=closed), S.HELD).closed_at is None


def test_a_session_registered_afterwards_took_place_as_planned() -> None:
    held = stepped(replace(_in(S.PLANNED), now=LATER), S.HELD)
    period = SESSION.period
    assert period is not None
    assert (held.actual_start, held.actual_end) == (period.starts_at, period.ends_at)


class StateMachine(RuleBasedStateMachine):
    """Any way through the table keeps what has to hold of a session."""

    @initialize()
    def draft(self) -> None:
        self.session = replace(SESSION, state=S.DRAFT)
        self.now = NOON

    @rule(wanted=st.sampled_from(S), reason_given=st.booleans(), hours=st.integers(0, 200))
    def try_to_go(self, wanted: SessionState, reason_given: bool, hours: int) -> None:
        self.now += timedelta(hours=hours)
        before = self.session
        if wanted is S.ABORTED and reason_given:
            before = replace(before, abort_reason=AbortReason.TIME)
        situation = replace(GOOD, session=before, now=self.now, kit_checked_at=self.now)
        try:
            self.session = stepped(situation, wanted)
        except StepImpossible:
            assert (before.state, wanted) not in TRANSITIONS
        except StepBlocked:
            assert any(finding.blocks for finding in findings_for(situation, wanted))
        else:
            assert (before.state, wanted) in TRANSITIONS

    @invariant()
    def times_fit_the_state(self) -> None:
        session = self.session
        if session.state in (S.IN_PROGRESS, S.HELD, S.ABORTED, S.CLOSED):
            assert session.actual_start is not None
        if session.state in (S.HELD, S.ABORTED, S.CLOSED, S.ANONYMISED):
            assert session.actual_end is not None
        assert (session.closed_at is not None) is (session.state in (S.CLOSED, S.ANONYMISED))

    @invariant()
    def what_was_aborted_is_never_held(self) -> None:
        if self.session.state is S.HELD:
            assert self.session.abort_reason is None
        if self.session.state is S.ABORTED:
            assert self.session.abort_reason is not None


TestStateMachine = StateMachine.TestCase


def test_every_state_but_the_first_can_be_reached_and_every_state_but_the_last_left() -> None:
    assert {after for _, after in TRANSITIONS} == set(S) - {S.DRAFT}
    assert {before for before, _ in TRANSITIONS} == set(S) - {S.ANONYMISED, S.CANCELLED}
