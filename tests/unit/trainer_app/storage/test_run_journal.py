"""The journal of a running session: what is found after the program has vanished."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.records import NOON, a_session, phases_for
from trainer_app.domain.running import Run, RunEventKind
from trainer_app.domain.session_errors import SessionChangedElsewhere
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories

MINUTE = timedelta(minutes=1)


def _started(stored: SqlRepositories) -> tuple[Session, Run]:
    session = stored.sessions.save(a_session(state=SessionState.READY))
    phases = phases_for(session.id)
    stored.phases.save(*phases)
    run = Run(phases=phases).start(NOON)
    in_progress = replace(session, state=SessionState.IN_PROGRESS, actual_start=NOON)
    return stored.journal.record_step(in_progress, run), run


def test_a_run_is_read_back_event_by_event(stored: SqlRepositories) -> None:
    session, run = _started(stored)
    for step in range(1, 6):
        run = run.next_phase(NOON + step * MINUTE)
        stored.journal.record(session.id, run)
    run = run.switch_wave(NOON + 6 * MINUTE).pause(NOON + 7 * MINUTE).adjust(NOON + 8 * MINUTE, -1)
    stored.journal.record(session.id, run)
    assert stored.journal.load(session.id) == run


def test_another_start_finds_the_session_with_phase_and_time(
    tmp_path: Path, database: Database, stored: SqlRepositories
) -> None:
    session, run = _started(stored)
    run = run.next_phase(NOON + 3 * MINUTE)
    stored.journal.record(session.id, run)
    stored.journal.heartbeat(session.id, NOON + 4 * MINUTE)
    database.close()
    reopened = Database.open(tmp_path / "simkoffert.db")
    (found,) = SqlRepositories(reopened).journal.interrupted()
    reopened.close()
    back = NOON + 6 * MINUTE
    assert (found.session_id, found.run.seq, found.last_alive) == (session.id, 2, NOON + 4 * MINUTE)
    assert found.gap(back) == 2 * MINUTE
    assert found.continued(back, gap_counts=True).left_of_phase(back) == 2 * MINUTE
    assert found.continued(back, gap_counts=False).left_of_phase(back) == 4 * MINUTE


def test_an_event_after_the_last_heartbeat_is_the_last_sign_of_life(stored: SqlRepositories) -> None:
    session, run = _started(stored)
    stored.journal.heartbeat(session.id, NOON + MINUTE)
    stored.journal.record(session.id, run.pause(NOON + 2 * MINUTE))
    (found,) = stored.journal.interrupted()
    assert found.last_alive == NOON + 2 * MINUTE


def test_a_session_that_was_ended_is_not_offered_again(stored: SqlRepositories) -> None:
    session, run = _started(stored)
    ended = run.end(NOON + MINUTE)
    stored.journal.record_step(replace(session, state=SessionState.HELD), ended)
    assert stored.journal.interrupted() == []
    assert stored.journal.load(session.id).events[-1].kind is RunEventKind.ENDED


def test_state_and_events_are_written_together_or_not_at_all(stored: SqlRepositories) -> None:
    session, run = _started(stored)
    stale = replace(session, rev=0, state=SessionState.HELD)
    with pytest.raises(SessionChangedElsewhere):
        stored.journal.record_step(stale, run.end(NOON + MINUTE))
    assert stored.journal.load(session.id) == run
