"""Headsets are asked about themselves one after the other, however many there are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.services.live.rota import Rota

PERIOD_S = 5.0


@pytest.mark.parametrize("count", [2, 5, 13, 50])
def test_moments_lie_evenly_in_the_period(count: int) -> None:
    rota = Rota()
    seats = [rota.take() for _ in range(count)]
    moments = sorted((1000.0 + rota.wait_s(seat, PERIOD_S, 1000.0)) % PERIOD_S for seat in seats)
    apart = [(after - before) % PERIOD_S for before, after in pairwise([*moments, moments[0]])]
    even_s = PERIOD_S / count
    assert min(apart) > 0.35 * even_s
    assert max(apart) < 2 * even_s


@given(
    seat=st.integers(0, 60),
    now_s=st.floats(0, 1e6),
    took_s=st.floats(0, 3.9),
    period_s=st.sampled_from([5.0, 10.0]),
)
def test_an_answer_that_took_long_moves_no_moment(
    seat: int, now_s: float, took_s: float, period_s: float
) -> None:
    moment_s = now_s + Rota.wait_s(seat, period_s, now_s)
    answered_s = moment_s + took_s
    assert answered_s + Rota.wait_s(seat, period_s, answered_s) == pytest.approx(
        moment_s + period_s, abs=1e-6
    )


@given(seat=st.integers(0, 60), now_s=st.floats(0, 1e6))
def test_nobody_waits_much_longer_than_a_period_or_is_asked_again_at_once(seat: int, now_s: float) -> None:
    assert 0.2 * PERIOD_S <= Rota.wait_s(seat, PERIOD_S, now_s) <= 1.2 * PERIOD_S


def test_seat_that_was_left_is_taken_again_before_a_new_one() -> None:
    rota = Rota()
    seats = [rota.take() for _ in range(3)]
    rota.leave(seats[1])
    assert rota.take() == seats[1]
    assert rota.take() not in seats
