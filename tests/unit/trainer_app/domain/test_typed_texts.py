"""What people type and paste."""

from __future__ import annotations

import pytest

from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.domain.typed_texts import LINE_LIMIT, TEXT_LIMIT, clean_line, clean_text


@pytest.mark.parametrize("blank", ["", "   ", "\t\n\u00a0", "\x00"])
def test_a_name_of_nothing_but_spaces_is_none(blank: str) -> None:
    with pytest.raises(TextMissing) as caught:
        clean_line(blank, "full_name")
    assert caught.value.params == {"field": "full_name"}


def test_a_line_has_no_needless_spaces_and_one_form_of_each_letter() -> None:
    assert clean_line("  Åse \t Ørnæs\n", "full_name") == "Åse Ørnæs"
    assert clean_line("A\u030ase", "full_name") == "Åse"


def test_a_text_keeps_its_lines_whatever_the_system_ends_them_with() -> None:
    assert clean_text("en\r\nto\rtre\n\n", "text") == "en\nto\ntre"
    assert clean_text("   ", "text") == ""


def test_a_hundred_thousand_characters_are_refused_with_both_numbers() -> None:
    with pytest.raises(TextTooLong) as caught:
        clean_text("a" * 100_000, "text")
    assert caught.value.params == {"field": "text", "length": 100_000, "limit": TEXT_LIMIT}
    assert clean_text("a" * TEXT_LIMIT, "text") == "a" * TEXT_LIMIT
    with pytest.raises(TextTooLong):
        clean_line("a" * (LINE_LIMIT + 1), "title")
