"""How values went through a playback, small enough to be kept with it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MOST_STEPS = 300
"""Of one history: more cannot be told apart in a chart, and would be a burden to the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The smallest and the largest value in each step of a playback, milliseconds; None: nothing is known.

    Attributes:
        step_s: Whole seconds; step *n* begins ``n * step_s`` after the start.
    """

    step_s: int
    low_ms: tuple[float | None, ...]
    high_ms: tuple[float | None, ...]

    @property
    def length_s(self) -> int:
        """From the start to the end of the last step, seconds."""
        return self.step_s * len(self.high_ms)

    @property
    def largest_ms(self) -> float | None:
        """The value that is furthest from nil, without its sign; None: nothing is known."""
        known = [abs(value) for value in (*self.low_ms, *self.high_ms) if value is not None]
        return max(known, default=None)


def history_of(points: Iterable[tuple[float, float]]) -> History | None:
    """Gather values (seconds from the start, milliseconds) in steps; None where there are none.

    What was before the start is left out.
    """
    known = [(at_s, value) for at_s, value in points if at_s >= 0]
    if not known:
        return None
    seconds = math.floor(max(at_s for at_s, _ in known)) + 1
    step_s = math.ceil(seconds / MOST_STEPS)
    steps: list[list[float]] = [[] for _ in range(math.ceil(seconds / step_s))]
    for at_s, value in known:
        steps[math.floor(at_s / step_s)].append(value)
    return History(
        step_s=step_s,
        low_ms=tuple(round(min(step), 1) if step else None for step in steps),
        high_ms=tuple(round(max(step), 1) if step else None for step in steps),
    )
