"""What was written and is not stored: on its way to the database, or refused by it; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer_app.domain.errors import TrainerError
from trainer_app.runtime.background import Tasks


@dataclass(frozen=True, slots=True, eq=False)
class UnkeptText:
    """A text that is not stored.

    Attributes:
        text: As it was typed; empty where there is only something to take back.
        write: Stores it whole; on the database's worker.
    """

    text: str
    write: Callable[[], object]


class Unkept:
    """Finished texts in the order in which they were written. The app has one; pages come and go."""

    def __init__(self) -> None:
        """Nothing waits yet."""
        self._waiting: list[UnkeptText] = []
        self._on_the_way: dict[object, str] = {}
        self._is_trying = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What would be lost if the program ended now."""
        return (*(text for text in self._on_the_way.values() if text), *self.refused)

    @property
    def refused(self) -> tuple[str, ...]:
        """What the database has refused."""
        return tuple(each.text for each in self._waiting if each.text)

    def send(self, text: str) -> Callable[[], None]:
        """A text is given to the database; call what is returned as soon as that has answered."""
        way = object()
        self._on_the_way[way] = text

        def arrived() -> None:
            del self._on_the_way[way]

        return arrived

    def add(self, text: str, write: Callable[[], object]) -> None:
        """Keep a text that was refused."""
        self._waiting.append(UnkeptText(text, write))

    def retry(self, tasks: Tasks, kept: Callable[[], None]) -> None:
        """Try all again, with tasks that outlive the page; ``kept`` hears that some are stored now."""
        if self._is_trying or not self._waiting:
            return
        self._is_trying = True
        tried = tuple(self._waiting)

        def done(stored: tuple[UnkeptText, ...]) -> None:
            self._is_trying = False
            self._waiting = [each for each in self._waiting if each not in stored]
            if stored:
                kept()

        def failed(_problem: TrainerError) -> None:
            self._is_trying = False

        tasks.stored(lambda: tuple(each for each in tried if _takes(each)), done, failed)


def _takes(each: UnkeptText) -> bool:
    """Whether the database takes it now; why it does not was said when it happened first."""
    try:
        each.write()
    except TrainerError:
        return False
    return True
