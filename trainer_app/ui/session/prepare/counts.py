"""Numbers as words, and headsets in a row. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import sentence_case
from trainer_app.texts.number_words import listed, number_word
from trainer_app.ui.session.prepare.models import Standing


def counted(key: str, number: int, texts: Texts) -> str:
    """A text with a number, in the singular or the plural."""
    return texts(f"{key}.{form(number)}", number=number_word(number, texts))


def form(number: int) -> str:
    """Which of the two texts."""
    return "one" if number == 1 else "more"


def headsets_in_a_row(numbers: Sequence[int], texts: Texts) -> str:
    """``Brille 3 og 4``, to begin a sentence with."""
    key = f"prepare.headset.{form(len(numbers))}"
    return sentence_case(texts(key, numbers=listed([str(number) for number in numbers], texts)))


def sentence_of(standings: Iterable[Standing], texts: Texts) -> str:
    """``Tre klare, én på vei, én trenger deg``."""
    all_of_them = list(standings)
    parts = [
        counted(f"prepare.count.{standing.value}", all_of_them.count(standing), texts)
        for standing in Standing
        if standing in all_of_them
    ]
    return sentence_case(", ".join(parts)) or texts("prepare.count.none")
