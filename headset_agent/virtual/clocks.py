"""Clocks that differ, one for each headset of a kit."""

from __future__ import annotations

import random
from time import perf_counter_ns

from headset_agent.virtual.skew import ClockSkew

MAX_DRIFT_PPM = 80.0
"""About the worst quartz of a headset, in either direction."""

MAX_OFFSET_H = 12.0
_NS_PER_HOUR = 3_600_000_000_000


def skew_of(number: int) -> ClockSkew:
    """Return the clock of headset ``number``: hours ahead, up to +-80 ppm; the same in every run."""
    chance = random.Random(f"clock of headset {number}")
    # Ahead, never behind: a monotonic clock that counts from a start is nowhere negative.
    offset_h = chance.uniform(1.0, MAX_OFFSET_H)
    drift_ppm = round(chance.uniform(-MAX_DRIFT_PPM, MAX_DRIFT_PPM), 3)
    return ClockSkew(round(offset_h * _NS_PER_HOUR), drift_ppm, perf_counter_ns())
