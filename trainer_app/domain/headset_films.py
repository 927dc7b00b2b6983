"""What lies in a headset's film folder, against what the library has: missing, half there, older, foreign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from trainer_app.domain.films import Film, Sha256, ThemeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFilm:
    """A file of the film folder of a headset.

    Attributes:
        sha256: The film that it is, or is to become.
        size_bytes: Of the file.
        whole: It was verified there, and is as large as it was then.
        title: As the headset was told; empty: it does not know.
        since: When the file was last written, UTC by the headset's clock; None: not known.
    """

    sha256: Sha256
    size_bytes: int
    whole: bool
    title: str = ""
    since: datetime | None = None


class FilmStanding(Enum):
    """How a film on a headset stands to the library. The values are those of ``headset list --json``."""

    ON_PLACE = "on_place"
    MISSING = "missing"
    """It is the film of its theme, and nothing of it is there."""
    PARTIAL = "partial"
    """A part of it is there; it goes on from there."""
    OLDER = "older"
    """Another film took its place: in the library, or under its title."""
    FOREIGN = "foreign"
    """The library does not have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOnHeadset:
    """A line of the comparison.

    Attributes:
        title: Empty: nobody knows.
        there_bytes: What of it lies on the headset.
        whole_bytes: The film's size; of one that the library does not have what is there.
        since: See :class:`StoredFilm`.
        in_library: What the library has is never removed by clearing up.
    """

    sha256: Sha256
    title: str
    standing: FilmStanding
    there_bytes: int
    whole_bytes: int
    in_library: bool
    since: datetime | None = None

    @property
    def is_removable(self) -> bool:
        """It takes room on the headset, and no session of this library can need it."""
        return not self.in_library and self.there_bytes > 0


def compare(library: Sequence[Film], stored: Iterable[StoredFilm]) -> tuple[FilmOnHeadset, ...]:
    """Compare a headset with the library: its films first, in its order, then the others by title."""
    files = _by_film(stored)
    newest = _newest(library)
    own = [_own(film, files.pop(film.sha256, None), newest) for film in library]
    titles = {film.title for film in library}
    others = [_other(file, titles) for file in files.values()]
    others.sort(key=lambda one: (not one.title, one.title.casefold(), one.sha256))
    return (*(one for one in own if one is not None), *others)


def removable(library: Sequence[Film], stored: Iterable[StoredFilm]) -> tuple[FilmOnHeadset, ...]:
    """Return what clearing up a headset removes.

    Nothing where the library is empty: on a new laptop that says nothing about whose films these are.
    """
    if not library:
        return ()
    return tuple(one for one in compare(library, stored) if one.is_removable)


def _by_film(stored: Iterable[StoredFilm]) -> dict[Sha256, StoredFilm]:
    """One a film: the whole file, where there is one beside a part."""
    found: dict[Sha256, StoredFilm] = {}
    for file in sorted(stored, key=lambda file: file.whole):
        found[file.sha256] = file
    return found


def _newest(library: Sequence[Film]) -> Mapping[ThemeCode, Film]:
    return {film.theme: film for film in sorted(library, key=lambda film: film.imported_at)}


def _own(film: Film, file: StoredFilm | None, newest: Mapping[ThemeCode, Film]) -> FilmOnHeadset | None:
    """A film of the library; None: an older one of its theme, which nobody misses."""
    is_wanted = newest[film.theme].sha256 == film.sha256
    if file is None and not is_wanted:
        return None
    if file is None:
        standing = FilmStanding.MISSING
    elif not file.whole:
        standing = FilmStanding.PARTIAL
    else:
        standing = FilmStanding.ON_PLACE if is_wanted else FilmStanding.OLDER
    return FilmOnHeadset(
        sha256=film.sha256,
        title=film.title,
        standing=standing,
        there_bytes=0 if file is None else file.size_bytes,
        whole_bytes=film.size_bytes,
        in_library=True,
        since=None if file is None else file.since,
    )


def _other(file: StoredFilm, titles: set[str]) -> FilmOnHeadset:
    standing = FilmStanding.OLDER if file.title in titles else FilmStanding.FOREIGN
    return FilmOnHeadset(
        sha256=file.sha256,
        title=file.title,
        standing=standing,
        there_bytes=file.size_bytes,
        whole_bytes=file.size_bytes,
        in_library=False,
        since=file.since,
    )
