"""Which film the group sees: mostly that of the session, in a playlist one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter_ns

from trainer_app.domain.films import Film
from trainer_app.services.ports.preview import Course


class Reel:
    """The films that may be on.

    Attributes:
        chosen: Of the session; shown as soon as the group sees it. None: it has none.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._known: dict[str, Film] = {}
        self.chosen: Film | None = None

    def know(self, films: Iterable[Film]) -> None:
        """These are in the library as well."""
        self._known = {film.sha256: film for film in films}

    def on(self) -> Film | None:
        """The film that the group sees now; None: none is on, or one that nobody knows here."""
        course = self._course()
        if course is None:
            return None
        sha256 = course.at(perf_counter_ns()).sha256
        if self.chosen is not None and sha256 == self.chosen.sha256:
            return self.chosen
        return self._known.get(sha256)
