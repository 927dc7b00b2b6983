"""A colour of the tokens, and how two of them contrast."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")
_RGBA = re.compile(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([01](?:\.\d+)?)\)")


class TokenInvalid(ValueError):
    """tokens.json holds something that is no token (a bug of ours, never shown to people)."""


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255, opacity from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """``#RRGGBB``, without the opacity."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def css(self) -> str:
        """As style sheets write it."""
        if self.alpha == 1.0:
            return self.hex
        return f"rgba({self.red}, {self.green}, {self.blue}, {self.alpha:g})"

    @property
    def luminance(self) -> float:
        """Relative luminance of WCAG 2, 0 (black) to 1 (white)."""
        red, green, blue = (_linear(channel / 255) for channel in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parse(text: str) -> Colour:
    """Read ``#RRGGBB`` or ``rgba(r, g, b, a)``.

    Raises:
        TokenInvalid: it is neither.
    """
    if match := _HEX.fullmatch(text):
        red, green, blue = (int(part, 16) for part in match.groups())
        return Colour(red, green, blue)
    if match := _RGBA.fullmatch(text):
        red, green, blue = (int(part) for part in match.groups()[:3])
        if max(red, green, blue) <= 255:
            return Colour(red, green, blue, float(match.group(4)))
    raise TokenInvalid(f"no colour: {text!r}")


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio of WCAG 2, 1 to 21, of two opaque colours."""
    lighter, darker = sorted((first.luminance, second.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)
