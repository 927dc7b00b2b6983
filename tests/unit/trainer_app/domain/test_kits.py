"""Numbers of headsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.kits import lowest_free_number


@given(st.sets(st.integers(-3, 40)))
def test_the_lowest_free_number_is_free_and_none_below_it_is(taken: set[int]) -> None:
    number = lowest_free_number(taken)
    assert number >= 1
    assert number not in taken
    assert set(range(1, number)) <= taken
