"""What belongs to a closed session is not written to any more: the one place that sees to it.

It looks at every row on its way to the database, whoever sends it there. Retention alone passes by: it
deletes with statements of its own, because what it removes has to go from closed sessions too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from trainer_app.domain.session_errors import SessionClosed
from trainer_app.domain.sessions import SessionState
from trainer_app.storage.tables.columns import Base
from trainer_app.storage.tables.outcomes import ActionRow, HeatMapRow, PlaybackHeadsetRow, PlaybackRow
from trainer_app.storage.tables.sessions import SessionRow

CLOSED = (SessionState.CLOSED.value, SessionState.ANONYMISED.value)
"""States in which the record stands as it is."""

FOLLOWED_UP = frozenset({"status", "pdsa_step", "outcome", "closed_at", "updated_at", "updated_by", "rev"})
"""Columns of an action that live on: what was agreed in the session is tried out in the weeks after it."""


def guard(writing: type[Session] | Session) -> None:
    """Refuse rows of closed sessions from now on, in this session or in all of this class.

    The flush then raises ``SessionClosed``, and nothing of the transaction is written.
    """
    event.listen(writing, "before_flush", _before_flush)


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for row in _touched(session):
        owner = _owner(session, row)
        if owner is not None:
            _require_open(session, owner)


def _touched(session: Session) -> Iterator[Base]:
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *session.deleted, *changed):
        if not _is_free(row, is_deleted=row in session.deleted):
            yield row


def _is_free(row: Base, *, is_deleted: bool) -> bool:
    """It is an action's follow-up, or the session itself on its way into another state."""
    if is_deleted or inspect(row).transient or inspect(row).pending:
        return False
    if isinstance(row, SessionRow):
        return "state" in _changed(row)
    return isinstance(row, ActionRow) and _changed(row) <= FOLLOWED_UP


def _changed(row: Base) -> set[str]:
    return {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}


def _owner(session: Session, row: Base) -> UUID | None:
    """The session a row belongs to; None: to none."""
    if isinstance(row, SessionRow):
        return row.id
    if isinstance(row, PlaybackHeadsetRow | HeatMapRow):
        of_playback = select(PlaybackRow.session_id).where(PlaybackRow.id == row.playback_id)
        return session.scalar(of_playback)
    return _belonging(row, inspect(row).mapper.columns.keys())


def _belonging(row: Base, columns: Iterable[str]) -> UUID | None:
    if "session_id" not in columns:
        return None
    # A check of the suitcase names the session it was made for, but belongs to the suitcase.
    keys = type(row).__table__.columns["session_id"].foreign_keys
    belongs = any(key.ondelete == "CASCADE" for key in keys)
    return getattr(row, "session_id", None) if belongs else None


def _require_open(session: Session, owner: UUID) -> None:
    # Locked for reading, where the database can: nobody closes the session before we are through.
    stands = select(SessionRow.state, SessionRow.number, SessionRow.title).where(SessionRow.id == owner)
    found = session.execute(stands.with_for_update(read=True)).one_or_none()
    if found is not None and found.state in CLOSED:
        raise SessionClosed(session=found.number or found.title)
