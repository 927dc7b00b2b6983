"""The emulated air: as bad as it is told to be, and no worse."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.rig.air import BAD_WIFI, Air, Weather

STEP_S = 0.004


def delays_ms(weather: Weather, seed: int, count: int = 20_000) -> list[float]:
    """What packets take that were sent every 4 ms; without the lost ones."""
    air = Air(random.Random(seed))
    air.weather = weather
    arrivals = [(n * STEP_S, air.arrival(n * STEP_S)) for n in range(count)]
    return [(at_s - sent_s) * 1e3 for sent_s, at_s in arrivals if at_s is not None]


def test_the_delay_is_spread_evenly_between_its_bounds() -> None:
    taken = sorted(delays_ms(BAD_WIFI, 1))
    assert 10.0 <= taken[0] < 10.5
    assert 29.5 < taken[-1] <= 30.0 + 1e-9
    for share in (0.25, 0.5, 0.75):
        assert abs(taken[int(share * len(taken))] - (10 + 20 * share)) < 2.0


@given(seed=st.integers(0, 1000), gaps=st.lists(st.floats(0.0, 5.0), min_size=2, max_size=200))
def test_no_packet_overtakes_another(seed: int, gaps: list[float]) -> None:
    air = Air(random.Random(seed))
    air.weather = Weather(delay_ms=20.0, jitter_ms=10.0)
    now_s, arrivals = 0.0, []
    for gap in gaps:
        now_s += gap
        arrivals.append(air.arrival(now_s))
    assert all(a is not None and b is not None and a <= b for a, b in pairwise(arrivals))


def test_one_of_a_hundred_is_lost_and_counted() -> None:
    air = Air(random.Random(3))
    air.weather = BAD_WIFI
    arrived = sum(air.arrival(n * STEP_S) is not None for n in range(20_000))
    assert 150 <= 20_000 - arrived <= 250
    assert (air.count.carried, air.count.lost) == (arrived, 20_000 - arrived)


def test_packets_overtake_one_another_where_that_is_wanted() -> None:
    taken = delays_ms(Weather(delay_ms=20.0, jitter_ms=10.0, reorders=True), 4, count=200)
    assert any(after + STEP_S * 1e3 < before for before, after in pairwise(taken))


def test_a_cut_link_carries_nothing() -> None:
    air = Air(random.Random(5))
    air.cut = True
    assert air.arrival(1.0) is None
    air.cut = False
    assert air.arrival(2.0) == 2.0
