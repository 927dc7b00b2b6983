"""Taking a film into the library: probe it, settle how its picture lies, copy it, remember it."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import (
    Film,
    Layout,
    Projection,
    Stereo,
    decide_layout,
    theme_code,
)
from trainer_app.services.ports import Cancelled, FilmLibrary, FilmRepository, Imported, Progress


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFilm:
    """A film whose file lies in the library's folder. ``was_there``: it did so before."""

    film: Film
    layout: Layout
    was_there: bool


class FilmImporting:
    """Imports films."""

    def __init__(
        self, library: FilmLibrary, films: FilmRepository, *, now: Callable[[], datetime] = _utc_now
    ) -> None:
        self._library = library
        self._films = films
        self._now = now

    def import_film(
        self,
        file: Path,
        *,
        theme: str,
        title: str | None = None,
        projection: Projection | None = None,
        stereo: Stereo | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Imported:
        """Take a film into the library; the file itself is never changed.

        The same as :meth:`copy_in` and :meth:`remember` after one another.

        Args:
            file: The film.
            theme: Code of its theme.
            title: What people call it; the file's name without its ending when None or blank.
            projection: What the user says of it; stronger than anything in the file.
            stereo: The same for the eyes.
            progress: Bytes copied, and all of them.
            cancelled: Asked between blocks.

        Raises:
            ThemeUnknown: no such theme.
            FilmRefused: the file is no playable film; one of its subclasses says why.
            LibraryFull: no room for the copy.
            LibraryUnwritable: the library's folder cannot be written to.
            UserCancelled: ``cancelled`` said so.
        """
        copied = self.copy_in(
            file,
            theme=theme,
            title=title,
            projection=projection,
            stereo=stereo,
            progress=progress,
            cancelled=cancelled,
        )
        return self.remember(copied)

    def copy_in(
        self,
        file: Path,
        *,
        theme: str,
        title: str | None = None,
        projection: Projection | None = None,
        stereo: Stereo | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> CopiedFilm:
        """Copy a film into the library's folder without touching the database; it may take minutes.

        Arguments and errors as for :meth:`import_film`. What was copied has to be remembered.
        """
        code = theme_code(theme)
        probe = self._library.probe(file)
        layout = decide_layout(probe, file.name, projection=projection, stereo=stereo)
        stored = self._library.store(file, probe, progress=progress, cancelled=cancelled)
        film = Film(
            sha256=stored.sha256,
            title=_composed(title or "") or _composed(file.stem),
            theme=code,
            file_name=_composed(file.name),
            size_bytes=stored.size_bytes,
            probe=probe,
            projection=layout.projection,
            stereo=layout.stereo,
            imported_at=self._now(),
            blake3=stored.blake3,
        )
        return CopiedFilm(film=film, layout=layout, was_there=stored.was_there)

    def remember(self, copied: CopiedFilm) -> Imported:
        """Remember a film that was copied; on the database worker."""
        known = self._films.by_sha256(copied.film.sha256)
        if known is not None:
            self._library.claim(known.sha256)
            if known.blake3 != copied.film.blake3:
                known = replace(known, blake3=copied.film.blake3)
                self._films.change(known)
            return Imported(film=known, was_known=True, layout=copied.layout)
        self._remember(copied.film, was_there=copied.was_there)
        return Imported(film=copied.film, was_known=False, layout=copied.layout)

    def _remember(self, film: Film, *, was_there: bool) -> None:
        try:
            self._films.add(film)
            self._library.claim(film.sha256)
        except BaseException:
            if not was_there:
                self._discard_unless_known(film)
            raise

    def _discard_unless_known(self, film: Film) -> None:
        """A copy that nothing refers to would take its room for ever; one that is known would be missed.

        Only the database can tell: what was broken off may have been stored already.
        """
        with contextlib.suppress(TrainerError):  # what went wrong first is told; the next start sweeps
            if self._films.by_sha256(film.sha256) is None:
                self._library.discard(film.sha256, film.suffix)


def _composed(text: str) -> str:
    """Return the text with å as one letter; some systems hand file names out as a and a ring."""
    return unicodedata.normalize("NFC", text).strip()
