"""Who wore which headset, and until when that is known; implements ``ports.AssignmentRepository``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from trainer_app.domain.closing import ASSIGNMENT_DAYS, AssignmentsUnlinked
from trainer_app.domain.sessions import HeadsetAssignment
from trainer_app.storage.database import Database
from trainer_app.storage.overdue import over_by
from trainer_app.storage.records import SqlRecords, columns_of
from trainer_app.storage.tables.outcomes import AssignmentsUnlinkedRow
from trainer_app.storage.tables.sessions import HeadsetAssignmentRow, SessionRow


class SqlAssignmentRepository(SqlRecords[HeadsetAssignment]):
    """Reads and writes the table ``headset_assignment``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, HeadsetAssignmentRow, HeadsetAssignment)
        self._receipts = SqlRecords(database, AssignmentsUnlinkedRow, AssignmentsUnlinked)

    def unlink_expired(self, now: datetime, days: int = ASSIGNMENT_DAYS) -> AssignmentsUnlinked | None:
        """Take the people off the headsets of sessions that were over ``days`` ago. ``now`` is UTC.

        That a headset was worn, and cleaned, stays.

        Returns:
            The receipt, which is kept as well; None when there was nobody to take off.
        """
        over_before = now - timedelta(days=days)
        row = HeadsetAssignmentRow
        due = row.person_id.is_not(None) & row.session_id.in_(
            select(SessionRow.id).where(over_by(over_before))
        )
        with self._database.writing() as transaction:
            counts = select(func.count(), func.count(row.session_id.distinct())).where(due)
            assignments, sessions = transaction.execute(counts).one()
            if not assignments:
                return None
            transaction.execute(update(row).where(due).values(person_id=None))
            receipt = AssignmentsUnlinked(
                at=now, over_before=over_before, sessions=sessions, assignments=assignments
            )
            transaction.add(AssignmentsUnlinkedRow(**columns_of(receipt)))
        self._database.forget_deleted()
        return receipt

    def receipts(self) -> Sequence[AssignmentsUnlinked]:
        """Return how many were taken off when, the oldest first."""
        return self._receipts.where()
