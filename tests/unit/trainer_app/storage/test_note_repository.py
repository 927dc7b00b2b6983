"""Raw notes go when their days are over, really go, and leave a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from tests.fakes.records import NOON, a_session
from trainer_app.domain.notes import LearningPointId, Note, NoteId, NoteKind, NotesDeleted, promoted
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.storage.repositories import SqlRepositories

WEEK = timedelta(days=7)
SECRET = "Stolen skyves bakover mot vinduet."


def _held(stored: SqlRepositories) -> Session:
    return stored.sessions.save(a_session(state=SessionState.HELD))


def _close(stored: SqlRepositories, session: Session, closed_at: datetime) -> None:
    stored.sessions.save(replace(session, state=SessionState.CLOSED, closed_at=closed_at))


def _note(session: Session, text: str = "Noe") -> Note:
    return Note(id=NoteId(uuid4()), session_id=session.id, at=NOON, kind=NoteKind.OBSERVATION, text=text)


def test_only_notes_of_sessions_closed_long_enough_are_deleted(stored: SqlRepositories) -> None:
    due, not_yet, open_ = (_held(stored) for _ in range(3))
    kept = [_note(not_yet), _note(open_)]
    stored.notes.save(_note(due), _note(due), *kept)
    _close(stored, due, NOON - WEEK)
    _close(stored, not_yet, NOON - WEEK + timedelta(seconds=1))
    receipt = stored.notes.delete_expired(NOON)
    assert receipt == NotesDeleted(at=NOON, closed_before=NOON - WEEK, sessions=1, notes=2)
    assert {note.id for note in stored.notes.where()} == {note.id for note in kept}
    assert stored.notes.receipts() == [receipt]
    assert stored.notes.delete_expired(NOON) is None
    assert stored.notes.receipts() == [receipt]


def test_a_learning_point_outlives_the_note_it_came_from(stored: SqlRepositories) -> None:
    session = _held(stored)
    note, point = promoted(_note(session, "Gi tid til svar."), LearningPointId(uuid4()), 1)
    stored.learning_points.save(point)
    stored.notes.save(note)
    _close(stored, session, NOON - WEEK)
    stored.notes.delete_expired(NOON)
    assert stored.learning_points.where(session_id=session.id) == [point]
    assert stored.notes.where() == []


def test_deleted_text_is_nowhere_in_the_files_any_more(tmp_path: Path, stored: SqlRepositories) -> None:
    def in_the_files() -> bool:
        files = tmp_path.glob("simkoffert.db*")
        return any(SECRET.encode() in file.read_bytes() for file in files)

    session = _held(stored)
    stored.notes.save(*(_note(session, f"{number} {SECRET}") for number in range(200)))
    _close(stored, session, NOON - WEEK)
    assert in_the_files()
    stored.notes.delete_expired(NOON)
    assert not in_the_files()


def test_another_number_of_days_can_be_set(stored: SqlRepositories) -> None:
    session = _held(stored)
    stored.notes.save(_note(session))
    _close(stored, session, NOON - timedelta(days=3))
    assert stored.notes.delete_expired(NOON) is None
    assert stored.notes.delete_expired(NOON, days=2) is not None


def test_forgetting_to_close_does_not_keep_notes_longer(stored: SqlRepositories) -> None:
    held, aborted, left = (
        stored.sessions.save(a_session(state=state, **times))
        for state, times in (
            (SessionState.HELD, {"actual_start": NOON - WEEK, "actual_end": NOON - WEEK}),
            (SessionState.ABORTED, {"actual_start": NOON - WEEK, "actual_end": NOON - WEEK}),
            (SessionState.IN_PROGRESS, {"actual_start": NOON - WEEK}),
        )
    )
    recent = stored.sessions.save(
        a_session(state=SessionState.HELD, actual_end=NOON - WEEK + timedelta(minutes=1))
    )
    old = [replace(_note(session), at=NOON - WEEK) for session in (held, aborted, left, recent)]
    stored.notes.save(*old)
    receipt = stored.notes.delete_expired(NOON)
    assert receipt is not None
    assert (receipt.sessions, receipt.notes) == (3, 3)
    assert stored.notes.where() == old[3:]


def test_a_note_written_when_a_session_is_registered_afterwards_has_its_days(
    stored: SqlRepositories,
) -> None:
    session = stored.sessions.save(a_session(state=SessionState.HELD, actual_end=NOON - 4 * WEEK))
    note = _note(session)
    stored.notes.save(note)
    assert stored.notes.delete_expired(NOON + timedelta(days=6)) is None
    assert stored.notes.delete_expired(NOON + WEEK) is not None
