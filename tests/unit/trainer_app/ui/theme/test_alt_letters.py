"""Which letter of its words presses a button, with Alt."""

from __future__ import annotations

import pytest

from trainer_app.ui.theme.alt_letters import letter_for, place_of


@pytest.mark.parametrize(
    ("words", "taken", "letter"),
    [
        ("Ny økt", "", "N"),
        ("Ny økt", "N", "Ø"),
        ("Ny økt", "NØ", "Y"),
        ("Åpne planen", "", "Å"),
        ("«Kom i gang» 2", "", "K"),
        ("OK", "OK", ""),
        ("+1", "", ""),
    ],
)
def test_first_letters_of_words_come_first(words: str, taken: str, letter: str) -> None:
    assert letter_for(words, taken) == letter


def test_words_that_change_keep_a_letter_that_begins_one_of_them() -> None:
    assert letter_for("Med fire, start", "", held="S") == "S"
    assert letter_for("Start økten", "", held="K") == "S"
    assert letter_for("Start økten", "S", held="Ø") == "Ø"


def test_the_letter_is_marked_where_it_begins_a_word() -> None:
    assert place_of("P", "Oppsett og planer") == 11
    assert place_of("T", "Oppsett og planer") == 5
    assert place_of("X", "Oppsett og planer") is None
