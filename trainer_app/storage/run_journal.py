"""The journal of running sessions; implements ``services.ports.RunJournal``.

Every event is committed before the screen shows it, and a heartbeat at least every five seconds. What a crash
can take is therefore what happened after the last of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session as SqlSession

from trainer_app.domain.running import Recovery, Run, RunEvent, last_alive
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import Session, SessionId, SessionState
from trainer_app.storage.database import Database
from trainer_app.storage.records import columns_of, record_of
from trainer_app.storage.session_repository import SqlSessionRepository
from trainer_app.storage.tables.sessions import HeartbeatRow, RunEventRow, SessionPhaseRow, SessionRow


class SqlRunJournal:
    """Reads and writes ``run_event`` and ``heartbeat``."""

    def __init__(self, database: Database, sessions: SqlSessionRepository) -> None:
        self._database = database
        self._sessions = sessions

    def record(self, session_id: SessionId, run: Run) -> None:
        """Write the events that are not written yet."""
        with self._database.writing() as transaction:
            _append(transaction, session_id, run)

    def record_step(self, session: Session, run: Run) -> Session:
        """Write a new state of the session together with the events that led to it; all or none.

        Raises:
            SessionChangedElsewhere: the session has been saved since it was read.
        """
        with self._database.writing() as transaction:
            saved = self._sessions.write(transaction, session)
            _append(transaction, session.id, run)
            return saved

    def heartbeat(self, session_id: SessionId, at: datetime) -> None:
        """Write a sign of life. ``at`` is UTC."""
        with self._database.writing() as transaction:
            transaction.merge(HeartbeatRow(session_id=session_id, at=at))

    def load(self, session_id: SessionId) -> Run:
        """Return the run of a session as far as it is written."""
        with self._database.reading() as transaction:
            return _run(transaction, session_id)

    def interrupted(self) -> Sequence[Recovery]:
        """Return the sessions that are in progress as far as the database knows."""
        in_progress = select(SessionRow).where(SessionRow.state == SessionState.IN_PROGRESS.value)
        with self._database.reading() as transaction:
            rows = transaction.scalars(in_progress.order_by(SessionRow.actual_start))
            return [_recovery(transaction, SessionId(row.id)) for row in rows]


def _append(transaction: SqlSession, session_id: SessionId, run: Run) -> None:
    written = transaction.scalar(
        select(func.count()).select_from(RunEventRow).where(RunEventRow.session_id == session_id)
    )
    for seq, event in enumerate(run.events[written or 0 :], start=written or 0):
        transaction.add(RunEventRow(session_id=session_id, seq=seq, **columns_of(event)))


def _run(transaction: SqlSession, session_id: SessionId) -> Run:
    phases = transaction.scalars(
        select(SessionPhaseRow).where(SessionPhaseRow.session_id == session_id).order_by(SessionPhaseRow.seq)
    )
    events = transaction.scalars(
        select(RunEventRow).where(RunEventRow.session_id == session_id).order_by(RunEventRow.seq)
    )
    return Run(
        phases=tuple(record_of(row, SessionPhase) for row in phases),
        events=tuple(record_of(row, RunEvent) for row in events),
    )


def _recovery(transaction: SqlSession, session_id: SessionId) -> Recovery:
    run = _run(transaction, session_id)
    heartbeat = transaction.get(HeartbeatRow, session_id)
    alive = last_alive(run.events, None if heartbeat is None else heartbeat.at)
    return Recovery(session_id=session_id, run=run, last_alive=alive)
