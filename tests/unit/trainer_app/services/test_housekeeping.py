"""What the app does at its start: what is due goes, a backup is made, a session that was left is found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.records import ANNE, NOON, a_session, phases_for
from trainer_app.bootstrap import Place, Workplace
from trainer_app.domain.films import Sha256
from trainer_app.domain.kits import Serial
from trainer_app.domain.notes import Note, NoteId, NoteKind
from trainer_app.domain.session_states import Situation
from trainer_app.domain.sessions import HeadsetAssignment, SessionState
from trainer_app.domain.storage_errors import BackupImpossible, DatabaseInUse
from trainer_app.services.housekeeping import Housekeeping, keep_house
from trainer_app.services.ports import Swept
from trainer_app.services.running import SessionRunning
from trainer_app.storage.care import DatabaseCare
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Texts

SECRET = "Stolen skyves bakover mot vinduet."


@pytest.fixture
def due(stored: SqlRepositories) -> None:
    """A session closed 31 days ago, with a note and somebody under a headset."""
    long_ago = NOON - timedelta(days=31)
    session = stored.sessions.save(
        a_session(state=SessionState.HELD, actual_start=long_ago, actual_end=long_ago)
    )
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    stored.assignments.save(
        HeadsetAssignment(session_id=session.id, wave=1, headset_id=headset.id, person_id=ANNE.id)
    )
    stored.notes.save(
        Note(id=NoteId(uuid4()), session_id=session.id, at=long_ago, kind=NoteKind.PARKED, text=SECRET)
    )


@pytest.fixture
def library() -> LibraryInMemory:
    return LibraryInMemory()


@pytest.mark.usefixtures("due")
def test_what_is_due_goes_before_the_backup_is_made(
    tmp_path: Path, stored: SqlRepositories, library: LibraryInMemory
) -> None:
    care = DatabaseCare(tmp_path / "simkoffert.db")
    done = keep_house(stored, library, care.back_up_daily, NOON)
    assert done.notes is not None
    assert done.unlinked is not None
    assert (done.notes.notes, done.unlinked.assignments, done.problems) == (1, 1, ())
    assert done.backup == tmp_path / "backups" / "simkoffert-2026-11-21.db"
    assert SECRET.encode() not in done.backup.read_bytes()
    again = keep_house(stored, library, care.back_up_daily, NOON)
    nothing = Housekeeping(notes=None, unlinked=None, backup=None, swept=None, interrupted=[], problems=())
    assert again == nothing


@pytest.mark.usefixtures("due")
def test_a_backup_that_fails_keeps_nothing_from_going(
    stored: SqlRepositories, library: LibraryInMemory
) -> None:
    problem = BackupImpossible(database="d", backup="b")

    def full(_: date) -> Path | None:
        raise problem

    done = keep_house(stored, library, full, NOON)
    assert (done.problems, done.backup) == ((problem,), None)
    assert done.notes is not None
    assert stored.notes.where() == []


def test_a_film_that_was_stored_and_never_remembered_goes(
    stored: SqlRepositories, library: LibraryInMemory
) -> None:
    known, lost = a_film(), Sha256("cd" * 32)
    stored.films.add(known)
    library.stored = {known.sha256, lost}
    library.unclaimed = {known.sha256, lost}
    done = keep_house(stored, library, lambda _: None, NOON)
    assert done.swept == Swept(files=1, size_bytes=1000)
    assert library.stored == {known.sha256}


def test_the_day_of_the_backup_is_the_day_at_home(stored: SqlRepositories, library: LibraryInMemory) -> None:
    days: list[date] = []
    keep_house(stored, library, days.append, datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert days == [date(2026, 11, 22)]


def test_a_session_that_was_left_is_offered(stored: SqlRepositories, library: LibraryInMemory) -> None:
    session = stored.sessions.save(a_session(state=SessionState.READY))
    stored.phases.save(*phases_for(session.id))
    SessionRunning.begin(
        Situation(session=session, now=NOON),
        journal=stored.journal,
        phases=stored.phases,
        now=lambda: NOON,
    )
    (left,) = keep_house(stored, library, lambda _: None, NOON).interrupted
    assert left.session_id == session.id


def test_the_workplace_keeps_house_in_a_database_that_is_new(tmp_path: Path) -> None:
    with Workplace(Place(data=tmp_path / "data"), Texts("nb")) as workplace:
        done = workplace.keep_house()
    assert done.backup is not None
    assert done.backup.parent == tmp_path / "data" / "backups"
    assert (done.problems, done.interrupted) == ((), [])


def test_a_second_app_on_the_same_database_is_told_so_until_the_first_ends(tmp_path: Path) -> None:
    place = Place(data=tmp_path / "data")
    with Workplace(place, Texts("nb")) as first, Workplace(place, Texts("nb")) as second:
        first.hold_database()
        first.keep_house()
        with pytest.raises(DatabaseInUse):
            second.hold_database()
        assert second.films.all() == []
    with Workplace(place, Texts("nb")) as third:
        third.hold_database()


def test_a_server_s_database_is_held_by_nobody() -> None:
    place = Place(data=Path("/nowhere"), database="postgresql://kari@db.sykehus.no/sim")
    with Workplace(place, Texts("nb")) as workplace:
        workplace.hold_database()
