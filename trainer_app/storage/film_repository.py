"""Films in the database; implements ``services.ports.FilmRepository``."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select

from trainer_app.domain.films import Film, Sha256
from trainer_app.storage.database import Database
from trainer_app.storage.kept_films import film_of, order_of
from trainer_app.storage.tables import FilmRow


class SqlFilmRepository:
    """Reads and writes the table ``film``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, film: Film) -> None:
        """Remember a film that is not known yet."""
        with self._database.writing() as session:
            session.add(_row(film))

    def change(self, film: Film) -> None:
        """Remember other words, or the sum, of a film that is known."""
        with self._database.writing() as session:
            row = session.get_one(FilmRow, film.sha256)
            row.title, row.theme, row.blake3 = film.title, film.theme, film.blake3

    def remove(self, sha256: Sha256) -> None:
        """Forget a film; what is said of it on headsets goes with it. One that is not known is no error."""
        with self._database.writing() as session:
            row = session.get(FilmRow, sha256)
            if row is not None:
                session.delete(row)

    def by_sha256(self, sha256: Sha256) -> Film | None:
        """Return the film with exactly this digest."""
        with self._database.reading() as session:
            row = session.get(FilmRow, sha256)
            return None if row is None else film_of(row)

    def all(self) -> Sequence[Film]:
        """Return all films, by theme in the themes' order, then title."""
        with self._database.reading() as session:
            films = [film_of(row) for row in session.scalars(select(FilmRow))]
        return sorted(films, key=order_of)


def _row(film: Film) -> FilmRow:
    return FilmRow(
        sha256=film.sha256,
        title=film.title,
        theme=film.theme,
        file_name=film.file_name,
        size_bytes=film.size_bytes,
        projection=film.projection.value,
        stereo=film.stereo.value,
        probe=msgspec.to_builtins(film.probe),
        imported_at=film.imported_at,
        blake3=film.blake3,
    )
