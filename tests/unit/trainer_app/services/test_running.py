"""A session that is run, left by a crash, continued and ended, with a real database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.records import NOON, a_session, phases_for
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.running import Recovery, Run
from trainer_app.domain.session_errors import PhaseRequired, StepImpossible
from trainer_app.domain.session_states import Situation
from trainer_app.domain.sessions import AbortReason, Session, SessionId, SessionState
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.services.ports import RunJournal
from trainer_app.services.running import SessionRunning, steady_clock
from trainer_app.storage.repositories import SqlRepositories

MINUTE = timedelta(minutes=1)


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, minutes: float) -> None:
        self.at += minutes * MINUTE


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def running(stored: SqlRepositories, clock: Clock) -> SessionRunning:
    session = stored.sessions.save(a_session(state=SessionState.READY))
    stored.phases.save(*phases_for(session.id))
    situation = Situation(session=session, now=NOON)
    return SessionRunning.begin(situation, journal=stored.journal, phases=stored.phases, now=clock)


def test_what_is_done_is_in_the_database_at_once(
    stored: SqlRepositories, running: SessionRunning, clock: Clock
) -> None:
    for act in (
        running.next_phase,
        running.pause,
        running.resume,
        running.switch_wave,
        running.note_stop_all,
    ):
        clock.pass_(1)
        act()
        assert stored.journal.load(running.session.id) == running.run
    running.tick(contract_reviewed=True)
    running.tick(safety_info_given=True)
    kept = stored.sessions.by_id(running.session.id)
    assert kept == running.session
    assert kept is not None
    assert (kept.contract_reviewed, kept.safety_info_given, kept.aftercare_offered) == (True, True, False)


def test_the_screen_shows_what_is_left(running: SessionRunning, clock: Clock) -> None:
    clock.pass_(2)
    running.adjust(1)
    times = running.times()
    assert (times.phase.code, times.wave, times.following) == (PhaseCode.WELCOME, 1, 2)
    assert times.left_of_phase == 4 * MINUTE
    assert times.left_of_session == (4 + 12 * 5) * MINUTE


def test_a_crash_in_the_second_phase_is_continued_there(
    stored: SqlRepositories, running: SessionRunning, clock: Clock
) -> None:
    clock.pass_(3)
    running.next_phase()
    clock.pass_(1)
    running.heartbeat()
    clock.pass_(2)
    (recovery,) = stored.journal.interrupted()
    again = SessionRunning.continue_after(
        recovery, gap_counts=False, sessions=stored.sessions, journal=stored.journal, now=clock
    )
    assert again.times().phase.seq == 2
    assert again.times().left_of_phase == 4 * MINUTE
    assert stored.journal.load(running.session.id) == again.run


def test_a_session_ends_as_held_and_says_what_is_missing(
    stored: SqlRepositories, running: SessionRunning, clock: Clock
) -> None:
    situation = Situation(session=running.session, now=NOON, learning_points=1)
    clock.pass_(10)
    keys = {finding.key for finding in running.findings_at_end(situation)}
    assert keys == {"session.guard.application_not_held", "session.guard.aftercare_not_offered"}
    held = running.finish(situation)
    assert (held.state, held.actual_end) == (SessionState.HELD, NOON + 10 * MINUTE)
    assert stored.sessions.by_id(held.id) == held
    assert stored.journal.interrupted() == []


def test_an_application_phase_that_was_held_is_not_missed(running: SessionRunning, clock: Clock) -> None:
    running.enter(next(p.seq for p in running.run.phases if p.code is PhaseCode.APPLICATION))
    clock.pass_(3)
    running.tick(aftercare_offered=True)
    situation = Situation(session=running.session, now=NOON, learning_points=1)
    assert running.findings_at_end(situation) == []


def test_a_session_is_broken_off_with_a_neutral_reason(running: SessionRunning) -> None:
    aborted = running.abort(Situation(session=running.session, now=NOON), AbortReason.EQUIPMENT)
    assert (aborted.state, aborted.abort_reason) == (SessionState.ABORTED, AbortReason.EQUIPMENT)
    assert not running.run.is_running


def test_what_is_refused_changes_nothing(stored: SqlRepositories, running: SessionRunning) -> None:
    film = next(p.seq for p in running.run.phases if p.code is PhaseCode.FILM)
    with pytest.raises(PhaseRequired):
        running.skip(film)
    assert stored.journal.load(running.session.id) == running.run


def test_a_session_that_is_not_ready_does_not_begin(stored: SqlRepositories, clock: Clock) -> None:
    draft = stored.sessions.save(a_session())
    with pytest.raises(StepImpossible):
        SessionRunning.begin(
            Situation(session=draft, now=NOON), journal=stored.journal, phases=stored.phases, now=clock
        )
    assert stored.sessions.by_id(draft.id) == replace(draft)


def test_the_steady_clock_begins_now_and_never_goes_back() -> None:
    before = datetime.now(UTC)
    clock = steady_clock()
    read = [clock() for _ in range(100)]
    assert read == sorted(read)
    assert before <= read[0] <= datetime.now(UTC)


class FullJournal:
    """A journal whose disk is full for a while."""

    def __init__(self, real: RunJournal) -> None:
        self.real, self.is_full = real, True

    def _check(self) -> None:
        if self.is_full:
            raise DatabaseFull(database="simkoffert.db")

    def record(self, session_id: SessionId, run: Run) -> None:
        self._check()
        self.real.record(session_id, run)

    def record_step(self, session: Session, run: Run) -> Session:
        self._check()
        return self.real.record_step(session, run)

    def heartbeat(self, session_id: SessionId, at: datetime) -> None:
        self._check()
        self.real.heartbeat(session_id, at)

    def load(self, session_id: SessionId) -> Run:
        return self.real.load(session_id)

    def interrupted(self) -> Sequence[Recovery]:
        return self.real.interrupted()


def test_what_a_full_disk_refuses_holds_and_is_written_when_there_is_room(
    stored: SqlRepositories, running: SessionRunning, clock: Clock
) -> None:
    journal = FullJournal(stored.journal)
    held = SessionRunning(running.session, running.run, journal=journal, now=clock)
    clock.pass_(1)
    with pytest.raises(DatabaseFull):
        held.next_phase()
    with pytest.raises(DatabaseFull):
        held.tick(contract_reviewed=True)
    assert (held.run.seq, held.session.contract_reviewed, held.is_saved) == (2, True, False)
    with pytest.raises(DatabaseFull):
        held.heartbeat()

    journal.is_full = False
    held.heartbeat()
    kept = stored.sessions.by_id(held.session.id)
    assert kept == held.session
    assert kept is not None
    assert kept.contract_reviewed
    assert stored.journal.load(held.session.id) == held.run
    assert held.is_saved
    held.next_phase()
    assert stored.journal.load(held.session.id).seq == 3
