"""A session is closed: who was there, what was reached, what blocks and prints, and opening it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.fakes.records import ANNE, KARI, NOON, a_session
from trainer_app.domain.closing import Printout, Reopening
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.kits import Serial
from trainer_app.domain.people import PersonId, Profession
from trainer_app.domain.session_errors import (
    AlreadyListed,
    MinutesImpossible,
    SessionChangedElsewhere,
    SessionClosed,
    StepBlocked,
    StepImpossible,
    TextMissing,
    TextTooLong,
)
from trainer_app.domain.sessions import (
    AbortReason,
    Attendance,
    AttendanceStatus,
    HeadsetAssignment,
    Objective,
    ObjectiveId,
    ParticipationMode,
    Reached,
    Session,
    SessionState,
    SessionType,
)
from trainer_app.services.closing import Newcomer, Record, SessionClosing
from trainer_app.storage.repositories import SqlRepositories

S, M = AttendanceStatus, ParticipationMode


@pytest.fixture
def closing(stored: SqlRepositories) -> SessionClosing:
    return SessionClosing(stored, lambda: NOON)


@pytest.fixture
def session(stored: SqlRepositories) -> Session:
    """Held for an hour, with two people invited, and an objective."""
    return _held(stored)


def _held(stored: SqlRepositories, **changes: object) -> Session:
    values = {"state": SessionState.HELD, "actual_start": NOON - timedelta(hours=1), "actual_end": NOON}
    session = stored.sessions.save(a_session(**{**values, **changes}))
    stored.attendance.save(
        Attendance(session_id=session.id, person_id=KARI.id),
        Attendance(session_id=session.id, person_id=ANNE.id, status=S.CONFIRMED),
    )
    stored.objectives.save(Objective(id=ObjectiveId(uuid4()), session_id=session.id, seq=1, text="Mål"))
    return session


def _record(closing: SessionClosing, session: Session) -> Record:
    record = closing.record_of(session.id)
    assert record is not None
    return record


def _keys(record: Record) -> set[str]:
    return {finding.key.removeprefix("session.guard.") for finding in record.findings}


def test_nobody_s_attendance_may_be_left_open(closing: SessionClosing, session: Session) -> None:
    record = _record(closing, session)
    assert _keys(record) == {"attendance_open", "aftercare_not_offered"}
    assert not record.can_be_closed
    with pytest.raises(StepBlocked):
        closing.close(session)
    closing.set_attendance(session.id, KARI.id, S.ABSENT)
    (rest,) = closing.confirm_the_rest(session.id)
    assert (rest.person_id, rest.status) == (ANNE.id, S.ATTENDED)
    closed = closing.close(closing.set_aftercare(session.id, offered=True), closed_by=KARI.id)
    assert (closed.session.state, closed.session.closed_at) == (SessionState.CLOSED, NOON)
    assert (closed.session.closed_by, closed.session.aftercare_offered) == (KARI.id, True)
    assert closed.prints == (Printout.PROTOCOL, Printout.PARTICIPATION)
    assert (closed.findings, record.prints) == ((), ())


def test_who_was_there_for_a_part_has_minutes_and_who_was_not_has_nothing(
    closing: SessionClosing, session: Session
) -> None:
    partly = closing.set_attendance(session.id, ANNE.id, S.PARTLY, mode=ParticipationMode.OBSERVER)
    assert "minutes_missing" in _keys(_record(closing, session))
    partly = closing.set_attendance(session.id, ANNE.id, S.PARTLY, minutes=42)
    assert (partly.minutes_present, partly.mode) == (42, ParticipationMode.OBSERVER)
    assert "minutes_missing" not in _keys(_record(closing, session))
    partly = closing.set_attendance(session.id, ANNE.id, S.PARTLY, mode=ParticipationMode.SCREEN)
    assert (partly.minutes_present, partly.mode) == (42, ParticipationMode.SCREEN)
    away = closing.set_attendance(session.id, ANNE.id, S.ABSENT, minutes=42)
    assert (away.minutes_present, away.mode) == (None, ParticipationMode.NOT_APPLICABLE)
    there = closing.set_attendance(session.id, ANNE.id, S.ATTENDED)
    assert (there.minutes_present, there.mode) == (None, ParticipationMode.VR)
    assert there in _record(closing, session).attendance


@pytest.mark.parametrize(
    ("wearers", "kind", "kari", "anne"),
    [
        ((), SessionType.VR_SIMULATION, M.VR, M.VR),
        ((KARI.id,), SessionType.VR_SIMULATION, M.VR, M.SCREEN),
        ((KARI.id, None), SessionType.VR_SIMULATION, M.VR, M.VR),
        ((), SessionType.INFORMATION_MEETING, M.SCREEN, M.SCREEN),
    ],
    ids=["no headsets given out", "one without a headset", "one headset without a name", "no headsets"],
)
def test_who_had_no_headset_has_watched_on_a_screen(
    stored: SqlRepositories,
    closing: SessionClosing,
    wearers: tuple[PersonId | None, ...],
    kind: SessionType,
    kari: ParticipationMode,
    anne: ParticipationMode,
) -> None:
    session = _held(stored, session_type=kind)
    for number, wearer in enumerate(wearers):
        headset = stored.headsets.remember(Serial(f"A{number}"), "Quest 3", None, NOON).id
        worn = HeadsetAssignment(session_id=session.id, wave=1, headset_id=headset, person_id=wearer)
        stored.assignments.save(worn)
    assert closing.set_attendance(session.id, KARI.id, S.PARTLY).mode is kari
    (rest,) = closing.confirm_the_rest(session.id)
    assert (rest.person_id, rest.mode) == (ANNE.id, anne)
    # What was said on purpose stays; who comes after all is asked of the headsets again.
    said = closing.set_attendance(session.id, ANNE.id, S.ATTENDED, mode=M.OBSERVER)
    assert closing.set_attendance(session.id, ANNE.id, S.PARTLY).mode is said.mode
    closing.set_attendance(session.id, ANNE.id, S.ABSENT)
    assert closing.set_attendance(session.id, ANNE.id, S.ATTENDED).mode is anne


def test_who_was_to_observe_is_put_down_as_an_observer(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    stored.attendance.save(Attendance(session_id=session.id, person_id=ANNE.id, mode=M.OBSERVER))
    closing.confirm_the_rest(session.id)
    known = stored.attendance.get(session.id, ANNE.id)
    assert known is not None
    assert known.mode is M.OBSERVER


@pytest.mark.parametrize("minutes", [-1, 61])
def test_nobody_was_there_longer_than_the_session(
    closing: SessionClosing, session: Session, minutes: int
) -> None:
    before = _record(closing, session)
    assert before.most_minutes == 60
    with pytest.raises(MinutesImpossible):
        closing.set_attendance(session.id, ANNE.id, S.PARTLY, minutes=minutes)
    assert _record(closing, session) == before


def test_somebody_who_came_uninvited_is_added(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    stored.attendance.delete(session.id, ANNE.id)
    added = closing.set_attendance(session.id, ANNE.id, S.ATTENDED, mode=ParticipationMode.SCREEN)
    assert added in _record(closing, session).attendance


def test_who_is_on_no_list_is_put_on_both(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    typed = {"name": "  Gry   Innbilt ", "external_org": " Høyskolen "}
    gry = closing.add_newcomer(session.id, Newcomer(profession=Profession.STUDENT, mode=M.OBSERVER, **typed))
    known = stored.people.get(gry.id)
    assert known == gry
    assert (gry.full_name, gry.department_id, gry.external_org) == (
        "Gry Innbilt",
        session.department_id,
        "Høyskolen",
    )
    row = stored.attendance.get(session.id, gry.id)
    assert row is not None
    assert (row.status, row.mode) == (S.ATTENDED, M.OBSERVER)


def test_who_has_the_name_is_that_person_and_stands_on_the_list_once(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    stored.attendance.delete(session.id, ANNE.id)
    before = len(stored.people.where())
    typed = Newcomer(name=ANNE.full_name.upper(), profession=Profession.OTHER)
    assert closing.add_newcomer(session.id, typed) == ANNE
    with pytest.raises(AlreadyListed) as refused:
        closing.add_newcomer(session.id, typed)
    assert refused.value.params == {"field": "person", "name": ANNE.full_name}
    assert len(stored.people.where()) == before


@pytest.mark.parametrize(
    ("name", "org", "wrong", "field"),
    [
        (" \u00a0 ", "", TextMissing, "person"),
        ("å" * 101, "", TextTooLong, "person"),
        ("Gry Innbilt", "å" * 201, TextTooLong, "external_org"),
    ],
)
def test_a_newcomer_that_cannot_be_stored_is_refused_by_field(
    stored: SqlRepositories,
    closing: SessionClosing,
    session: Session,
    name: str,
    org: str,
    wrong: type[TrainerError],
    field: str,
) -> None:
    before = stored.people.where(), stored.attendance.where()
    with pytest.raises(wrong) as refused:
        closing.add_newcomer(session.id, Newcomer(name=name, profession=Profession.NURSE, external_org=org))
    assert refused.value.params["field"] == field
    assert (stored.people.where(), stored.attendance.where()) == before


def test_objectives_are_assessed_one_by_one(closing: SessionClosing, session: Session) -> None:
    (objective,) = _record(closing, session).objectives
    assessed = closing.assess(objective, Reached.PARTLY)
    assert _record(closing, session).objectives == (assessed,)


def test_a_headset_is_cleaned_once_for_all_who_wore_it(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    first, second = (stored.headsets.remember(Serial(s), "Quest 3", None, NOON) for s in "AB")
    for headset, wave in ((first, 1), (first, 2), (second, 1)):
        stored.assignments.save(HeadsetAssignment(session_id=session.id, wave=wave, headset_id=headset.id))

    def unclean() -> object:
        findings = _record(closing, session).findings
        return [f.params["count"] for f in findings if f.key == "session.guard.not_cleaned"]

    assert unclean() == [2]
    assert len(closing.set_cleaned(session.id, first.id)) == 2
    assert unclean() == [1]
    closing.set_cleaned(session.id, second.id)
    assert unclean() == []
    closing.set_cleaned(session.id, second.id, cleaned=False)
    assert unclean() == [1]


def test_a_closed_session_takes_no_more_answers(closing: SessionClosing, session: Session) -> None:
    closing.confirm_the_rest(session.id)
    closed = closing.close(session)
    with pytest.raises(SessionClosed):
        closing.set_attendance(session.id, ANNE.id, S.ABSENT)
    with pytest.raises(SessionClosed):
        closing.add_newcomer(session.id, Newcomer(name="Gry Innbilt", profession=Profession.NURSE))
    with pytest.raises(SessionClosed):
        closing.assess(closed.objectives[0], Reached.YES)
    with pytest.raises(SessionClosed):
        closing.set_aftercare(session.id, offered=True)
    with pytest.raises(StepImpossible):
        closing.close(closed.session)
    assert _record(closing, session) == closed


def test_a_session_is_opened_again_with_a_reason_that_is_kept(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    closing.confirm_the_rest(session.id)
    closed = closing.close(session).session
    with pytest.raises(StepBlocked):
        closing.reopen(closed, "  ")
    assert stored.reopenings.where() == []
    opened = closing.reopen(closed, " Anne var der likevel ikke ", reopened_by=KARI.id)
    assert (opened.session.state, opened.session.closed_at) == (SessionState.HELD, None)
    assert opened.session.actual_end == NOON
    assert stored.reopenings.where(session_id=session.id) == [
        Reopening(session_id=session.id, at=NOON, reason="Anne var der likevel ikke", reopened_by=KARI.id)
    ]
    closing.set_attendance(session.id, ANNE.id, S.ABSENT)
    assert closing.close(opened.session).session.state is SessionState.CLOSED


def test_what_was_broken_off_is_closed_and_opened_as_that(
    stored: SqlRepositories, closing: SessionClosing
) -> None:
    session = _held(stored, state=SessionState.ABORTED, abort_reason=AbortReason.EQUIPMENT)
    closing.confirm_the_rest(session.id)
    closed = closing.close(session)
    assert (closed.session.abort_reason, closed.prints[0]) == (AbortReason.EQUIPMENT, Printout.PROTOCOL)
    assert closing.reopen(closed.session, "Feil grunn").session.state is SessionState.ABORTED


def test_a_stale_copy_does_not_close_what_somebody_else_has_changed(
    closing: SessionClosing, session: Session
) -> None:
    closing.confirm_the_rest(session.id)
    closing.set_aftercare(session.id, offered=True)
    with pytest.raises(SessionChangedElsewhere):
        closing.close(session)


def test_a_session_that_is_not_over_has_nothing_to_close(
    stored: SqlRepositories, closing: SessionClosing
) -> None:
    running = _held(stored, state=SessionState.IN_PROGRESS, actual_end=None)
    record = _record(closing, running)
    assert (record.can_be_closed, record.findings, record.most_minutes) == (False, (), None)
    with pytest.raises(StepImpossible):
        closing.confirm_the_rest(running.id)
    with pytest.raises(StepImpossible):
        closing.close(running)


def test_the_record_says_when_notes_and_wearers_are_forgotten(
    closing: SessionClosing, session: Session
) -> None:
    record = _record(closing, session)
    assert record.notes_go_at == NOON + timedelta(days=7)
    assert record.assignments_go_at == NOON + timedelta(days=30)
    closing.confirm_the_rest(session.id)
    later = replace(session, actual_end=NOON - timedelta(days=3))
    assert closing.close(later).notes_go_at == NOON + timedelta(days=7)


def test_a_test_of_the_system_prints_nothing(stored: SqlRepositories, closing: SessionClosing) -> None:
    session = _held(stored, session_type=SessionType.SYSTEM_TEST)
    closing.confirm_the_rest(session.id)
    assert closing.close(session).prints == ()


def test_somebody_added_by_mistake_is_taken_off_the_list(
    stored: SqlRepositories, closing: SessionClosing, session: Session
) -> None:
    closing.take_off_list(session.id, ANNE.id)
    assert [row.person_id for row in stored.attendance.where(session_id=session.id)] == [KARI.id]


def test_contract_and_safety_information_are_said_one_by_one(
    closing: SessionClosing, session: Session
) -> None:
    said = closing.set_spoken_of(session.id, contract=True)
    assert (said.contract_reviewed, said.safety_info_given) == (True, False)
    said = closing.set_spoken_of(session.id, safety=True)
    assert (said.contract_reviewed, said.safety_info_given) == (True, True)


def test_a_plan_is_registered_once_its_time_is_over(stored: SqlRepositories) -> None:
    plan = stored.sessions.save(a_session(state=SessionState.PLANNED))
    assert plan.period is not None
    with pytest.raises(StepBlocked):
        SessionClosing(stored, lambda: NOON).register_held(plan)
    after = plan.period.ends_at + timedelta(hours=1)
    record = SessionClosing(stored, lambda: after).register_held(plan)
    assert record.session.state is SessionState.HELD
    assert record.session.actual_end == plan.period.ends_at
