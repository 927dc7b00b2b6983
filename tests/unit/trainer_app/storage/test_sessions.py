"""Sessions: numbers, stale copies, what they book, and what goes when a draft is deleted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.records import (
    ANNE,
    DEPARTMENT,
    KARI,
    KIT,
    NOON,
    ROOM,
    SCENARIO,
    a_session,
    phases_for,
    wall,
)
from trainer_app.domain.kits import KitLoan, LoanId
from trainer_app.domain.scheduling import Resource, conflicts
from trainer_app.domain.session_errors import ScenarioVersionFixed, SessionChangedElsewhere
from trainer_app.domain.sessions import (
    AbortReason,
    Attendance,
    AttendanceStatus,
    SessionState,
    TeamMember,
    TeamRole,
)
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories


def test_a_session_comes_back_as_it_was(stored: SqlRepositories) -> None:
    session = a_session(
        kit_id=KIT.id,
        room_id=ROOM.id,
        state=SessionState.ABORTED,
        scenario_code=SCENARIO.code,
        scenario_version=SCENARIO.version,
        actual_start=NOON,
        abort_reason=AbortReason.CARE_FOR_PARTICIPANTS,
        closed_by=KARI.id,
        plan_snapshot='{"æ": 1}',
    )
    saved = stored.sessions.save(session)
    assert saved == replace(session, rev=1)
    assert stored.sessions.by_id(session.id) == saved


def test_a_stale_copy_is_refused_and_changes_nothing(stored: SqlRepositories) -> None:
    first = stored.sessions.save(a_session())
    newer = stored.sessions.save(replace(first, title="Ny tittel"))
    with pytest.raises(SessionChangedElsewhere):
        stored.sessions.save(replace(first, title="Gammel tittel"))
    assert stored.sessions.by_id(first.id) == newer


def test_numbers_count_on_within_year_prefix_and_laptop(stored: SqlRepositories) -> None:
    def number(prefix: str, laptop: str, start: str = "2026-11-25T13:00") -> str | None:
        session = a_session(planned_start=wall(start), planned_end=wall(start[:-5] + "23:00"))
        return stored.sessions.save_numbered(session, prefix=prefix, laptop=laptop).number

    given = [number("EV", "A"), number("EV", "A"), number("EV", "B"), number("NO", "A")]
    assert given == ["EV-2026-A001", "EV-2026-A002", "EV-2026-B001", "NO-2026-A001"]
    assert number("EV", "A", "2027-01-04T13:00") == "EV-2027-A001"
    numbered = stored.sessions.by_number("EV-2026-A002")
    assert numbered is not None
    assert stored.sessions.save_numbered(numbered, prefix="EV", laptop="A").number == "EV-2026-A002"
    assert number("EV", "A") == "EV-2026-A003"


def test_the_thousandth_session_is_not_the_last(stored: SqlRepositories) -> None:
    stored.sessions.save(a_session(number="EV-2026-A1000"))
    assert stored.sessions.save_numbered(a_session(), prefix="EV", laptop="A").number == "EV-2026-A1001"


def test_sessions_numbered_at_the_same_time_get_different_numbers(
    tmp_path: Path, database: Database, stored: SqlRepositories
) -> None:
    others = [Database.open(tmp_path / "simkoffert.db") for _ in range(4)]

    def number(other: Database) -> str | None:
        repositories = SqlRepositories(other)
        return repositories.sessions.save_numbered(a_session(), prefix="EV", laptop="A").number

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(number, others))) == 4
    for other in others:
        other.close()


def test_sessions_are_found_by_day_and_state(stored: SqlRepositories) -> None:
    monday, friday = (
        stored.sessions.save(a_session(planned_start=wall(f"{day}T08:00"), planned_end=wall(f"{day}T23:59")))
        for day in ("2026-11-16", "2026-11-20")
    )
    draft = stored.sessions.save(a_session(planned_start=None, planned_end=None, state=SessionState.PLANNED))
    assert stored.sessions.between(date(2026, 11, 16), date(2026, 11, 20)) == [monday, friday]
    assert stored.sessions.between(date(2026, 11, 17), date(2026, 11, 19)) == []
    assert stored.sessions.in_state(SessionState.PLANNED, SessionState.CLOSED) == [draft]


def test_bookings_name_all_that_is_taken(stored: SqlRepositories) -> None:
    taken = stored.sessions.save(a_session(state=SessionState.PLANNED, kit_id=KIT.id, room_id=ROOM.id))
    stored.sessions.save(a_session(state=SessionState.CANCELLED, kit_id=KIT.id))
    stored.sessions.save(a_session(state=SessionState.DRAFT, kit_id=KIT.id))
    stored.team.save(TeamMember(session_id=taken.id, person_id=KARI.id, role=TeamRole.LEAD))
    stored.attendance.save(
        Attendance(session_id=taken.id, person_id=ANNE.id, status=AttendanceStatus.WITHDRAWN)
    )
    loan = KitLoan(
        id=LoanId(uuid4()),
        kit_id=KIT.id,
        borrower="Poliklinikk Sør",
        starts=wall("2026-12-01T12:00"),
        ends=wall("2026-12-03T12:00"),
    )
    stored.loans.save(loan)
    bookings = stored.sessions.bookings()
    assert [booking.id for booking in bookings] == [taken.id, loan.id]
    assert bookings[0].people == {KARI.id}
    again = replace(bookings[0], id=uuid4())
    assert {c.resource for c in conflicts(again, bookings)} == set(Resource)


def test_deleting_a_draft_takes_what_belongs_to_it_and_nothing_else(stored: SqlRepositories) -> None:
    draft = stored.sessions.save(a_session())
    planned = stored.sessions.save(a_session(state=SessionState.PLANNED))
    for session in (draft, planned):
        stored.phases.save(*phases_for(session.id))
        stored.sessions.delete_draft(session.id)
    assert stored.sessions.all() == [planned]
    assert {phase.session_id for phase in stored.phases.where()} == {planned.id}
    assert stored.departments.where() == [DEPARTMENT]


def test_a_scenario_version_can_change_until_a_session_refers_to_it(stored: SqlRepositories) -> None:
    changed = replace(SCENARIO, content='{"ny": true}')
    stored.scenarios.keep(changed)
    assert stored.scenarios.version(SCENARIO.code, SCENARIO.version) == changed
    stored.sessions.save(a_session(scenario_code=SCENARIO.code, scenario_version=SCENARIO.version))
    stored.scenarios.keep(changed)
    with pytest.raises(ScenarioVersionFixed):
        stored.scenarios.keep(SCENARIO)
    stored.scenarios.keep(replace(SCENARIO, version=3))
    assert [snapshot.version for snapshot in stored.scenarios.all()] == [2, 3]
