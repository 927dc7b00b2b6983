"""The colours of the heat map, from little to much, as they lie on a grey picture of the film."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.looks.colours import Colour

STEPS = 256

_MOST_OPAQUE = 0.82
"""Of the film something is always seen below."""

_CLEAR_BELOW, _STEEPNESS = 0.02, 1.7
"""Where hardly anybody looked the film is as it is; from there the shades set in."""


def ramp(scale: Sequence[Colour]) -> tuple[Colour, ...]:
    """Return the colours of all densities: clear where nobody looked, then denser and lighter."""
    return tuple(_over(colour_at(scale, step / (STEPS - 1)), step / (STEPS - 1)) for step in range(STEPS))


def colour_at(scale: Sequence[Colour], share: float) -> Colour:
    """Return the colour of a share (0 to 1) of the scale, without opacity."""
    place = max(0.0, min(1.0, share)) * (len(scale) - 1)
    before = min(int(place), len(scale) - 2)
    one, other, part = scale[before], scale[before + 1], place - before
    return Colour(
        _mixed(one.red, other.red, part),
        _mixed(one.green, other.green, part),
        _mixed(one.blue, other.blue, part),
    )


def _over(colour: Colour, share: float) -> Colour:
    opacity = min(_MOST_OPAQUE, max(0.0, share - _CLEAR_BELOW) * _STEEPNESS)
    return Colour(colour.red, colour.green, colour.blue, opacity)


def _mixed(one: int, other: int, part: float) -> int:
    return round(one + (other - one) * part)
