from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.virtual.skew import ClockSkew

HOUR_NS = 3_600_000_000_000

skews = st.builds(
    ClockSkew,
    offset_ns=st.integers(-12 * HOUR_NS, 12 * HOUR_NS),
    drift_ppm=st.floats(-80, 80, allow_nan=False),
    reference_ns=st.integers(0, 1000 * HOUR_NS),
)


def test_offset_holds_at_the_reference_and_drift_after_it() -> None:
    skew = ClockSkew(5 * HOUR_NS, 80.0, 1_000)
    assert skew.apply(1_000) == 5 * HOUR_NS + 1_000
    assert skew.apply(1_000 + 1_000_000_000) == 5 * HOUR_NS + 1_000 + 1_000_080_000


@given(skews, st.integers(0, 1000 * HOUR_NS))
def test_the_inverse_leads_back(skew: ClockSkew, real_ns: int) -> None:
    assert abs(skew.inverse(skew.apply(real_ns)) - real_ns) <= 2


@given(skews)
def test_it_travels_as_text(skew: ClockSkew) -> None:
    assert ClockSkew.parse(skew.serialise()) == skew
    assert skew.serialise().count(":") == 2


@pytest.mark.parametrize("text", ["", "1:2", "1:2:3:4", "x:0:0"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        ClockSkew.parse(text)


def test_the_page_script_carries_the_numbers() -> None:
    script = ClockSkew(-1_500_000, -80.0, 0).page_script()
    assert "offset = -1.5, drift = -8e-05;" in script
