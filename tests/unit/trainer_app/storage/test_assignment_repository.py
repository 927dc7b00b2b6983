"""Who wore which headset is forgotten in time; that it was worn and cleaned is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.fakes.records import ANNE, NOON, a_session, wall
from trainer_app.domain.closing import AssignmentsUnlinked
from trainer_app.domain.kits import Serial
from trainer_app.domain.sessions import HeadsetAssignment, SessionState
from trainer_app.storage.repositories import SqlRepositories

MONTH = timedelta(days=30)


def _worn(stored: SqlRepositories, **changes: object) -> HeadsetAssignment:
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    session = stored.sessions.save(a_session(**{"state": SessionState.HELD, **changes}))
    worn = HeadsetAssignment(
        session_id=session.id, wave=1, headset_id=headset.id, person_id=ANNE.id, cleaned_after=True
    )
    stored.assignments.save(worn)
    if session.state is SessionState.HELD:
        stored.sessions.save(replace(session, state=SessionState.CLOSED, closed_at=NOON))
    return worn


def _wearers(stored: SqlRepositories, *worn: HeadsetAssignment) -> list[bool]:
    found = (stored.assignments.get(row.session_id, row.wave, row.headset_id) for row in worn)
    return [row is not None and row.person_id is not None for row in found]


def test_wearers_go_thirty_days_after_the_session_also_when_it_is_closed(stored: SqlRepositories) -> None:
    due = _worn(stored, actual_end=NOON - MONTH)
    not_yet = _worn(stored, actual_end=NOON - MONTH + timedelta(seconds=1))
    receipt = stored.assignments.unlink_expired(NOON)
    assert receipt == AssignmentsUnlinked(at=NOON, over_before=NOON - MONTH, sessions=1, assignments=1)
    assert _wearers(stored, due, not_yet) == [False, True]
    kept = stored.assignments.get(due.session_id, due.wave, due.headset_id)
    assert kept == replace(due, person_id=None)
    assert stored.assignments.receipts() == [receipt]
    assert stored.assignments.unlink_expired(NOON) is None


def test_a_session_left_running_or_never_begun_keeps_nobody_for_ever(stored: SqlRepositories) -> None:
    left = _worn(stored, state=SessionState.IN_PROGRESS, actual_start=NOON - MONTH)
    cancelled = _worn(
        stored,
        state=SessionState.CANCELLED,
        planned_start=wall("2026-10-01T13:00"),
        planned_end=wall("2026-10-01T14:00"),
    )
    coming = _worn(stored, state=SessionState.PLANNED)
    stored.assignments.unlink_expired(NOON)
    assert _wearers(stored, left, cancelled, coming) == [False, False, True]
