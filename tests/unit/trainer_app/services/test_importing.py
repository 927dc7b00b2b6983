"""Importing a film, with a library and a repository in memory."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.films import PROBE, FilmsInMemory, LibraryInMemory, a_film
from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.film_errors import LayoutUnsupported, ThemeUnknown
from trainer_app.domain.films import Film, Projection, Sha256, SphericalMetadata, Stereo, choose_film
from trainer_app.domain.storage_errors import DatabaseFull, DatabaseLocked
from trainer_app.services.importing import FilmImporting

NOW = datetime(2026, 11, 21, 13, 45, tzinfo=UTC)


def _importing(library: LibraryInMemory, films: FilmsInMemory) -> FilmImporting:
    return FilmImporting(library, films, now=lambda: NOW)


def test_an_imported_film_is_remembered_with_all_that_was_found() -> None:
    library, films = LibraryInMemory(), FilmsInMemory()
    imported = _importing(library, films).import_film(Path("/stick/Økt på post 3.mp4"), theme="inn")
    assert films.by_sha256(library.sha256) == imported.film
    assert imported.film.title == "Økt på post 3"
    assert imported.film.theme == "INN"
    assert imported.film.imported_at == NOW
    assert imported.film.probe == PROBE
    assert imported.film.blake3 == library.blake3
    assert not imported.was_known
    assert (library.stored, library.unclaimed) == ({library.sha256}, set())


def test_the_same_content_again_is_the_film_that_is_there() -> None:
    library, films = LibraryInMemory(), FilmsInMemory()
    importing = _importing(library, films)
    first = importing.import_film(Path("a.mp4"), theme="INN", title="Første")
    second = importing.import_film(Path("b.mp4"), theme="VOT", title="Andre")
    assert second.was_known
    assert second.film == first.film
    assert len(films.all()) == 1


def test_a_film_from_before_its_sum_was_kept_gets_it_when_it_is_taken_in_again() -> None:
    library = LibraryInMemory()
    old = a_film(sha256=library.sha256, title="Første")
    films = FilmsInMemory(old)
    again = _importing(library, films).import_film(Path("b.mp4"), theme="VOT", title="Andre")
    assert again.was_known
    assert films.all() == [replace(old, blake3=library.blake3)] == [again.film]


def test_what_the_user_says_of_the_picture_is_stored() -> None:
    imported = _importing(LibraryInMemory(), FilmsInMemory()).import_film(
        Path("a.mp4"), theme="INN", projection=Projection.EQUIRECT_180, stereo=Stereo.LEFT_RIGHT
    )
    assert imported.film.projection is Projection.EQUIRECT_180
    assert imported.film.stereo is Stereo.LEFT_RIGHT


def test_names_with_rings_written_apart_are_found_again() -> None:
    importing = _importing(LibraryInMemory(), FilmsInMemory())
    apart = unicodedata.normalize("NFD", "Gjennomføring på døgn")
    imported = importing.import_film(Path(f"{apart}.mp4"), theme="TVA")
    assert choose_film([imported.film], "Gjennomføring på døgn") == imported.film
    assert choose_film([imported.film], apart) == imported.film


def test_nothing_is_copied_for_an_unknown_theme_or_a_picture_that_cannot_be_shown() -> None:
    cube = SphericalMetadata(version=2, projection="cubemap")
    library = LibraryInMemory(probe=replace(PROBE, spherical=(cube,)))
    importing = _importing(library, FilmsInMemory())
    with pytest.raises(ThemeUnknown):
        importing.import_film(Path("a.mp4"), theme="XYZ")
    with pytest.raises(LayoutUnsupported):
        importing.import_film(Path("a.mp4"), theme="INN")
    assert not library.stored


class _Refusing(FilmsInMemory):
    def add(self, film: Film) -> None:
        raise OSError("the database went away")


def test_a_film_that_could_not_be_remembered_leaves_no_file() -> None:
    library = LibraryInMemory()
    with pytest.raises(OSError, match="went away"):
        _importing(library, _Refusing()).import_film(Path("a.mp4"), theme="INN")
    assert not library.stored


def test_a_file_that_had_been_there_before_is_left_when_remembering_fails() -> None:
    library = LibraryInMemory()
    library.stored.add(library.sha256)
    with pytest.raises(OSError, match="went away"):
        _importing(library, _Refusing(a_film())).import_film(Path("a.mp4"), theme="INN")
    assert library.stored


class _BrokenOff(FilmsInMemory):
    def add(self, film: Film) -> None:
        super().add(film)
        raise UserCancelled


def test_a_film_that_is_known_already_when_the_import_is_broken_off_keeps_its_file() -> None:
    library, films = LibraryInMemory(), _BrokenOff()
    with pytest.raises(UserCancelled):
        _importing(library, films).import_film(Path("a.mp4"), theme="INN")
    assert [film.sha256 for film in films.all()] == [*library.stored]


class _Unasked(FilmsInMemory):
    """Takes no film, and tells nothing afterwards."""

    problem: DatabaseLocked | None = None

    def add(self, film: Film) -> None:
        self.problem = DatabaseLocked(database="films")
        raise DatabaseFull(database="films")

    def by_sha256(self, sha256: Sha256) -> Film | None:
        if self.problem is not None:
            raise self.problem
        return super().by_sha256(sha256)


def test_where_the_database_does_not_tell_the_first_problem_is_told_and_the_file_left() -> None:
    library = LibraryInMemory()
    with pytest.raises(DatabaseFull):
        _importing(library, _Unasked()).import_film(Path("a.mp4"), theme="INN")
    assert library.unclaimed == library.stored == {library.sha256}
