"""Every headset has a chip of its own that can be read."""

from __future__ import annotations

import re

from trainer_app.looks.tokens import chip


def test_first_headsets_differ() -> None:
    chips = [chip(number) for number in range(1, 6)]
    assert len({each.fill for each in chips}) == 5


def test_colours_begin_again() -> None:
    fills = [chip(number).fill for number in range(1, 200)]
    period = fills[1:].index(fills[0]) + 1
    assert period >= 5
    assert all(fill == fills[index % period] for index, fill in enumerate(fills))


def test_colours_are_what_a_page_understands_and_can_be_read() -> None:
    for number in range(1, 20):
        one = chip(number)
        assert re.fullmatch(r"#[0-9A-Fa-f]{6}", one.fill)
        assert re.fullmatch(r"#[0-9A-Fa-f]{6}", one.ink)
        assert contrast(one.fill, one.ink) >= 4.5


def contrast(first: str, second: str) -> float:
    """Contrast ratio of WCAG 2."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
