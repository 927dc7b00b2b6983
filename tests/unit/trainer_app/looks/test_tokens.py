"""The tokens are whole, have types, and keep the contrasts that the design promises."""

from __future__ import annotations

import copy
import json
import re
from importlib.resources import files
from typing import Any

import pytest

from trainer_app.domain.phases import PhaseGroup
from trainer_app.looks.colours import TokenInvalid, contrast, parse
from trainer_app.looks.tokens import ThemeName, Tone, chip, read, tokens

LEAST_TEXT = {ThemeName.LIGHT: 4.5, ThemeName.DARK: 4.5, ThemeName.HIGH_CONTRAST: 7.0}


@pytest.fixture
def data() -> Any:
    text = files("trainer_app.looks").joinpath("tokens.json").read_text(encoding="utf-8")
    return copy.deepcopy(json.loads(text))


def test_first_headsets_differ() -> None:
    assert len({chip(number).fill for number in range(1, 6)}) == 5


def test_colours_begin_again() -> None:
    fills = [chip(number).fill for number in range(1, 200)]
    period = fills[1:].index(fills[0]) + 1
    assert period >= 5
    assert all(fill == fills[index % period] for index, fill in enumerate(fills))


def test_colours_are_what_a_page_understands() -> None:
    for number in range(1, 20):
        assert re.fullmatch(r"#[0-9A-F]{6}", chip(number).fill)
        assert re.fullmatch(r"#[0-9A-F]{6}", chip(number).ink)


@pytest.mark.parametrize("name", ThemeName)
def test_words_can_be_read_on_everything_they_lie_on(name: ThemeName) -> None:
    theme = tokens().themes[name]
    colours = theme.palette
    pairs = [(colours.text, colours.tint(tone)) for tone in Tone]
    pairs += [(colours.ink(tone), colours.tint(tone)) for tone in Tone]
    pairs += [
        (colours.text, ground) for ground in (colours.surface, colours.surface_raised, colours.selection)
    ]
    pairs += [(colours.text_muted, ground) for ground in (colours.surface, colours.surface_raised)]
    pairs += [(colours.accent_text, colours.accent), (colours.danger_text, colours.danger)]
    pairs += [(phase.on, phase.ink) for phase in theme.phases.values()]
    pairs += [(parse(each.ink), parse(each.fill)) for each in theme.chips]
    assert min(contrast(ink, ground) for ink, ground in pairs) >= LEAST_TEXT[name]


@pytest.mark.parametrize("name", ThemeName)
def test_lines_and_the_focus_ring_can_be_seen(name: ThemeName) -> None:
    colours = tokens().themes[name].palette
    for ground in (colours.surface, colours.surface_raised):
        assert contrast(colours.outline_strong, ground) >= 3
        assert contrast(colours.focus, ground) >= 3


@pytest.mark.parametrize("name", ThemeName)
def test_every_group_of_phases_has_its_colours(name: ThemeName) -> None:
    assert set(tokens().themes[name].phases) == {group.value for group in PhaseGroup}


def test_a_colour_that_is_missing_is_found_at_once(data: Any) -> None:
    del data["color"]["dark"]["accent-ink"]
    with pytest.raises(TokenInvalid, match="accent-ink"):
        read(data)


@pytest.mark.parametrize("wrong", ["#12345", "red", "rgba(300,0,0,1)", ""])
def test_a_colour_that_is_none_is_found_at_once(data: Any, wrong: str) -> None:
    data["color"]["light"]["surface"] = wrong
    with pytest.raises(TokenInvalid):
        read(data)


def test_opacity_is_kept() -> None:
    scrim = tokens().themes[ThemeName.LIGHT].overlay.scrim
    assert (scrim.alpha, scrim.css) == (0.76, "rgba(10, 15, 17, 0.76)")
