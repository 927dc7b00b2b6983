"""The straight line between two clouds of facts about a clock's offset: below one, above the other.

Packets are late by chance and never early, so only those that were hardly late say much, in each direction
for itself. For a given drift the line that keeps the same distance from the lowest upper and the highest
lower fact is the best there is; the likeliest drift is the one that leaves the most room between the two,
weighed against what quartz does as a rule. Where lateness falls off exponentially that is a maximum a
posteriori fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_STEPS = 24
_GOLDEN = (5**0.5 - 1) / 2


class Fact(NamedTuple):
    """The offset was at most, or at least, so much at a local instant; nanoseconds."""

    at_ns: int
    offset_ns: int


_Point = tuple[int, int]
"""When, and how much; relative to an origin."""


@dataclass(frozen=True, slots=True)
class Line:
    """An offset that grows evenly: ``offset_ns`` at ``at_ns``, ``drift`` nanoseconds per nanosecond."""

    at_ns: int
    offset_ns: float
    drift: float

    def at(self, at_ns: int) -> float:
        """The offset at an instant."""
        return self.offset_ns + self.drift * (at_ns - self.at_ns)


def line_between(most: Sequence[Fact], least: Sequence[Fact], drift: float) -> Line:
    """The line of that drift that keeps the same distance from both clouds; none is empty."""
    origin = most[-1]
    above, below = _points(most, least, origin)
    middle = (_lowest(above, drift) - _lowest(below, -drift)) / 2
    return Line(origin.at_ns, origin.offset_ns + middle, drift)


def drift_between(
    most: Sequence[Fact],
    least: Sequence[Fact],
    *,
    usual_drift: float,
    max_drift: float,
    least_noise_ns: float,
) -> float:
    """The likeliest drift of a line below all facts of ``most`` and above all of ``least``.

    Args:
        most: Upper facts, at least one.
        least: Lower facts, at least one.
        usual_drift: What is expected of two clocks, one standard deviation.
        max_drift: No line is steeper.
        least_noise_ns: What a packet is late by, at the least, on the average.
    """
    above, below = _points(most, least, most[-1])
    worth = len(above) / max(lateness(most, least), least_noise_ns)
    upper, lower = _hull(above), _hull(below)

    def likelihood(drift: float) -> float:
        room = _lowest(upper, drift) + _lowest(lower, -drift)
        return worth * room - (drift / usual_drift) ** 2 / 2

    return _highest(likelihood, max_drift) if len(above) > 1 else 0.0


def _points(most: Sequence[Fact], least: Sequence[Fact], origin: Fact) -> tuple[list[_Point], list[_Point]]:
    """Both clouds around an origin; the lower one upside down, so that a line stays below both."""
    # Clocks differ by hours: differences keep every digit.
    at, offset = origin
    return [(x - at, y - offset) for x, y in most], [(x - at, offset - y) for x, y in least]


def lateness(most: Sequence[Fact], least: Sequence[Fact]) -> float:
    """What the packets were late by on the average that these facts are of, drift left aside; nanoseconds."""
    highest, lowest = [offset_ns for _, offset_ns in most], [offset_ns for _, offset_ns in least]
    late = (sum(highest) - len(highest) * min(highest)) / len(highest)
    return (late + (len(lowest) * max(lowest) - sum(lowest)) / len(lowest)) / 2


def _lowest(points: Sequence[_Point], drift: float) -> float:
    return min([y - drift * x for x, y in points])


def _hull(points: Sequence[_Point]) -> list[_Point]:
    """The points that some line touches from below."""
    hull: list[_Point] = []
    for point in sorted(points):
        while len(hull) > 1 and _turns_up_less(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return hull


def _turns_up_less(a: _Point, b: _Point, c: _Point) -> bool:
    """``b`` lies on or above the straight way from ``a`` to ``c``."""
    return (b[1] - a[1]) * (c[0] - a[0]) >= (c[1] - a[1]) * (b[0] - a[0])


def _highest(likelihood: Callable[[float], float], limit: float) -> float:
    """Where a function with one hill is highest, by golden sections."""
    low, high = -limit, limit
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = likelihood(left), likelihood(right)
    for _ in range(_STEPS):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = likelihood(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = likelihood(left)
    return (low + high) / 2
