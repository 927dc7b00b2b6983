"""Notes in the database, and their deletion in time; implements ``services.ports.NoteRepository``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from trainer_app.domain.notes import RAW_NOTES_DAYS, LearningPoint, Note, NotesDeleted
from trainer_app.storage.closed_sessions import CLOSED
from trainer_app.storage.database import Database
from trainer_app.storage.overdue import over_by
from trainer_app.storage.records import SqlRecords, columns_of
from trainer_app.storage.tables.outcomes import LearningPointRow, NoteRow, NotesDeletedRow
from trainer_app.storage.tables.sessions import SessionRow


class SqlNoteRepository(SqlRecords[Note]):
    """Reads and writes the table ``note``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, NoteRow, Note, "at")
        self._receipts = SqlRecords(database, NotesDeletedRow, NotesDeleted)
        self._points = SqlRecords(database, LearningPointRow, LearningPoint)

    def promote(self, note: Note, point: LearningPoint) -> None:
        """Save a learning point and the note it came from together."""
        with self._database.writing() as transaction:
            self._points.write(transaction, point)
            self.write(transaction, note)

    def conclude(self, note: Note, point: LearningPoint) -> None:
        """Save a learning point in the place of the note it was typed as; both, or nothing."""
        with self._database.together():
            self._points.save(point)
            self.delete(note.id)

    def delete_expired(self, now: datetime, days: int = RAW_NOTES_DAYS) -> NotesDeleted | None:
        """Delete the raw notes of sessions closed ``days`` ago or longer. ``now`` is UTC.

        Where nobody closed the session, the days run from its end, or from when the note was written, if that
        was later (a session that was registered afterwards).

        What was made a learning point stays as such. The freed pages are overwritten and the write-ahead log
        is emptied; in the daily backups the notes end with those.

        Returns:
            The receipt, which is kept as well; None when there was nothing to delete.
        """
        closed_before = now - timedelta(days=days)
        theirs = _due(closed_before)
        with self._database.writing() as transaction:
            notes = transaction.scalar(select(func.count()).where(theirs)) or 0
            if not notes:
                return None
            sessions = (
                transaction.scalar(select(func.count(NoteRow.session_id.distinct())).where(theirs)) or 0
            )
            transaction.execute(delete(NoteRow).where(theirs))
            receipt = NotesDeleted(at=now, closed_before=closed_before, sessions=sessions, notes=notes)
            transaction.add(NotesDeletedRow(**columns_of(receipt)))
        self._database.forget_deleted()
        return receipt

    def receipts(self) -> Sequence[NotesDeleted]:
        """Return what was deleted when, the oldest first."""
        return self._receipts.where()


def _due(instant: datetime) -> ColumnElement[bool]:
    closed = select(SessionRow.id).where(SessionRow.state.in_(CLOSED), SessionRow.closed_at <= instant)
    never_closed = select(SessionRow.id).where(SessionRow.state.not_in(CLOSED), over_by(instant))
    return or_(
        NoteRow.session_id.in_(closed), and_(NoteRow.session_id.in_(never_closed), NoteRow.at <= instant)
    )
