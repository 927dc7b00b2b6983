"""Numbers in words, and things in a row."""

from __future__ import annotations

import pytest

from trainer_app.texts.catalogue import Texts
from trainer_app.texts.number_words import LARGEST_WORD, listed, number_word


@pytest.mark.parametrize(("lang", "one", "largest"), [("nb", "én", "seksten"), ("en", "one", "sixteen")])
def test_small_numbers_are_words(lang: str, one: str, largest: str) -> None:
    texts = Texts(lang)
    assert (number_word(1, texts), number_word(LARGEST_WORD, texts)) == (one, largest)
    assert (number_word(0, texts), number_word(LARGEST_WORD + 1, texts)) == ("0", "17")


@pytest.mark.parametrize(("lang", "three"), [("nb", "3, 4 og 5"), ("en", "3, 4 and 5")])
def test_things_in_a_row(lang: str, three: str) -> None:
    texts = Texts(lang)
    assert listed(["3", "4", "5"], texts) == three
    assert listed(["3"], texts) == "3"
    assert listed([], texts) == ""
