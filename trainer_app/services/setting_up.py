"""What a facilitator settles for one session: ticks, the film, who waits, where the film is to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.sessions import Session, SessionId, SessionState
from trainer_app.domain.words import Words
from trainer_app.services.film_matrix import newest_of
from trainer_app.services.ports import Repositories, Settings

_PREFIX = "session.set_up."
_AHEAD = (SessionState.DRAFT, SessionState.PLANNED, SessionState.READY, SessionState.IN_PROGRESS)
"""What is settled counts until the session is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmStop:
    """A place at which the film of this session stops. ``at_s``: seconds of film."""

    at_s: float
    question: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmStops:
    """All stop-points of a session, where others were set than the scenario has. ``film``: they lie in it."""

    film: Sha256
    places: tuple[FilmStop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What was settled.

    Attributes:
        film: Of several films of the theme; None: nobody has chosen.
        ticks: Ids of the room's check list (``RO-1``).
        on_screen: Where headsets are fewer than participants: the others watch on a screen (True), or there
            are waves (False); None: nobody has chosen.
        stops: None: as the scenario has them.
    """

    film: Sha256 | None = None
    ticks: frozenset[str] = frozenset()
    on_screen: bool | None = None
    stops: FilmStops | None = None


class SettingUp:
    """Remembers it, so that who leaves the page, or starts the program anew, finds it as it was."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(self, session_id: SessionId) -> SetUp:
        """Return what was settled for a session so far."""
        kept = self._settings.get(_key(session_id))
        return SetUp() if kept is None else msgspec.json.decode(kept, type=SetUp)

    def keep(self, session_id: SessionId, set_up: SetUp) -> None:
        """Remember what was settled."""
        self._settings.set(_key(session_id), msgspec.json.encode(set_up, order="sorted").decode())

    def forget(self, session_id: SessionId) -> None:
        """The session is over, or gone: nobody asks any more."""
        self._settings.remove(_key(session_id))


def forget_past(stored: Repositories) -> None:
    """Forget what was settled for sessions that are over, or gone."""
    lasting = {_key(session.id) for session in stored.sessions.in_state(*_AHEAD)}
    for key in stored.settings.keys(_PREFIX):
        if key not in lasting:
            stored.settings.remove(key)


def film_of(stored: Repositories, session: Session, library: Sequence[Film] | None = None) -> Film | None:
    """Return the film a session shows: the one settled for it, else the newest of its theme.

    A film that was settled before the session, or the film, got another theme counts no more.
    ``library``: all films, where they have been read already.
    """
    library = stored.films.all() if library is None else library
    films = [film for film in library if film.theme == session.theme]
    settled = SettingUp(stored.settings).read(session.id).film
    chosen = next((film for film in films if film.sha256 == settled), None)
    return chosen or (None if session.theme is None else newest_of(films, session.theme))


def _key(session_id: SessionId) -> str:
    return f"{_PREFIX}{session_id}"
