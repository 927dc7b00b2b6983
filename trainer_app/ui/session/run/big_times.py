"""How large the big times are: they follow the window, not the text. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

WIDE = 1600
"""From this width of the window the big times grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BigTimes:
    """Sizes in pixels.

    Attributes:
        column: Width of the left column.
        ring: Its diameter where there is room for it.
        digits: Of the phase, in a ring of that diameter.
        session: Digits of the session's minutes.
    """

    column: int
    ring: int
    digits: int
    session: int


_FILM = BigTimes(column=375, ring=346, digits=104, session=84)

_ELSE = BigTimes(column=346, ring=342, digits=104, session=72)
"""The ring is as small as digits of 75 pixels' height allow when the phase has more than ten minutes."""


def big_times(width: int, *, in_film: bool) -> BigTimes:
    """Return the sizes for a window of this width."""
    if width < WIDE:
        return _FILM if in_film else _ELSE
    if in_film:
        return BigTimes(
            column=round(0.26 * width),
            ring=round(0.247 * width),
            digits=max(150, round(0.078 * width)),
            session=max(112, round(0.058 * width)),
        )
    return BigTimes(
        column=round(0.2225 * width),
        ring=round(0.213 * width),
        digits=max(_ELSE.digits, round(0.064 * width)),
        session=max(96, round(0.05 * width)),
    )
