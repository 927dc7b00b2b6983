"""Where labels over a line and marks on it go, so that none lies on another. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label wants to stand centred over ``centre``."""

    centre: float
    width: float


def placed(labels: Sequence[Wanted], total: float, gap: float) -> list[float | None]:
    """The left edge of each label within ``total``; None for one that collides with an earlier one."""
    taken: list[tuple[float, float]] = []
    lefts: list[float | None] = []
    for label in labels:
        left = min(max(0.0, label.centre - label.width / 2), max(0.0, total - label.width))
        right = left + label.width
        if label.width > total or any(left < end + gap and begin < right + gap for begin, end in taken):
            lefts.append(None)
        else:
            taken.append((left, right))
            lefts.append(left)
    return lefts


def spread(places: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """Marks at ``places``, in order, moved so that they lie ``gap`` apart and from ``first`` to ``last``.

    Where there is no room for all, they stay where they are, and lie on one another.
    """
    if gap * (len(places) - 1) > last - first:
        return [min(max(place, first), last) for place in places]
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        # Marks that touch are moved together, so that their middle stays where it was.
        while len(groups) > 1 and _end(groups[-2], gap, first, last) + gap > _begin(
            groups[-1], gap, first, last
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_begin(group, gap, first, last) + at * gap for group in groups for at in range(len(group))]


def _begin(group: Sequence[float], gap: float, first: float, last: float) -> float:
    length = gap * (len(group) - 1)
    return min(max(sum(group) / len(group) - length / 2, first), last - length)


def _end(group: Sequence[float], gap: float, first: float, last: float) -> float:
    return _begin(group, gap, first, last) + gap * (len(group) - 1)
