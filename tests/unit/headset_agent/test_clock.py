"""A virtual headset's agent reads the clock that its headset was given."""

from __future__ import annotations

from time import perf_counter_ns

import pytest

from headset_agent.clock import SKEW_VARIABLE, make_clock
from headset_agent.virtual.skew import ClockSkew


def test_real_headset_has_the_machine_s_clock() -> None:
    before = perf_counter_ns()
    assert before <= make_clock({})() <= perf_counter_ns()


@pytest.mark.parametrize("drift_ppm", [-80.0, 0.0, 80.0])
def test_virtual_headset_has_a_clock_of_its_own(drift_ppm: float) -> None:
    skew = ClockSkew(
        offset_ns=5 * 3600 * 10**9, drift_ppm=drift_ppm, reference_ns=perf_counter_ns() - 3600 * 10**9
    )
    clock = make_clock({SKEW_VARIABLE: skew.serialise()})
    before, shown, after = perf_counter_ns(), clock(), perf_counter_ns()
    assert skew.apply(before) <= shown <= skew.apply(after)
