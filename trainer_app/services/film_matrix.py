"""The film matrix: which headset has the film of which theme, as stored and as headsets tell it.

A theme's film is the one that was taken into the library last; those before it are older versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum

from trainer_app.domain.films import Film, Sha256, ThemeCode
from trainer_app.domain.kits import FilmPresence, HeadsetFilm, HeadsetId
from trainer_app.services.ports import FilmRepository, Records


class FilmMark(Enum):
    """A cell of the matrix as people see it."""

    ON_PLACE = "ja"
    OLDER = "feil_versjon"
    MISSING = "nei"
    DOES_NOT_PLAY = "spiller_ikke"
    NOT_LOOKED = "ikke_sett_etter"
    NO_FILM = "ingen_film"


_MARKS = {
    FilmPresence.YES: FilmMark.ON_PLACE,
    FilmPresence.NO: FilmMark.MISSING,
    FilmPresence.WRONG_VERSION: FilmMark.OLDER,
    FilmPresence.DOES_NOT_PLAY: FilmMark.DOES_NOT_PLAY,
}


def newest_of(films: Iterable[Film], theme: ThemeCode) -> Film | None:
    """Return the film of a theme that was taken in last, or None."""
    return max(
        (film for film in films if film.theme == theme), key=lambda film: film.imported_at, default=None
    )


def mark_of(films: Sequence[Film], theme: ThemeCode, known: Mapping[Sha256, FilmPresence]) -> FilmMark:
    """Return the cell of one headset for a theme.

    Args:
        films: The library.
        theme: The column.
        known: What is stored of this headset.
    """
    film = newest_of(films, theme)
    if film is None:
        return FilmMark.NO_FILM
    presence = known.get(film.sha256)
    if presence not in (None, FilmPresence.NO):
        return _MARKS[presence]
    older = (each.sha256 for each in films if each.theme == theme and each.sha256 != film.sha256)
    if any(known.get(sha256) is FilmPresence.YES for sha256 in older):
        return FilmMark.OLDER
    return FilmMark.NOT_LOOKED if presence is None else FilmMark.MISSING


class FilmMatrix:
    """Keeps the stored matrix as the headsets tell it; on the database worker."""

    def __init__(
        self, films: FilmRepository, headset_films: Records[HeadsetFilm], now: Callable[[], datetime]
    ) -> None:
        self._films = films
        self._headset_films = headset_films
        self._now = now

    def record(self, headset_id: HeadsetId, found: Mapping[str, str]) -> None:
        """Store what lies on a headset.

        Args:
            headset_id: It has just been asked.
            found: sha256 of each film that was verified there, to its title.
        """
        now = self._now()
        known = {one.film_sha256: one.presence for one in self._headset_films.where(headset_id=headset_id)}
        self._headset_films.save(
            *(
                HeadsetFilm(
                    headset_id=headset_id,
                    film_sha256=film.sha256,
                    presence=_presence(film, found, known.get(film.sha256)),
                    checked_at=now,
                )
                for film in self._films.all()
            )
        )


def _presence(film: Film, found: Mapping[str, str], before: FilmPresence | None) -> FilmPresence:
    if film.sha256 in found:
        # That its file is whole does not show that it plays: somebody has looked at that.
        plays_not = before is FilmPresence.DOES_NOT_PLAY
        return FilmPresence.DOES_NOT_PLAY if plays_not else FilmPresence.YES
    # Under this title lies another film: one that is no longer in the library.
    return FilmPresence.WRONG_VERSION if film.title in found.values() else FilmPresence.NO
