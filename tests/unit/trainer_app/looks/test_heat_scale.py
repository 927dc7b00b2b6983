"""The heat map's colours: from clear and dark to dense and light, so that they read without colour."""

from __future__ import annotations

from itertools import pairwise

import pytest

from trainer_app.looks.colours import parse
from trainer_app.looks.heat_scale import STEPS, colour_at, ramp
from trainer_app.looks.tokens import ThemeName, tokens


@pytest.mark.parametrize("theme", list(ThemeName))
def test_more_is_always_lighter_and_never_clearer(theme: ThemeName) -> None:
    shades = ramp(tokens().themes[theme].heat)
    assert len(shades) == STEPS
    assert shades[0].alpha == 0.0
    for less, more in pairwise(shades):
        assert more.luminance >= less.luminance - 0.002
        assert more.alpha >= less.alpha
    # What lies below is seen also where most looked.
    assert 0.7 < shades[-1].alpha < 0.9


def test_between_two_colours_of_the_scale_lies_their_mixture() -> None:
    scale = (parse("#000000"), parse("#646464"), parse("#C8C8C8"))
    assert colour_at(scale, 0.0) == scale[0]
    assert colour_at(scale, 0.5) == scale[1]
    assert colour_at(scale, 0.75).red == 150
    assert colour_at(scale, 7.0) == scale[2]
