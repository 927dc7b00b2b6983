"""Numbers as words, and headsets in a row. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.models import Standing
from trainer_app.ui.session.when import capitalised

_WRITTEN_OUT = 12


def number_words(number: int, texts: Texts) -> str:
    """``tre``; above twelve in digits."""
    return texts(f"prepare.number.{number}") if 1 <= number <= _WRITTEN_OUT else str(number)


def counted(key: str, number: int, texts: Texts) -> str:
    """A text with a number, in the singular or the plural."""
    return texts(f"{key}.{form(number)}", number=number_words(number, texts))


def form(number: int) -> str:
    """Which of the two texts."""
    return "one" if number == 1 else "more"


def row_of(words: Sequence[str], texts: Texts) -> str:
    """``3, 4 og 5``."""
    if len(words) < 2:
        return "".join(words)
    return texts("prepare.and", first=", ".join(words[:-1]), last=words[-1])


def headsets_in_a_row(numbers: Sequence[int], texts: Texts) -> str:
    """``Brille 3 og 4``, to begin a sentence with."""
    key = f"prepare.headset.{form(len(numbers))}"
    return capitalised(texts(key, numbers=row_of([str(number) for number in numbers], texts)))


def sentence_of(standings: Iterable[Standing], texts: Texts) -> str:
    """``Tre klare, én på vei, én trenger deg``."""
    all_of_them = list(standings)
    parts = [
        counted(f"prepare.count.{standing.value}", all_of_them.count(standing), texts)
        for standing in Standing
        if standing in all_of_them
    ]
    return capitalised(", ".join(parts)) or texts("prepare.count.none")
