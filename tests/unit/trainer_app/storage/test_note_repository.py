"""Raw notes go when their days are over, really go, and leave a receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from tests.fakes.records import NOON, a_session
from trainer_app.domain.notes import LearningPointId, Note, NoteId, NoteKind, NotesDeleted, promoted
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.storage.repositories import SqlRepositories

WEEK = timedelta(days=7)
SECRET = "Stolen skyves bakover mot vinduet."


def _closed(stored: SqlRepositories, closed_at: datetime | None) -> Session:
    state = SessionState.HELD if closed_at is None else SessionState.CLOSED
    return stored.sessions.save(a_session(state=state, closed_at=closed_at))


def _note(session: Session, text: str = "Noe") -> Note:
    return Note(id=NoteId(uuid4()), session_id=session.id, at=NOON, kind=NoteKind.OBSERVATION, text=text)


def test_only_notes_of_sessions_closed_long_enough_are_deleted(stored: SqlRepositories) -> None:
    due, not_yet, open_ = (
        _closed(stored, at) for at in (NOON - WEEK, NOON - WEEK + timedelta(seconds=1), None)
    )
    kept = [_note(not_yet), _note(open_)]
    stored.notes.save(_note(due), _note(due), *kept)
    receipt = stored.notes.delete_expired(NOON)
    assert receipt == NotesDeleted(at=NOON, closed_before=NOON - WEEK, sessions=1, notes=2)
    assert {note.id for note in stored.notes.where()} == {note.id for note in kept}
    assert stored.notes.receipts() == [receipt]
    assert stored.notes.delete_expired(NOON) is None
    assert stored.notes.receipts() == [receipt]


def test_a_learning_point_outlives_the_note_it_came_from(stored: SqlRepositories) -> None:
    session = _closed(stored, NOON - WEEK)
    note, point = promoted(_note(session, "Gi tid til svar."), LearningPointId(uuid4()), 1)
    stored.learning_points.save(point)
    stored.notes.save(note)
    stored.notes.delete_expired(NOON)
    assert stored.learning_points.where(session_id=session.id) == [point]
    assert stored.notes.where() == []


def test_deleted_text_is_nowhere_in_the_files_any_more(tmp_path: Path, stored: SqlRepositories) -> None:
    def in_the_files() -> bool:
        files = tmp_path.glob("simkoffert.db*")
        return any(SECRET.encode() in file.read_bytes() for file in files)

    session = _closed(stored, NOON - WEEK)
    stored.notes.save(*(_note(session, f"{number} {SECRET}") for number in range(200)))
    assert in_the_files()
    stored.notes.delete_expired(NOON)
    assert not in_the_files()


def test_another_number_of_days_can_be_set(stored: SqlRepositories) -> None:
    stored.notes.save(_note(_closed(stored, NOON - timedelta(days=3))))
    assert stored.notes.delete_expired(NOON) is None
    assert stored.notes.delete_expired(NOON, days=2) is not None
