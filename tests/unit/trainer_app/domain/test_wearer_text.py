"""Words for the wearers: one line, no longer than can be read, shown as long as reading takes."""

from __future__ import annotations

import pytest

from trainer_app.domain.wearer_text import MOST_CHARACTERS, read_within_s, tidied


def test_words_are_shown_in_one_line() -> None:
    assert tidied("  Snart stopp.\n\tBli sittende. ") == "Snart stopp. Bli sittende."


@pytest.mark.parametrize("text", ["", " \n ", "å" * (MOST_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="can be shown"):
        tidied(text)


def test_more_words_are_shown_longer() -> None:
    assert 4 < read_within_s("Hei.") < read_within_s("å" * MOST_CHARACTERS) <= 15
