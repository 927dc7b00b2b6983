"""Where labels over a line go, so that none lies on another. Knows no Qt."""

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
