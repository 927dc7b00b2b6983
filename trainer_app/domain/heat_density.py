"""Where the group looked, drawn soft: a look reaches as far as a person sees clearly around it.

The cells' sums become a density on a finer grid of the same panorama, each look spread over the sphere (so
that it is as wide at the ceiling as at the horizon), and lines of equal density run through that grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trainer_app.domain.heat_map import middle_of

FINE_COLUMNS, FINE_ROWS = 180, 90
"""Two degrees each."""

REACH_DEG = 7.0
"""Standard deviation of a look."""

LEVELS = (0.15, 0.45, 0.75)
"""Shares of the largest density at which lines run, so that the map reads without colour."""

_FARTHEST = 3.0
"""In standard deviations; beyond it a look adds nothing that could be seen."""

Point = tuple[float, float]
"""On the panorama: 0 to 1 from the left and from the top. Lines over the seam go a little beyond it."""

Segment = tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """Row by row from the top, each from the left edge; 1 is the largest density, 0 is nobody."""

    values: tuple[float, ...]

    def row(self, row: int) -> tuple[float, ...]:
        """A row of the grid, from the left edge."""
        return self.values[row * FINE_COLUMNS : (row + 1) * FINE_COLUMNS]

    def at(self, column: int, row: int) -> float:
        """The density at a point of the grid; columns go round."""
        return self.values[row * FINE_COLUMNS + column % FINE_COLUMNS]


def density_of(looks: Mapping[int, int]) -> Density | None:
    """Spread the looks at cells over the sphere; None of no looks."""
    if not looks:
        return None
    values = [0.0] * (FINE_COLUMNS * FINE_ROWS)
    for cell, count in looks.items():
        _spread(values, cell, count)
    largest = max(values)
    return Density(values=tuple(value / largest for value in values))


def lines_of(density: Density, level: float) -> Iterator[Segment]:
    """Draw the line on which the density has this value, in short pieces (marching squares)."""
    reached = [max(density.row(row)) > level for row in range(FINE_ROWS)]
    for row in range(FINE_ROWS - 1):
        if not (reached[row] or reached[row + 1]):
            continue
        for column in range(-1, FINE_COLUMNS):
            yield from _pieces(density, column, row, level)


# --- spreading -------------------------------------------------------------------------------------------


def _spread(values: list[float], cell: int, count: int) -> None:
    """Add one cell's looks, with the bell of the sphere (von Mises and Fisher's)."""
    middle = middle_of(cell)
    narrowness = 1.0 / math.radians(REACH_DEG) ** 2
    horizon = math.cos(math.radians(_FARTHEST * REACH_DEG))
    sin_here, cos_here = math.sin(math.radians(middle.pitch_deg)), math.cos(math.radians(middle.pitch_deg))
    first = (middle.yaw_deg + 180.0) * FINE_COLUMNS / 360.0 - 0.5
    for row in range(FINE_ROWS):
        pitch = math.radians(90.0 - (row + 0.5) * 180.0 / FINE_ROWS)
        up, out = sin_here * math.sin(pitch), cos_here * math.cos(pitch)
        for column in _columns_near(first, (horizon - up) / out):
            cosine = up + out * math.cos((column - first) * 2 * math.pi / FINE_COLUMNS)
            into = row * FINE_COLUMNS + column % FINE_COLUMNS
            values[into] += count * math.exp(narrowness * (cosine - 1.0))


def _columns_near(middle: float, least_cosine: float) -> range:
    """The columns whose angle to the middle one has at least this cosine, each once."""
    if least_cosine > 1.0:
        return range(0)
    half = math.acos(max(-1.0, least_cosine)) * FINE_COLUMNS / (2 * math.pi)
    first = math.ceil(middle - half)
    return range(first, min(math.floor(middle + half), first + FINE_COLUMNS - 1) + 1)


# --- lines -----------------------------------------------------------------------------------------------


def _pieces(density: Density, column: int, row: int, level: float) -> Iterator[Segment]:
    """The line's pieces between four points of the grid; two where it passes a saddle."""
    corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
    heights = [density.at(*corner) for corner in corners]
    if all(height > level for height in heights) or not any(height > level for height in heights):
        return
    crossed: list[Point] = []
    for side in range(4):
        one, other = heights[side], heights[(side + 1) % 4]
        if (one > level) != (other > level):
            share = (level - one) / (other - one)
            crossed.append(_between(corners[side], corners[(side + 1) % 4], share))
    if len(crossed) == 4 and (sum(heights) / 4 > level) != (heights[0] > level):
        # Over a saddle the lines go round the other two corners.
        crossed = [crossed[3], *crossed[:3]]
    for place in range(0, len(crossed), 2):
        yield crossed[place], crossed[place + 1]


def _between(one: tuple[int, int], other: tuple[int, int], share: float) -> Point:
    column = one[0] + (other[0] - one[0]) * share
    row = one[1] + (other[1] - one[1]) * share
    return (column + 0.5) / FINE_COLUMNS, (row + 0.5) / FINE_ROWS
