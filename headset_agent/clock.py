"""The headset's monotonic clock, behind one port."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from time import perf_counter_ns

Clock = Callable[[], int]
"""Nanoseconds since an arbitrary moment, never going back."""

SKEW_VARIABLE = "SIMKOFFERT_CLOCK_SKEW"
"""``offset_ns:drift_ppm:reference_ns``; set by a virtual headset only, so that every one of them has a clock
of its own and code that assumes one clock for all must fail. ``@FILE``: the same stands in a file and may
change at any time."""

_LONGEST = 128
"""Bytes of such a file."""


def make_clock(environment: Mapping[str, str] = os.environ) -> Clock:
    """Return the machine's monotonic clock, or a virtual headset's skewed one."""
    skew = environment.get(SKEW_VARIABLE)
    if not skew:
        return perf_counter_ns
    return _steered(skew[1:]) if skew.startswith("@") else _skewed(*_parsed(skew))


def _parsed(skew: str) -> tuple[int, float, int]:
    """Offset, drift (ns per ns) and reference."""
    offset, drift_ppm, reference = skew.split(":")
    return int(offset), float(drift_ppm) * 1e-6, int(reference)


def _steered(file: str) -> Clock:
    # Open as long as the program runs: a clock that is asked a thousand times a second.
    opened = os.open(file, os.O_RDONLY)
    parsed = lru_cache(maxsize=1)(lambda written: _parsed(written.decode()))

    def now() -> int:
        offset_ns, drift, reference_ns = parsed(os.pread(opened, _LONGEST, 0))
        real = perf_counter_ns()
        return real + offset_ns + round((real - reference_ns) * drift)

    return now


def _skewed(offset_ns: int, drift: float, reference_ns: int) -> Clock:
    def now() -> int:
        real = perf_counter_ns()
        return real + offset_ns + round((real - reference_ns) * drift)

    return now
