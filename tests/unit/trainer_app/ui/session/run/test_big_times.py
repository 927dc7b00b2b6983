"""The big times have the sizes of the design."""

from __future__ import annotations

import pytest

from trainer_app.ui.session.run.big_times import BigTimes, big_times


def test_the_film_has_the_sizes_of_the_design() -> None:
    assert big_times(1366, in_film=True) == BigTimes(column=375, ring=346, digits=104, session=84)
    assert big_times(1920, in_film=True) == BigTimes(column=499, ring=474, digits=150, session=112)


@pytest.mark.parametrize("in_film", [True, False])
@pytest.mark.parametrize("width", [1280, 1366, 1599, 1600, 1920, 2560])
def test_the_ring_fits_its_column_and_the_digits_are_read_from_the_chair(width: int, in_film: bool) -> None:
    times = big_times(width, in_film=in_film)
    assert times.ring <= times.column
    assert times.digits >= 104
