"""A value that changes often: the screen always gets the newest, and never a queue of old ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from trainer_app.runtime.background import Deliver

T = TypeVar("T")


class Latest(Generic[T]):
    """Written from any thread, heard on the screen's thread."""

    def __init__(self, first: T, deliver: Deliver) -> None:
        self._value = first
        self._deliver = deliver
        self._lock = threading.Lock()
        self._under_way = False
        self._listeners: list[Callable[[T], None]] = []

    @property
    def value(self) -> T:
        """The newest."""
        return self._value

    def put(self, value: T) -> None:
        """Have a new value; at most one word of it is on the way to the screen."""
        with self._lock:
            self._value = value
            if self._under_way:
                return
            self._under_way = True
        self._deliver(self._tell)

    def on(self, heard: Callable[[T], None]) -> Callable[[], None]:
        """Hear of new values; returns what ends that."""
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def _tell(self) -> None:
        with self._lock:
            self._under_way = False
        for heard in tuple(self._listeners):
            heard(self._value)
