"""Words for those who wear the headsets: sends them, and says whom they have reached. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from trainer_app.domain.wearer_text import MOST_CHARACTERS, Delivery, in_one_line
from trainer_app.texts.number_words import listed
from trainer_app.ui.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the words.

    Attributes:
        seconds: They can be read for so long; 0: they have reached nobody.
        is_whole: They have reached everybody they are for.
    """

    words: str
    seconds: float
    is_whole: bool


class TellingView(Protocol):
    """Where the words are written."""

    def show_error(self, words: str) -> None:
        """Say beside the field what is wrong; what was typed stays."""

    def show_told(self, told: Told) -> None:
        """Say whom they have reached."""


class Telling:
    """Sends what is written to one wearer or to all."""

    def __init__(self, office: Office, view: TellingView) -> None:
        self._live, self._texts, self._view = office.services.live, office.texts, view
        self._tasks = office.tasks.page()
        self._failed = office.notices.problem

    def send(self, text: str, number: int | None) -> None:
        """Show the words in headset ``number``, or in all."""
        words = in_one_line(text)
        if not words:
            self._view.show_error(self._texts("run.message.empty"))
        elif len(words) > MOST_CHARACTERS:
            too_long = self._texts("run.message.too_long", count=len(words), most=MOST_CHARACTERS)
            self._view.show_error(too_long)
        else:
            numbers = None if number is None else (number,)
            self._tasks.live(
                lambda: self._live.show_text(words, numbers), self._on_delivered, failed=self._failed
            )

    def end(self) -> None:
        """The screen goes away."""
        self._tasks.close()

    def _on_delivered(self, delivery: Delivery) -> None:
        self._view.show_told(
            Told(
                words=self._words(delivery),
                seconds=delivery.seconds if delivery.reached else 0.0,
                is_whole=bool(delivery.reached) and not delivery.missed,
            )
        )

    def _words(self, delivery: Delivery) -> str:
        if not delivery.reached:
            return self._texts("run.message.nobody")
        count = len(delivery.reached)
        if count == 1:
            shown = self._texts("run.message.shown.one", number=delivery.reached[0])
        else:
            shown = self._texts("run.message.shown.more", count=count)
        if not delivery.missed:
            return shown
        numbers = listed([str(number) for number in delivery.missed], self._texts)
        many = "more" if len(delivery.missed) > 1 else "one"
        return f"{shown} {self._texts(f'run.message.missed.{many}', numbers=numbers)}"
