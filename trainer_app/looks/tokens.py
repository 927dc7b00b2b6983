"""The design tokens of tokens.json as typed values: colours of a theme, type styles, sizes, chips.

Read once and checked as a whole: a colour that is missing or misspelt is found at the first start, not when
the one widget that needs it is painted. Nothing here knows Qt; the player page and the reports use it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from trainer_app.looks.colours import Colour, TokenInvalid, parse

_T = TypeVar("_T")


class ThemeName(Enum):
    """The three themes. The values are those of tokens.json."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Tone(Enum):
    """What a state means: it colours icon, band and outline, and never stands without a word."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    ATTENTION = "attention"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Chip:
    """A headset's number chip: fill and text colour, ``#RRGGBB``."""

    fill: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseColours:
    """Colours of a group of phases: ``on`` lies on ``ink``."""

    ink: Colour
    on: Colour
    tint: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayColours:
    """What lies on a film frame."""

    scrim: Colour
    scrim_solid: Colour
    text: Colour
    text_muted: Colour
    dot_ring: Colour
    dot_edge: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The plain colours of a theme. ``x`` is a fill, ``x_text`` lies on it, ``x_ink`` is text or icon."""

    surface: Colour
    surface_raised: Colour
    surface_sunken: Colour
    surface_hover: Colour
    surface_selected: Colour
    surface_inverse: Colour
    outline: Colour
    outline_strong: Colour
    text: Colour
    text_muted: Colour
    text_disabled: Colour
    text_inverse: Colour
    accent: Colour
    accent_hover: Colour
    accent_pressed: Colour
    accent_text: Colour
    accent_ink: Colour
    accent_tint: Colour
    ok: Colour
    ok_text: Colour
    ok_ink: Colour
    ok_tint: Colour
    attention: Colour
    attention_text: Colour
    attention_ink: Colour
    attention_tint: Colour
    danger: Colour
    danger_hover: Colour
    danger_text: Colour
    danger_ink: Colour
    danger_tint: Colour
    focus: Colour
    selection: Colour

    def ink(self, tone: Tone) -> Colour:
        """The colour of icon and outline in this tone."""
        return {
            Tone.NEUTRAL: self.text,
            Tone.ACCENT: self.accent_ink,
            Tone.OK: self.ok_ink,
            Tone.ATTENTION: self.attention_ink,
            Tone.DANGER: self.danger_ink,
        }[tone]

    def tint(self, tone: Tone) -> Colour:
        """The background in this tone."""
        return {
            Tone.NEUTRAL: self.surface_sunken,
            Tone.ACCENT: self.accent_tint,
            Tone.OK: self.ok_tint,
            Tone.ATTENTION: self.attention_tint,
            Tone.DANGER: self.danger_tint,
        }[tone]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeStyle:
    """A style of type, in pixels at 100 % text size."""

    size: int
    weight: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeColours:
    """All colours of one theme.

    Attributes:
        chips: Of the headsets 1, 2, ...; they begin again after the last.
        phases: By the value of the phase group.
        heat: The heat map's scale from little to much.
    """

    palette: Palette
    chips: tuple[Chip, ...]
    chip_edge: Colour
    phases: Mapping[str, PhaseColours]
    overlay: OverlayColours
    heat: tuple[Colour, ...]

    def chip(self, number: int) -> Chip:
        """The chip of the headset with this number."""
        return self.chips[(number - 1) % len(self.chips)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """All of tokens.json that a program needs; sizes in pixels at 100 % text size."""

    themes: Mapping[ThemeName, ThemeColours]
    families: tuple[str, ...]
    styles: Mapping[str, TypeStyle]
    spaces: tuple[int, ...]
    radii: Mapping[str, int]
    strokes: Mapping[str, int]
    icons: Mapping[str, int]
    sizes: Mapping[str, int]
    durations_ms: Mapping[str, int]
    breakpoints: Mapping[str, int]


def chip(number: int) -> Chip:
    """The chip of the headset with this number in the light theme."""
    return tokens().themes[ThemeName.LIGHT].chip(number)


@cache
def tokens() -> Tokens:
    """Read tokens.json.

    Raises:
        TokenInvalid: a value is missing or of another kind than it must be (a bug).
    """
    text = files("trainer_app.looks").joinpath("tokens.json").read_text(encoding="utf-8")
    return read(json.loads(text))


def read(data: Mapping[str, Any]) -> Tokens:
    """Check the content of tokens.json and give it types.

    Raises:
        TokenInvalid: a value is missing or of another kind than it must be.
    """
    try:
        return _read(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise TokenInvalid(f"tokens.json: {type(error).__name__} {error}") from error


def _read(data: Mapping[str, Any]) -> Tokens:
    return Tokens(
        themes=MappingProxyType({name: _theme(data["color"][name.value]) for name in ThemeName}),
        families=tuple(str(family) for family in data["type"]["families"]),
        styles=MappingProxyType({name: _style(style) for name, style in data["type"]["styles"].items()}),
        spaces=tuple(_pixels(data["space"]).values()),
        radii=_pixels(data["radius"]),
        strokes=_pixels(data["stroke"]),
        icons=_pixels(data["icon"]),
        sizes=_pixels(data["size"]),
        durations_ms=_pixels(data["motion"]),
        breakpoints=_pixels(data["breakpoint"]),
    )


def _theme(data: Mapping[str, Any]) -> ThemeColours:
    headsets = data["headset"]
    numbers = sorted(int(name) for name in headsets if name.isdigit())
    chips = [headsets[str(number)] for number in numbers]
    return ThemeColours(
        palette=_colours(Palette, data),
        chips=tuple(Chip(parse(each["fill"]).hex, parse(each["text"]).hex) for each in chips),
        chip_edge=parse(headsets["edge"]),
        phases=MappingProxyType(
            {group: _colours(PhaseColours, colours) for group, colours in data["phase"].items()}
        ),
        overlay=_colours(OverlayColours, data["media-overlay"]),
        heat=tuple(parse(colour) for colour in data["heat-map"]),
    )


def _colours(kind: type[_T], data: Mapping[str, Any]) -> _T:
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]  # only dataclasses come here
    return kind(**{name: parse(data[name.replace("_", "-")]) for name in names})


def _style(data: Mapping[str, Any]) -> TypeStyle:
    return TypeStyle(size=int(data["size"]), weight=int(data["weight"]), line=int(data["line"]))


def _pixels(data: Mapping[str, Any]) -> Mapping[str, int]:
    return MappingProxyType({name: value for name, value in data.items() if isinstance(value, int)})
