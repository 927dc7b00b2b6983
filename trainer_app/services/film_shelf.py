"""The films of the library as people put them in order: other titles and themes, and films that go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer_app.domain.film_errors import FilmInRecords
from trainer_app.domain.films import Film, theme_code
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.domain.typed_texts import clean_line
from trainer_app.services.ports import FilmLibrary, Repositories
from trainer_app.services.setting_up import film_of

_AHEAD = (SessionState.DRAFT, SessionState.PLANNED, SessionState.READY, SessionState.IN_PROGRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmUse:
    """What a film is needed for.

    Attributes:
        showings: How often it was shown; its protocols name it.
        ahead: The sessions that will show it, or do so now, as far as it can be known today.
    """

    showings: int
    ahead: Sequence[Session]


class FilmShelf:
    """On the database worker."""

    def __init__(self, stored: Repositories, library: FilmLibrary) -> None:
        self._stored = stored
        self._library = library

    def change(self, film: Film, *, title: str, theme: str) -> Film:
        """Give a film another title or theme.

        Raises:
            TextMissing: no title.
            TextTooLong: the title.
            ThemeUnknown: no such theme.
        """
        changed = replace(film, title=clean_line(title, "title"), theme=theme_code(theme))
        self._stored.films.change(changed)
        return changed

    def use_of(self, film: Film) -> FilmUse:
        """Return what the film is needed for."""
        showings = len(self._stored.playbacks.where(film_sha256=film.sha256))
        sessions = self._stored.sessions.in_state(*_AHEAD)
        library = self._stored.films.all()
        ahead = [session for session in sessions if film_of(self._stored, session, library) == film]
        return FilmUse(showings=showings, ahead=ahead)

    def remove(self, film: Film) -> None:
        """Remove a film and its file; this cannot be taken back.

        Raises:
            FilmInRecords: sessions have shown it.
            FilmFileHeld: its file cannot be removed; the film stays, and it can be tried again.
        """
        showings = self.use_of(film).showings
        if showings:
            raise FilmInRecords(film=film.title, count=showings)
        # In this order: a file that nothing refers to could never be removed again.
        self._library.discard(film.sha256, film.suffix)
        self._stored.films.remove(film.sha256)
