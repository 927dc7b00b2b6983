"""Cells and time bins, and what is read from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.gaze import direction_of, place_on_panorama
from trainer_app.domain.heat_map import COLUMNS, ROWS, HeatBin, HeatMap, HeatMoment, cell_of, middle_of
from trainer_app.domain.live_kit import Gaze

YAWS, PITCHES = st.floats(-180, 180, exclude_max=True), st.floats(-90, 90)


@given(YAWS, PITCHES)
def test_a_cell_lies_where_the_convention_puts_the_direction(yaw: float, pitch: float) -> None:
    direction = direction_of(yaw, pitch)
    assert direction is not None
    across, down = place_on_panorama(direction)
    row, column = divmod(cell_of(Gaze(yaw_deg=yaw, pitch_deg=pitch)), COLUMNS)
    assert column / COLUMNS - 1e-9 <= across <= (column + 1) / COLUMNS + 1e-9
    assert row / ROWS - 1e-9 <= down <= (row + 1) / ROWS + 1e-9


@given(st.integers(0, COLUMNS * ROWS - 1))
def test_the_middle_of_a_cell_lies_in_it(cell: int) -> None:
    assert cell_of(middle_of(cell)) == cell


@pytest.mark.parametrize(
    ("yaw", "pitch", "column", "row"),
    [(0, 0, 36, 18), (-180, 90, 0, 0), (179.9, -90, 71, 35), (90, 44.9, 54, 9), (-0.1, 0.1, 35, 17)],
)
def test_corners_and_centre(yaw: float, pitch: float, column: int, row: int) -> None:
    assert divmod(cell_of(Gaze(yaw_deg=yaw, pitch_deg=pitch)), COLUMNS) == (row, column)


HEAT = HeatMap(
    bins={
        1: HeatBin(headsets=3, looks={5: 4, 6: 1}),  # 2 to 4 s
        2: HeatBin(headsets=5, looks={5: 2}),
        9: HeatBin(headsets=4, looks={7: 9}),
    }
)


def test_a_stretch_of_the_film_is_the_sum_of_its_bins() -> None:
    assert HEAT.between(0.0, 7.0) == HeatMoment(from_s=0.0, to_s=7.0, fewest=3, most=5, looks={5: 6, 6: 1})
    assert HEAT.between(2.0, 4.0).looks == {5: 4, 6: 1}
    assert HEAT.between(3.9, 4.1).looks == {5: 6, 6: 1}


def test_where_nothing_is_kept_nothing_is_told() -> None:
    assert HEAT.between(6.0, 18.0) == HeatMoment(from_s=6.0, to_s=18.0)
    assert HeatMap().between(0.0, 60.0).looks == {}


def test_two_showings_of_a_film_lie_on_one_another() -> None:
    other = HeatMap(bins={2: HeatBin(headsets=3, looks={5: 1, 8: 1}), 3: HeatBin(headsets=3, looks={1: 1})})
    both = HeatMap.sum_of([HEAT, other])
    assert both.bins[2] == HeatBin(headsets=5, looks={5: 3, 8: 1})
    assert (both.bins[1], both.bins[3]) == (HEAT.bins[1], other.bins[3])
    # Neither of the two has changed.
    assert HEAT.bins[2].looks == {5: 2}


def test_a_showing_that_is_told_of_again_is_not_counted_twice() -> None:
    later = HeatMap(bins={2: HeatBin(headsets=5, looks={5: 2}), 3: HeatBin(headsets=3, looks={1: 1})})
    assert HEAT.replaced_by(later).bins == {**HEAT.bins, 3: later.bins[3]}
