"""Drawings as lists of simple shapes, which a page of paper and a widget draw alike.

Units are those of the drawing itself, y grows downwards. Colours are names: the palette's, ``chip1`` … with
``chip1_text``, and ``display``, ``display_text``, ``display_accent`` for what a headset shows inside. Words
are keys of the catalogue, so that a drawing speaks every language.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from trainer_app.looks.colours import Colour, parse
from trainer_app.looks.tokens import Palette, ThemeColours, ThemeName, tokens

LINE = 3.0
"""Width of the outlines of things."""

Point = tuple[float, float]
Curve = tuple[float, float, float, float, float, float]
"""Two control points and the end of a cubic curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """How a shape is filled and outlined; None leaves it out."""

    fill: str | None = None
    line: str | None = "text"
    width: float = LINE
    dashed: bool = False


PLAIN = Paint(fill="surface_raised")
SOFT = Paint(fill="surface_sunken")
THIN = Paint(fill="surface_raised", line="outline_strong", width=2)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    paint: Paint = PLAIN


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse within a rectangle."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint = PLAIN


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through points and along curves; with a fill it is closed."""

    start: Point
    steps: tuple[Point | Curve, ...]
    paint: Paint = Paint()


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a box, in the middle of its height; lines wrap, and must have room.

    Attributes:
        key: Of the catalogue, or the very words where ``verbatim``.
        right: They end at the right edge of the box; else, where not ``centred``, they begin at the left.
        size: Height of the type in the drawing's units; no word of a drawing is smaller than it.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    size: float = 18.0
    colour: str = "text"
    bold: bool = False
    centred: bool = True
    verbatim: bool = False
    right: bool = False


Shape = Box | Oval | Trace | Words
Shapes = tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A whole picture.

    Attributes:
        about: Key of the words that say what is to be seen, for those who do not see it.
    """

    width: float
    height: float
    shapes: Shapes
    about: str


def moved(shapes: Iterable[Shape], dx: float, dy: float, scale: float = 1.0) -> Shapes:
    """Shapes at another place, larger or smaller; lines keep their width, as if one hand had drawn all."""
    return tuple(_moved(shape, dx, dy, scale) for shape in shapes)


def joined(*parts: Iterable[Shape]) -> Shapes:
    """Shapes one above the other, the first at the bottom."""
    return tuple(shape for part in parts for shape in part)


def colour_of(colours: ThemeColours, name: str) -> Colour:
    """The colour that a name means in a theme.

    Raises:
        KeyError: no such colour (a mistake in a drawing).
    """
    overlay = colours.overlay
    shown_inside = {
        "display": overlay.scrim_solid,
        "display_text": overlay.text,
        # Headsets ask on a dark ground, whatever theme the laptop has.
        "display_accent": tokens().themes[ThemeName.DARK].palette.accent_ink,
        "display_on_accent": overlay.dot_edge,
    }
    if name in shown_inside:
        return shown_inside[name]
    if name.startswith("chip"):
        number, _, part = name.removeprefix("chip").partition("_")
        chip = colours.chip(int(number))
        return parse(chip.ink if part else chip.fill)
    if name not in {each.name for each in dataclasses.fields(Palette)}:
        raise KeyError(name)
    colour: Colour = getattr(colours.palette, name)
    return colour


def _moved(shape: Shape, dx: float, dy: float, scale: float) -> Shape:
    if isinstance(shape, Trace):
        steps = tuple(_moved_step(step, dx, dy, scale) for step in shape.steps)
        start = (shape.start[0] * scale + dx, shape.start[1] * scale + dy)
        return dataclasses.replace(shape, start=start, steps=steps)
    x, y = shape.x * scale + dx, shape.y * scale + dy
    width, height = shape.width * scale, shape.height * scale
    placed = dataclasses.replace(shape, x=x, y=y, width=width, height=height)
    if isinstance(placed, Box):
        return dataclasses.replace(placed, radius=placed.radius * scale)
    if isinstance(placed, Words):
        return dataclasses.replace(placed, size=placed.size * scale)
    return placed


def _moved_step(step: Point | Curve, dx: float, dy: float, scale: float) -> Point | Curve:
    if len(step) == 2:
        return (step[0] * scale + dx, step[1] * scale + dy)
    x1, y1, x2, y2, x, y = step
    return (
        *(x1 * scale + dx, y1 * scale + dy),
        *(x2 * scale + dx, y2 * scale + dy),
        *(x * scale + dx, y * scale + dy),
    )
