"""Sizes grow with the text; lines and corners do not."""

from __future__ import annotations

import pytest

from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName, tokens


@pytest.mark.parametrize("scale", [0.9, 2.1, 0.0])
def test_text_sizes_out_of_range_are_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="text scale"):
        Theme(ThemeName.LIGHT, scale)


def test_type_rows_and_paddings_grow() -> None:
    usual, double = Theme(), Theme(ThemeName.LIGHT, 2.0)
    for name in tokens().styles:
        assert double.style(name).size == 2 * usual.style(name).size
        assert double.style(name).weight == usual.style(name).weight
    assert double.size("row") == 2 * usual.size("row") == 88
    assert double.space(4) == 2 * usual.space(4) == 32


def test_lines_stay_fine() -> None:
    assert Theme(ThemeName.LIGHT, 2.0).stroke("focus") == Theme().stroke("focus") == 2
    assert Theme(ThemeName.LIGHT, 2.0).radius("card") == 10
