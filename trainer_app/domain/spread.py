"""How far apart the headsets of a group were during a film; kept in the same space however long it lasts."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, log1p
from statistics import median

from trainer_app.domain.histories import History, HistoryLog

_FINE_MS = 0.01
_FINE_TO_MS = 100.0
_FINE_STEPS = round(_FINE_TO_MS / _FINE_MS)
_GROWTH = log1p(1e-3)
_FURTHEST_MS = 1e7
"""Almost three hours: no film is further from itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentiles:
    """Of the spread, milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float


class Distribution:
    """How often each spread was seen.

    Told apart in steps of 0.01 ms up to 100 ms, and of a thousandth above: 86 kB, from the first value on.

    Attributes:
        count: How many values there were.
    """

    def __init__(self) -> None:
        self.count = 0
        self._largest_ms = 0.0
        self._times = array("I", [0]) * (_step_of(_FURTHEST_MS) + 1)

    def add(self, value_ms: float) -> None:
        """Take one value in, no less than nil."""
        self.count += 1
        self._largest_ms = max(self._largest_ms, value_ms)
        self._times[_step_of(value_ms)] += 1

    def percentiles(self) -> Percentiles | None:
        """By nearest rank, each within half a step; the largest as it was. None of nothing."""
        if not self.count:
            return None
        until = list(accumulate(self._times))

        def rank(percent: int) -> float:
            value_ms = _value_of(bisect_left(until, -(-percent * self.count // 100)))
            return min(value_ms, self._largest_ms)

        return Percentiles(p50=rank(50), p95=rank(95), p99=rank(99), max=self._largest_ms)


def _step_of(value_ms: float) -> int:
    if value_ms < _FINE_TO_MS:
        return round(value_ms / _FINE_MS)
    value_ms = value_ms if value_ms < _FURTHEST_MS else _FURTHEST_MS  # also what is no number
    return _FINE_STEPS + round(log(value_ms / _FINE_TO_MS) / _GROWTH)


def _value_of(step: int) -> float:
    if step < _FINE_STEPS:
        return step * _FINE_MS
    return _FINE_TO_MS * exp((step - _FINE_STEPS) * _GROWTH)


class SpreadLog:
    """What is kept of the instants of a playback: about 5 kB for each headset, and 90 kB for all.

    Attributes:
        distribution: Of the spread at all instants.
    """

    def __init__(self) -> None:
        self.distribution = Distribution()
        self._over_time = HistoryLog()
        self._ahead: dict[str, HistoryLog] = {}

    def note(self, at_s: float, positions_s: Mapping[str, float]) -> None:
        """At an instant, seconds from the start, they were there, by serial: two of them at least."""
        spread_ms = (max(positions_s.values()) - min(positions_s.values())) * 1e3
        self.distribution.add(spread_ms)
        self._over_time.note(at_s, spread_ms)
        middle_s = median(positions_s.values())
        for serial, position_s in positions_s.items():
            if serial not in self._ahead:
                self._ahead[serial] = HistoryLog()
            self._ahead[serial].note(at_s, (position_s - middle_s) * 1e3)

    def over_time(self) -> History | None:
        """The spread; None: there were no instants."""
        return self._over_time.history()

    def ahead(self, serial: str) -> History | None:
        """How far one was from the middle of those that played at each instant; None: it was alone."""
        log_of_one = self._ahead.get(serial)
        return None if log_of_one is None else log_of_one.history()
