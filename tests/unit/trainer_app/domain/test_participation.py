"""Who counts as a participant, for how long, and what others may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes.records import ANNE, KARI, a_session, wall
from trainer_app.domain.participation import (
    Participation,
    Scope,
    count,
    count_by_group,
    is_small,
    participation_of,
)
from trainer_app.domain.people import Person
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    ParticipationMode,
    Session,
    SessionState,
)

BEGUN = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HELD = a_session(state=SessionState.CLOSED, actual_start=BEGUN, actual_end=BEGUN + timedelta(minutes=85))


def took_part(
    person: Person = KARI,
    session: Session = HELD,
    status: AttendanceStatus = AttendanceStatus.ATTENDED,
    mode: ParticipationMode = ParticipationMode.VR,
    minutes: int | None = None,
) -> Participation | None:
    row = Attendance(
        session_id=session.id, person_id=person.id, status=status, mode=mode, minutes_present=minutes
    )
    return participation_of(session, row, person)


def sure(found: Participation | None) -> Participation:
    assert found is not None
    return found


@pytest.mark.parametrize("status", AttendanceStatus)
def test_only_those_who_came_took_part(status: AttendanceStatus) -> None:
    came = status in (AttendanceStatus.ATTENDED, AttendanceStatus.PARTLY)
    assert (took_part(status=status) is not None) == came


def test_whoever_was_there_throughout_has_the_time_the_session_lasted() -> None:
    assert sure(took_part()).minutes == 85


def test_a_session_nobody_ended_is_no_long_day_of_training() -> None:
    forgotten = replace(HELD, actual_end=BEGUN + timedelta(hours=9))
    assert sure(took_part(session=forgotten)).minutes == 90


def test_a_session_registered_without_times_counts_as_planned() -> None:
    assert sure(took_part(session=replace(HELD, actual_start=None, actual_end=None))).minutes == 90


@pytest.mark.parametrize(("minutes", "completed"), [(71, False), (72, True), (90, True)])
def test_four_fifths_of_the_planned_time_complete_a_session(minutes: int, completed: bool) -> None:
    assert sure(took_part(minutes=minutes)).completed is completed


def test_a_partial_attendance_completes_nothing_and_without_minutes_counts_no_hours() -> None:
    partly = AttendanceStatus.PARTLY
    known, unknown = sure(took_part(status=partly, minutes=80)), sure(took_part(ANNE, status=partly))
    counted = count([known, unknown])
    assert (counted.completed, counted.hours, counted.without_minutes) == (0, 80 / 60, 1)


def test_a_person_in_two_sessions_is_one_participant_with_two_participations() -> None:
    other = a_session(state=SessionState.HELD, actual_start=BEGUN, actual_end=BEGUN + timedelta(minutes=60))
    counted = count(sure(row) for row in (took_part(), took_part(session=other), took_part(ANNE)))
    assert (counted.sessions, counted.participations, counted.unique) == (2, 3, 2)
    assert counted.minutes == 85 + 60 + 85


def test_the_ways_to_take_part_are_counted_apart() -> None:
    modes = (ParticipationMode.VR, ParticipationMode.VR, ParticipationMode.SCREEN, ParticipationMode.OBSERVER)
    counted = count(sure(took_part(mode=mode)) for mode in modes)
    assert (counted.vr, counted.screen, counted.observer) == (2, 1, 1)


def test_a_group_is_department_unit_theme_and_profession_of_the_person() -> None:
    groups = count_by_group([sure(took_part()), sure(took_part(ANNE))])
    assert [(group.profession, counts.unique) for group, counts in groups.items()] == [(KARI.profession, 2)]


@pytest.mark.parametrize("state", SessionState)
def test_only_sessions_that_took_place_are_reported(state: SessionState) -> None:
    reported = {SessionState.HELD, SessionState.CLOSED, SessionState.ANONYMISED, SessionState.ABORTED}
    assert Scope().holds(replace(HELD, state=state)) == (state in reported)


def test_both_days_of_a_period_belong_to_it() -> None:
    day = date(2026, 11, 25)
    assert Scope(first=day, last=day).holds(HELD)
    assert not Scope(first=date(2026, 11, 26)).holds(HELD)
    assert not Scope(last=date(2026, 11, 24)).holds(HELD)


def test_nobody_is_not_a_small_number() -> None:
    assert [number for number in range(8) if is_small(number)] == [1, 2, 3, 4]


def test_a_session_belongs_to_the_day_it_was_held_not_to_the_planned_one() -> None:
    moved = a_session(
        state=SessionState.CLOSED,
        planned_start=wall("2026-11-25T13:00"),
        planned_end=wall("2026-11-25T14:30"),
        actual_start=datetime(2026, 11, 21, 23, 30, tzinfo=UTC),
        actual_end=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
    )
    assert moved.day == date(2026, 11, 22)  # half past midnight in Norway
    assert Scope(first=date(2026, 11, 22), last=date(2026, 11, 22)).holds(moved)
    assert not Scope(first=date(2026, 11, 25), last=date(2026, 11, 25)).holds(moved)
    assert replace(moved, actual_start=None).day == date(2026, 11, 25)
