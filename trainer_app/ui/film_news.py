"""Stores which films the headsets on the table have, whatever page is open. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.live_kit import KitNow
from trainer_app.runtime.background import Failed, Tasks
from trainer_app.runtime.changes import Changes, Topic
from trainer_app.runtime.latest import Latest
from trainer_app.services.film_matrix import FilmMatrix
from trainer_app.services.ports import Repositories

_Told = Mapping[HeadsetId, Mapping[str, str]]
"""By headset: sha256 of each film that lies on it, to its title."""

_AGAIN_AFTER = timedelta(seconds=10)
"""What the database has refused is tried again then."""


class FilmNews:
    """What headsets tell of their films goes into the film matrix, once for each change."""

    def __init__(
        self,
        stored: Repositories,
        tasks: Tasks,
        changes: Changes,
        kit_now: Latest[KitNow],
        now: Callable[[], datetime],
        problem: Failed,
    ) -> None:
        """Begin to listen.

        Args:
            stored: Where the matrix is.
            tasks: The way to the database worker.
            changes: Where news of the matrix is announced.
            kit_now: The suitcase on the table.
            now: UTC.
            problem: Shows what keeps the matrix from being stored; told once until it can be again.
        """
        self._stored, self._tasks, self._changes = stored, tasks, changes
        self._kit_now, self._now, self._problem = kit_now, now, problem
        self._matrix = FilmMatrix(stored.films, stored.headset_films, now)
        self._kept: dict[HeadsetId, Mapping[str, str]] = {}
        self._is_keeping = False
        self._refused_at: datetime | None = None
        self._ends = [changes.on({Topic.FILMS}, self._on_library), kit_now.on(self._on_kit_now)]

    def end(self) -> None:
        """The app closes."""
        for end in self._ends:
            end()

    def _on_library(self) -> None:
        """A film that is new there is looked for on every headset. What is under way counts no more."""
        self._kept = {}
        self._on_kit_now(self._kit_now.value)

    def _on_kit_now(self, now: KitNow) -> None:
        told = _told(now)
        news = {headset: films for headset, films in told.items() if self._kept.get(headset) != films}
        if not news or self._is_keeping or not self._may_try():
            return
        kept, self._is_keeping = self._kept, True
        self._tasks.stored(lambda: self._keep(news), lambda _: self._on_kept(kept, news), self._on_refused)

    def _may_try(self) -> bool:
        return self._refused_at is None or self._now() - self._refused_at >= _AGAIN_AFTER

    def _keep(self, news: _Told) -> None:
        with self._stored.together():
            for headset_id, films in news.items():
                self._matrix.record(headset_id, films)

    def _on_kept(self, kept: dict[HeadsetId, Mapping[str, str]], news: _Told) -> None:
        kept.update(news)
        self._is_keeping, self._refused_at = False, None
        self._changes.announce(Topic.KITS)
        self._on_kit_now(self._kit_now.value)

    def _on_refused(self, problem: TrainerError) -> None:
        is_new = self._refused_at is None
        self._is_keeping, self._refused_at = False, self._now()
        if is_new:
            self._problem(problem)


def _told(now: KitNow) -> _Told:
    return {
        one.headset_id: one.facts.films
        for one in now.headsets
        if one.headset_id is not None and one.facts is not None
    }
