"""A suitcase is not called Koffert Koffert 1."""

from __future__ import annotations

import pytest

from trainer_app.texts.kit_words import said_once


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Koffert SI-1", "Koffert SI-1"),
        ("Koffert Koffert 1", "Koffert 1"),
        ("Koffert koffert 1 er utlånt", "koffert 1 er utlånt"),
        ("Suitcase Suitcases", "Suitcase Suitcases"),
        ("Koffert ", "Koffert "),
    ],
)
def test_a_word_is_not_said_twice(words: str, said: str) -> None:
    assert said_once(words) == said
