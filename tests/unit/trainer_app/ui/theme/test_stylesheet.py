"""The style sheet is filled wholly from the tokens."""

from __future__ import annotations

import re

import pytest

from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.theme.stylesheet import style_sheet


@pytest.mark.parametrize("name", ThemeName)
def test_nothing_of_the_template_is_left(name: ThemeName) -> None:
    sheet = style_sheet(Theme(name))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_all_colours_are_those_of_the_theme() -> None:
    light, dark = (set(re.findall(r"#[0-9A-F]{6}", style_sheet(Theme(n)))) for n in list(ThemeName)[:2])
    assert Theme().palette.accent.hex in light
    assert Theme().palette.accent.hex not in dark


def test_sizes_follow_the_text() -> None:
    assert "font-size: 14px" in style_sheet(Theme())
    assert "font-size: 14px" not in style_sheet(Theme(ThemeName.LIGHT, 2.0))
    assert "font-size: 28px" in style_sheet(Theme(ThemeName.LIGHT, 2.0))
