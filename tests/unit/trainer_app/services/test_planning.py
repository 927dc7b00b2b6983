"""A session is booked: what collides and what is missing is said while editing; nothing typed is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.records import ANNE, KARI, KIT, NOON, ROOM, SCENARIO, a_session, phases_for, wall
from trainer_app.domain.findings import blocking
from trainer_app.domain.inventory import CheckId, CheckKind, InventoryCheck
from trainer_app.domain.kits import HeadsetCondition, Serial
from trainer_app.domain.people import PersonId
from trainer_app.domain.scheduling import Resource
from trainer_app.domain.session_errors import PlanFixed, StepBlocked, TextTooLong
from trainer_app.domain.sessions import (
    Attendance,
    Objective,
    ObjectiveId,
    Session,
    SessionState,
    TeamMember,
    TeamRole,
)
from trainer_app.services.planning import Plan, SessionPlanning
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def planning(stored: SqlRepositories) -> SessionPlanning:
    return SessionPlanning(stored, lambda: NOON)


def _plan(**changes: object) -> Plan:
    session = a_session(kit_id=KIT.id, room_id=ROOM.id, participants=7, **changes)
    return Plan(
        session=session,
        team=(TeamMember(session_id=session.id, person_id=KARI.id, role=TeamRole.LEAD),),
        objectives=(Objective(id=ObjectiveId(uuid4()), session_id=session.id, seq=1, text="Mål"),),
        phases=phases_for(session.id),
        attendance=(Attendance(session_id=session.id, person_id=ANNE.id),),
    )


def _keys(planning: SessionPlanning, plan: Plan) -> set[str]:
    return {finding.key.removeprefix("session.guard.") for finding in planning.review(plan).findings}


def test_a_draft_is_kept_with_all_its_parts_however_incomplete(planning: SessionPlanning) -> None:
    plan = _plan(theme=None, planned_start=None)
    saved = planning.save(plan)
    assert planning.plan_of(plan.session.id) == saved
    fewer = planning.save(replace(saved, phases=saved.phases[:3], team=()))
    assert planning.plan_of(plan.session.id) == fewer
    assert _keys(planning, fewer) == {"theme_missing", "date_missing", "lead_missing"}


def test_a_plan_gets_its_number_and_seven_participants_two_waves(planning: SessionPlanning) -> None:
    plan = planning.save(_plan())
    review = planning.review(plan)
    assert not blocking(review.findings)
    assert review.waves.waves == (4, 3)
    assert (review.phase_minutes, review.booked_minutes) == (65, 90)
    planned = planning.make_plan(plan, None, laptop="A").session
    assert (planned.number, planned.state) == ("EV-2026-A001", SessionState.PLANNED)


def test_what_is_taken_is_said_with_the_next_free_time(planning: SessionPlanning) -> None:
    planning.make_plan(planning.save(_plan()), None, laptop="A")
    draft = planning.save(_plan())
    review = planning.review(draft)
    assert {conflict.resource for conflict in review.conflicts} == set(Resource)
    assert blocking(review.findings)
    # Until 14.30 it is taken; then come ten minutes to pack, and 90 minutes no longer fit before 16.00.
    assert review.next_free == wall("2026-11-26T08:00")
    with pytest.raises(StepBlocked):
        planning.make_plan(draft, None, laptop="A")
    assert planning.plan_of(draft.session.id) == draft


def test_a_plan_does_not_collide_with_itself_when_it_is_edited(planning: SessionPlanning) -> None:
    planned = planning.make_plan(planning.save(_plan()), None, laptop="A")
    moved = replace(planned, session=replace(planned.session, planned_end=wall("2026-11-25T15:00")))
    assert planning.review(moved).conflicts == ()
    assert planning.save(moved).session.number == planned.session.number


def test_an_end_before_the_start_is_a_finding_beside_the_field(planning: SessionPlanning) -> None:
    plan = planning.save(_plan(planned_end=wall("2026-11-25T12:00")))
    assert _keys(planning, plan) == {"end_before_start"}
    assert planning.review(plan).booked_minutes is None


def test_headsets_that_are_out_of_use_make_smaller_waves(
    planning: SessionPlanning, stored: SqlRepositories
) -> None:
    for serial in ("A", "B", "C"):
        headset = stored.headsets.remember(Serial(serial), "Quest 3", None, NOON)
        stored.headsets.place(headset.id, KIT.id)
    stored.headsets.set_condition(headset.id, HeadsetCondition.DEFECTIVE, NOON)
    plan = planning.save(_plan())
    assert _keys(planning, plan) == {"crowded"}


def test_a_session_is_cancelled_with_a_reason(planning: SessionPlanning) -> None:
    planned = planning.make_plan(planning.save(_plan()), None, laptop="A").session
    with pytest.raises(StepBlocked):
        planning.cancel(planned.id, "  ")
    cancelled = planning.cancel(planned.id, "Sykdom i teamet")
    assert (cancelled.state, cancelled.cancel_reason) == (SessionState.CANCELLED, "Sykdom i teamet")
    assert not blocking(planning.review(planning.save(_plan())).findings)


def test_a_ready_session_has_a_frozen_plan_that_can_be_taken_up_again(planning: SessionPlanning) -> None:
    plan = _plan(scenario_code=SCENARIO.code, scenario_version=SCENARIO.version)
    planned = planning.make_plan(planning.save(plan), None, laptop="A")
    with pytest.raises(StepBlocked):
        planning.make_ready(planned, None, headsets_ready=0)
    ready = planning.make_ready(planned, None, headsets_ready=4)
    assert ready.session.state is SessionState.READY
    assert ready.session.plan_snapshot is not None
    frozen = json.loads(ready.session.plan_snapshot)
    assert [phase["planned_min"] for phase in frozen["phases"]] == [5] * 13
    assert frozen["session"]["scenario_version"] == SCENARIO.version
    assert str(ANNE.id) not in ready.session.plan_snapshot
    with pytest.raises(PlanFixed):
        planning.save(replace(ready, phases=()))
    again = planning.take_up_again(ready)
    assert (again.session.state, again.session.plan_snapshot) == (SessionState.PLANNED, None)
    assert planning.save(replace(again, phases=())).phases == ()


def test_a_check_of_today_is_seen_when_the_session_is_made_ready(
    planning: SessionPlanning, stored: SqlRepositories
) -> None:
    plan = planning.make_plan(
        planning.save(_plan(scenario_code=SCENARIO.code, scenario_version=SCENARIO.version)), None, laptop="A"
    )

    def unchecked() -> bool:
        findings = planning.review_readiness(plan, None, headsets_ready=4)
        return "session.guard.kit_unchecked" in {finding.key for finding in findings}

    assert unchecked()
    check = InventoryCheck(
        id=CheckId(uuid4()), kit_id=KIT.id, kind=CheckKind.QUICK_BEFORE, started_at=NOON, finished_at=NOON
    )
    stored.checks.save(check)
    assert not unchecked()


def test_a_title_of_a_hundred_thousand_characters_loses_nothing(planning: SessionPlanning) -> None:
    plan = planning.save(_plan())
    with pytest.raises(TextTooLong):
        planning.save(replace(plan, session=_with_title(plan.session, "a" * 100_000)))
    assert planning.plan_of(plan.session.id) == plan


def _with_title(session: Session, title: str) -> Session:
    return replace(session, title=title)


def test_a_plan_with_a_part_that_cannot_be_kept_changes_nothing(planning: SessionPlanning) -> None:
    plan = planning.save(_plan())
    nobody = Attendance(session_id=plan.session.id, person_id=PersonId(uuid4()))
    changed = replace(plan.session, title="Ny tittel")
    with pytest.raises(IntegrityError):
        planning.save(replace(plan, session=changed, phases=(), attendance=(nobody,)))
    assert planning.plan_of(plan.session.id) == plan


def test_free_times_are_offered_on_several_working_days(planning: SessionPlanning) -> None:
    planning.make_plan(planning.save(_plan()), None, laptop="A")
    draft = planning.save(_plan())
    # Wednesday is full after 14.30; the same time is free on the days that follow, but not at the weekend.
    assert planning.free_times(draft)[:4] == [
        wall("2026-11-26T08:00"),
        wall("2026-11-27T13:00"),
        wall("2026-11-30T13:00"),
        wall("2026-12-01T13:00"),
    ]
    assert planning.free_times(_plan(planned_start=None)) == []


def test_advice_blocks_no_plan(planning: SessionPlanning) -> None:
    review = planning.review(planning.save(_plan(aftercare_contact="")))
    assert not blocking(review.findings)
    assert "session.guard.aftercare_contact_missing" in {finding.key for finding in review.advice}


def test_a_deleted_draft_comes_back_with_all_its_parts(planning: SessionPlanning) -> None:
    plan = planning.save(_plan())
    planning.delete_draft(plan)
    assert planning.plan_of(plan.session.id) is None
    planning.bring_back(plan)
    again = planning.plan_of(plan.session.id)
    assert again is not None
    assert (again.phases, again.team, again.attendance) == (plan.phases, plan.team, plan.attendance)
