"""A theme at a text size: what a widget asks for when it draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from trainer_app.looks.tokens import Palette, ThemeColours, ThemeName, TypeStyle, tokens

SMALLEST_SCALE = 1.0
LARGEST_SCALE = 2.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme, and sizes multiplied by the text scale.

    Attributes:
        scale: 1.0 to 2.0; multiplies type, row heights and paddings.
    """

    name: ThemeName = ThemeName.LIGHT
    scale: float = 1.0

    def __post_init__(self) -> None:
        if not SMALLEST_SCALE <= self.scale <= LARGEST_SCALE:
            raise ValueError(f"text scale {self.scale} is not from {SMALLEST_SCALE} to {LARGEST_SCALE}")

    @property
    def colours(self) -> ThemeColours:
        """All colours."""
        return tokens().themes[self.name]

    @property
    def palette(self) -> Palette:
        """The plain colours."""
        return self.colours.palette

    def px(self, pixels: float) -> int:
        """Pixels at this text size."""
        return round(pixels * self.scale)

    def style(self, name: str) -> TypeStyle:
        """A style of type at this text size."""
        style = tokens().styles[name]
        return TypeStyle(size=self.px(style.size), weight=style.weight, line=self.px(style.line))

    def size(self, name: str) -> int:
        """A size of controls and rows at this text size."""
        return self.px(tokens().sizes[name])

    def space(self, step: int) -> int:
        """A step of the spacing scale (0, 4, 8, 12, 16, 24, 32, 48) at this text size."""
        return self.px(tokens().spaces[step])

    def icon(self, name: str) -> int:
        """A size of icons at this text size."""
        return self.px(tokens().icons[name])

    def radius(self, name: str) -> int:
        """A corner; corners do not grow with the text."""
        return tokens().radii[name]

    def stroke(self, name: str) -> int:
        """A line; lines do not grow with the text."""
        return tokens().strokes[name]


def palette_names() -> Iterator[str]:
    """The names of all plain colours, as the style sheet writes them."""
    for each in fields(Palette):
        yield each.name
