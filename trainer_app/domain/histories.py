"""How values went through a playback, small enough to be kept with it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

MOST_STEPS = 300
"""Of one history: more cannot be told apart in a chart, and would be a burden to the database. Even."""


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


class HistoryLog:
    """A history while it goes on: its steps get longer with the film, so it needs the same space throughout.

    A step is one second, or two, four, eight and so on: two of them are one of the next length.
    """

    def __init__(self) -> None:
        self._step_s = 1
        self._known = 0
        self._low_ms = array("d", [math.inf]) * MOST_STEPS
        self._high_ms = array("d", [-math.inf]) * MOST_STEPS

    def note(self, at_s: float, value_ms: float) -> None:
        """There was a value, seconds from the start; what was before the start is left out."""
        if at_s < 0:
            return
        while (step := math.floor(at_s / self._step_s)) >= MOST_STEPS:
            self._widen()
        self._known = max(self._known, step + 1)
        self._low_ms[step] = min(self._low_ms[step], value_ms)
        self._high_ms[step] = max(self._high_ms[step], value_ms)

    def history(self) -> History | None:
        """What is known by now; None: nothing."""
        if not self._known:
            return None
        return History(
            step_s=self._step_s,
            low_ms=tuple(_rounded(value) for value in self._low_ms[: self._known]),
            high_ms=tuple(_rounded(value) for value in self._high_ms[: self._known]),
        )

    def _widen(self) -> None:
        low, high, half = self._low_ms, self._high_ms, MOST_STEPS // 2
        low[:half] = array("d", map(min, low[::2], low[1::2]))
        high[:half] = array("d", map(max, high[::2], high[1::2]))
        low[half:] = array("d", [math.inf]) * half
        high[half:] = array("d", [-math.inf]) * half
        self._step_s, self._known = 2 * self._step_s, -(-self._known // 2)


def _rounded(value_ms: float) -> float | None:
    return None if math.isinf(value_ms) else round(value_ms, 1)


def history_of(points: Iterable[tuple[float, float]]) -> History | None:
    """Gather values (seconds from the start, milliseconds) in steps; None where there are none."""
    gathered = HistoryLog()
    for at_s, value_ms in points:
        gathered.note(at_s, value_ms)
    return gathered.history()
