"""What the services need of films: the files on disk, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from trainer_app.domain.films import Film, Layout, Probe, Projection, Sha256, Stereo

Progress = Callable[[int, int], None]
"""Called with what is done and the whole, in the operation's own unit."""

Cancelled = Callable[[], bool]
"""Asked again and again; True breaks the operation off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file as it lies in the library. ``was_there``: the same bytes had been stored before.

    ``blake3``: the sum that headsets verify it by, 64 hexadecimal digits.
    """

    sha256: Sha256
    blake3: str
    size_bytes: int
    was_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Receipt: films that had been stored and that nobody has ever remembered, removed now."""

    files: int = 0
    size_bytes: int = 0


class FilmLibrary(Protocol):
    """The film files on this laptop."""

    def probe(self, file: Path) -> Probe:
        """Look into a file.

        Raises:
            FilmRefused: it cannot become a film.
        """

    def store(
        self,
        file: Path,
        probe: Probe,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> StoredFile:
        """Copy a probed file into the library, whole or not at all; progress is in bytes.

        Raises:
            FilmRefused: the file is not the one that was probed, or can no longer be read.
            LibraryFull: no room.
            LibraryUnwritable: the library's folder.
            UserCancelled: ``cancelled`` said so.
        """

    def path_of(self, film: Film) -> Path:
        """Return where the film lies.

        Raises:
            FilmFileGone: it lies there no longer.
        """

    def discard(self, sha256: Sha256, suffix: str) -> None:
        """Remove a file; one that is not there is no error.

        Raises:
            FilmFileHeld: it cannot be removed, now.
        """

    def claim(self, sha256: Sha256) -> None:
        """A film that was stored is remembered now, and stays."""

    def sweep(self, is_known: Callable[[Sha256], bool]) -> Swept:
        """Remove the films that programs which have ended had stored, and that nobody has remembered since.

        What running programs work on is left alone, and what cannot be removed now is left for the next time.
        """


class FilmRepository(Protocol):
    """What is remembered of the films in the library."""

    def add(self, film: Film) -> None:
        """Remember a film; one with its sha256 must not be known yet."""

    def change(self, film: Film) -> None:
        """Remember other words for a film that is known: its title, its theme."""

    def remove(self, sha256: Sha256) -> None:
        """Forget a film; what is said of it on headsets goes with it. One that is not known is no error."""

    def by_sha256(self, sha256: Sha256) -> Film | None:
        """Return the film with exactly this digest."""

    def all(self) -> Sequence[Film]:
        """Return all films, by theme in the themes' order, then title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import.

    Attributes:
        film: The film in the library.
        was_known: The same content was there before; the film keeps the title and theme it had.
        layout: What projection and stereo layout were concluded from this time.
    """

    film: Film
    was_known: bool
    layout: Layout


class FilmImport(Protocol):
    """Taking films into the library; ``services.importing`` does it."""

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
        """Take a film into the library; see ``FilmImporting.import_film``."""
