"""Percentiles of spreads that nobody has kept, held against those of all of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.spread import Distribution, Percentiles, SpreadLog

ALMOST = 1e-6


def distribution(values: list[float]) -> Distribution:
    made = Distribution()
    for value in values:
        made.add(value)
    return made


def test_percentiles_of_a_hundred() -> None:
    found = distribution([float(n) for n in range(100, 0, -1)]).percentiles()
    assert found is not None
    assert (found.p50, found.p95, found.p99, found.max) == pytest.approx((50.0, 95.0, 99.0, 100.0))


def test_percentiles_of_nothing_and_of_one() -> None:
    assert distribution([]).percentiles() is None
    assert distribution([0.004]).percentiles() == Percentiles(p50=0.0, p95=0.0, p99=0.0, max=0.004)
    assert distribution([0.006]).percentiles() == Percentiles(p50=0.006, p95=0.006, p99=0.006, max=0.006)


VALUES = st.lists(
    st.one_of(st.floats(0, 20), st.floats(99.9, 100.2), st.floats(0, 1e7)), min_size=1, max_size=300
)


@given(values=VALUES)
def test_percentiles_are_those_of_the_values_themselves(values: list[float]) -> None:
    found = distribution(values).percentiles()
    assert found is not None
    assert found.max == max(values)
    for share, value in ((0.5, found.p50), (0.95, found.p95), (0.99, found.p99)):
        exact = sorted(values)[math.ceil(round(share * len(values), 6)) - 1]
        assert abs(value - exact) <= max(0.005, exact * 0.0005) + ALMOST


@pytest.mark.parametrize("senseless", [math.inf, math.nan, 1e300])
def test_a_headset_that_tells_nonsense_spoils_one_value_only(senseless: float) -> None:
    found = distribution([1.0] * 99 + [senseless]).percentiles()
    assert found is not None
    assert found.p95 == pytest.approx(1.0)


def test_who_was_ahead_is_told_of_those_that_were_there() -> None:
    log = SpreadLog()
    log.note(0.0, {"a": 1.0, "b": 1.004})
    log.note(1.0, {"a": 2.0, "b": 2.002, "c": 2.001})
    over_time, late = log.over_time(), log.ahead("c")
    assert over_time is not None
    assert late is not None
    assert over_time.high_ms == (4.0, 2.0)
    assert late.high_ms == (None, 0.0)
    assert log.ahead("d") is None
