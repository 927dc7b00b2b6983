"""Small numbers in words, and things in a row, as each language writes them."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.texts.catalogue import Texts

LARGEST_WORD = 16
"""Numbers up to this are written in words."""


def number_word(number: int, texts: Texts) -> str:
    """``to``; nought and larger numbers in digits."""
    return texts(f"number.{number}") if 0 < number <= LARGEST_WORD else str(number)


def listed(words: Sequence[str], texts: Texts) -> str:
    """``tema, tid og sted``; empty for nothing."""
    if len(words) < 2:
        return "".join(words)
    return texts("number.and", first=", ".join(words[:-1]), last=words[-1])
