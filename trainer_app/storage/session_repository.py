"""Sessions in the database; implements ``services.ports.SessionRepository``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session as SqlSession

from trainer_app.domain.kits import KitLoan
from trainer_app.domain.people import PersonId
from trainer_app.domain.scheduling import NOT_BOOKING, Booking, loan_booking
from trainer_app.domain.session_errors import SessionChangedElsewhere
from trainer_app.domain.sessions import AttendanceStatus, Session, SessionId, SessionState, session_number
from trainer_app.storage.database import Database
from trainer_app.storage.records import SqlRecords, record_of
from trainer_app.storage.tables.equipment import KitLoanRow
from trainer_app.storage.tables.sessions import AttendanceRow, SessionRow, TeamMemberRow


class SqlSessionRepository:
    """Reads and writes the table ``session``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._records = SqlRecords(database, SessionRow, Session, "planned_start")

    def save(self, session: Session) -> Session:
        """Write a session and return it with its new ``rev``.

        Raises:
            SessionChangedElsewhere: it has been saved since ``session`` was read.
        """
        with self._database.writing() as transaction:
            return self.write(transaction, session)

    def save_numbered(self, session: Session, *, prefix: str, laptop: str) -> Session:
        """Write a session that gets its number now, the next of its year; one that has a number keeps it.

        Raises:
            SessionChangedElsewhere: it has been saved since ``session`` was read.
            ValueError: the session has no date.
        """
        if session.planned_start is None:
            raise ValueError("a session without a date gets no number")
        year = session.planned_start.year
        with self._database.writing() as transaction:
            if session.number is None:
                count = _highest(transaction, session_number(prefix, year, laptop, 0)[:-3]) + 1
                session = replace(session, number=session_number(prefix, year, laptop, count))
            return self.write(transaction, session)

    def write(self, transaction: SqlSession, session: Session) -> Session:
        """Write a session within a transaction that is going on; see :meth:`save`."""
        row = transaction.get(SessionRow, session.id)
        if row is not None and row.rev != session.rev:
            raise SessionChangedElsewhere(session=session.number or session.title)
        return record_of(self._records.write(transaction, session), Session)

    def by_id(self, session_id: SessionId) -> Session | None:
        """Return the session with this id."""
        return self._records.get(session_id)

    def by_number(self, number: str) -> Session | None:
        """Return the session people know by this number."""
        found = self._records.where(number=number)
        return found[0] if found else None

    def all(self) -> Sequence[Session]:
        """Return all sessions by planned start; those without a date come first."""
        return self._records.where()

    def in_state(self, *states: SessionState) -> Sequence[Session]:
        """Return the sessions in one of these states, by planned start."""
        wanted = select(SessionRow).where(SessionRow.state.in_([state.value for state in states]))
        return self._read(wanted)

    def between(self, first: date, last: date) -> Sequence[Session]:
        """Return the sessions planned to begin on these days, both included, by planned start."""
        after = datetime.combine(last + timedelta(days=1), time())
        wanted = select(SessionRow).where(
            SessionRow.planned_start >= datetime.combine(first, time()), SessionRow.planned_start < after
        )
        return self._read(wanted)

    def delete_draft(self, session_id: SessionId) -> None:
        """Delete a session that never became more than a draft, with all that belongs to it."""
        with self._database.writing() as transaction:
            transaction.execute(
                delete(SessionRow).where(
                    SessionRow.id == session_id, SessionRow.state == SessionState.DRAFT.value
                )
            )

    def bookings(self) -> Sequence[Booking]:
        """Return what all sessions and loans take: suitcases, rooms, and the people who lead or take part."""
        not_booking = [state.value for state in NOT_BOOKING]
        with self._database.reading() as transaction:
            people = _people(transaction)
            rows = transaction.scalars(
                select(SessionRow).where(
                    SessionRow.state.not_in(not_booking),
                    SessionRow.planned_start.is_not(None),
                    SessionRow.planned_end.is_not(None),
                )
            )
            sessions = [_booking(record_of(row, Session), people) for row in rows]
            loans = transaction.scalars(select(KitLoanRow).where(KitLoanRow.returned_at.is_(None)))
            return [*sessions, *(loan_booking(record_of(row, KitLoan)) for row in loans)]

    def _read(self, wanted: Select[SessionRow]) -> Sequence[Session]:
        with self._database.reading() as transaction:
            rows = transaction.scalars(wanted.order_by(SessionRow.planned_start, SessionRow.id))
            return [record_of(row, Session) for row in rows]


def _highest(transaction: SqlSession, beginning: str) -> int:
    """The highest count among the numbers that begin so; 0 when there is none."""
    numbers = transaction.scalars(
        select(SessionRow.number).where(SessionRow.number.startswith(beginning, autoescape=True))
    )
    counts = (number.removeprefix(beginning) for number in numbers if number is not None)
    return max((int(count) for count in counts if count.isdecimal()), default=0)


def _people(transaction: SqlSession) -> dict[UUID, set[PersonId]]:
    withdrawn = (AttendanceStatus.WITHDRAWN.value, AttendanceStatus.ABSENT.value)
    leading = transaction.execute(select(TeamMemberRow.session_id, TeamMemberRow.person_id))
    taking_part = transaction.execute(
        select(AttendanceRow.session_id, AttendanceRow.person_id).where(
            AttendanceRow.status.not_in(withdrawn)
        )
    )
    people: dict[UUID, set[PersonId]] = {}
    for row in [*leading, *taking_part]:
        people.setdefault(row.session_id, set()).add(PersonId(row.person_id))
    return people


def _booking(session: Session, people: dict[UUID, set[PersonId]]) -> Booking:
    period = session.period
    assert period is not None, "only sessions with both times are asked for"
    return Booking(
        id=session.id,
        label=session.title or session.theme or "",
        period=period,
        kit_id=session.kit_id,
        room_id=session.room_id,
        people=frozenset(people.get(session.id, ())),
    )
