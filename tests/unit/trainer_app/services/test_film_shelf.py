"""Films are put in order; one that protocols name stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.records import NOON, a_session
from trainer_app.domain.film_errors import FilmFileHeld, FilmInRecords, ThemeUnknown
from trainer_app.domain.films import Film, Sha256, ThemeCode
from trainer_app.domain.playback_records import PlaybackId, PlaybackRecord
from trainer_app.domain.session_errors import TextMissing
from trainer_app.domain.sessions import SessionState
from trainer_app.services.film_shelf import FilmShelf
from trainer_app.storage.repositories import SqlRepositories


class HeldLibrary(LibraryInMemory):
    """Somebody reads its files."""

    is_held = True

    def discard(self, sha256: Sha256, suffix: str) -> None:
        if self.is_held:
            raise FilmFileHeld(file="film.mp4", folder="films")
        super().discard(sha256, suffix)


@pytest.fixture
def film(department_stored: SqlRepositories) -> Film:
    film = a_film(theme=ThemeCode("SEL"))
    department_stored.films.add(film)
    return film


@pytest.fixture
def library(film: Film) -> LibraryInMemory:
    library = LibraryInMemory()
    library.stored.add(film.sha256)
    return library


@pytest.fixture
def shelf(department_stored: SqlRepositories, library: LibraryInMemory) -> FilmShelf:
    return FilmShelf(department_stored, library)


def test_title_and_theme_are_mended(department_stored: SqlRepositories, shelf: FilmShelf, film: Film) -> None:
    shelf.change(film, title="  Setningen  (ny)", theme="sam")
    kept = department_stored.films.by_sha256(film.sha256)
    assert kept is not None
    assert (kept.title, kept.theme) == ("Setningen (ny)", "SAM")
    with pytest.raises(TextMissing):
        shelf.change(film, title="   ", theme="SEL")
    with pytest.raises(ThemeUnknown):
        shelf.change(film, title="Ny", theme="XYZ")
    assert department_stored.films.by_sha256(film.sha256) == kept


def test_it_is_said_which_sessions_will_show_a_film(
    department_stored: SqlRepositories, shelf: FilmShelf, film: Film
) -> None:
    session = department_stored.sessions.save(a_session())
    assert [each.id for each in shelf.use_of(film).ahead] == [session.id]
    newer = a_film(
        sha256=Sha256("ee" * 32), theme=film.theme, imported_at=film.imported_at + timedelta(days=1)
    )
    department_stored.films.add(newer)
    assert shelf.use_of(film).ahead == []
    assert [each.id for each in shelf.use_of(newer).ahead] == [session.id]


def test_a_film_goes_with_its_file(
    department_stored: SqlRepositories, shelf: FilmShelf, library: LibraryInMemory, film: Film
) -> None:
    shelf.remove(film)
    assert department_stored.films.all() == []
    assert library.stored == set()


def test_a_film_whose_file_somebody_reads_stays_and_goes_the_next_time(
    department_stored: SqlRepositories, film: Film
) -> None:
    library = HeldLibrary()
    library.stored.add(film.sha256)
    shelf = FilmShelf(department_stored, library)
    with pytest.raises(FilmFileHeld):
        shelf.remove(film)
    assert department_stored.films.all() == [film]
    library.is_held = False
    shelf.remove(film)
    assert (department_stored.films.all(), library.stored) == ([], set())
    shelf.remove(film)  # pressed twice


def test_a_session_that_goes_on_needs_its_film(
    department_stored: SqlRepositories, shelf: FilmShelf, film: Film
) -> None:
    session = department_stored.sessions.save(a_session(state=SessionState.IN_PROGRESS, actual_start=NOON))
    assert [each.id for each in shelf.use_of(film).ahead] == [session.id]


def test_a_film_that_was_shown_stays_with_its_file(
    department_stored: SqlRepositories, shelf: FilmShelf, library: LibraryInMemory, film: Film
) -> None:
    session = department_stored.sessions.save(a_session())
    department_stored.playbacks.save(
        PlaybackRecord(
            id=PlaybackId(uuid4()),
            session_id=session.id,
            wave=1,
            film_sha256=film.sha256,
            started_at=NOON,
        )
    )
    with pytest.raises(FilmInRecords):
        shelf.remove(film)
    assert department_stored.films.all() == [film]
    assert library.stored == {film.sha256}
