"""What has changed in the data: announced once, and every screen it concerns looks anew."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import Enum, auto


class Topic(Enum):
    """What a change is about."""

    SESSIONS = auto()
    NOTES = auto()
    PEOPLE = auto()
    PLACES = auto()
    KITS = auto()
    CHECKS = auto()
    FILMS = auto()
    SETTINGS = auto()


Heard = Callable[[], None]


class Changes:
    """Everything happens on the screen's thread."""

    def __init__(self) -> None:
        self._listeners: list[tuple[frozenset[Topic], Heard]] = []

    def on(self, topics: Collection[Topic], heard: Heard) -> Callable[[], None]:
        """Hear of changes to any of the topics; returns what ends that."""
        entry = (frozenset(topics), heard)
        self._listeners.append(entry)
        return lambda: self._forget(entry)

    def announce(self, *topics: Topic, by: Heard | None = None) -> None:
        """Tell of a change that has been saved; ``by``, who made it and knows, is not told."""
        changed = frozenset(topics)
        for concerns, heard in tuple(self._listeners):
            if concerns & changed and heard != by:
                heard()

    def _forget(self, entry: tuple[frozenset[Topic], Heard]) -> None:
        self._listeners = [each for each in self._listeners if each is not entry]
