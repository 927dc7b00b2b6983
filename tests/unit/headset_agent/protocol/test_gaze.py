"""Where a wearer looks: the convention that page, agent and laptop share."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.gaze import (
    HeadDirection,
    direction_along,
    direction_of,
    place_on_panorama,
    vector_of,
)
from tests import vectors

YAWS = st.floats(-180, 180, exclude_max=True)
PITCHES = st.floats(-90, 90)
BELOW_THE_POLES = st.floats(-89, 89)


def a_direction(yaw_deg: float, pitch_deg: float) -> HeadDirection:
    found = direction_of(yaw_deg, pitch_deg)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("vector", "yaw", "pitch", "place"),
    [
        ((0, 0, -1), 0, 0, (0.5, 0.5)),  # straight ahead: the film's centre
        ((1, 0, 0), 90, 0, (0.75, 0.5)),  # to the right
        ((-1, 0, 0), -90, 0, (0.25, 0.5)),
        ((0, 1, -1), 0, 45, (0.5, 0.25)),  # up
        ((0, -1, -1), 0, -45, (0.5, 0.75)),
        ((1, 0, 1), 135, 0, (0.875, 0.5)),  # over the right shoulder
    ],
)
def test_the_axes_point_where_the_convention_says(
    vector: tuple[float, float, float], yaw: float, pitch: float, place: tuple[float, float]
) -> None:
    found = direction_along(*vector)
    assert found is not None
    assert (found.yaw_deg, found.pitch_deg) == pytest.approx((yaw, pitch))
    assert place_on_panorama(found) == pytest.approx(place)


@given(YAWS, PITCHES)
def test_a_direction_is_its_vector_s(yaw: float, pitch: float) -> None:
    direction = a_direction(yaw, pitch)
    vector = vector_of(direction)
    assert math.hypot(*vector) == pytest.approx(1)
    again = direction_along(*vector)
    assert again is not None
    # Near the poles a yaw means little: what counts is that it is the same direction.
    assert vector_of(again) == pytest.approx(vector, abs=1e-7)


@given(YAWS, BELOW_THE_POLES, st.floats(0.01, 1000))
def test_the_length_of_a_vector_does_not_matter(yaw: float, pitch: float, length: float) -> None:
    x, y, z = vector_of(a_direction(yaw, pitch))
    found = direction_along(x * length, y * length, z * length)
    assert found is not None
    assert found.pitch_deg == pytest.approx(pitch, abs=1e-6)
    assert math.remainder(found.yaw_deg - yaw, 360) == pytest.approx(0, abs=1e-6)


@given(st.floats(-1e6, 1e6), PITCHES, st.integers(-3, 3))
def test_whole_turns_change_nothing_and_all_is_in_range(yaw: float, pitch: float, turns: int) -> None:
    one, other = a_direction(yaw, pitch), a_direction(yaw + 360 * turns, pitch)
    assert -180 <= one.yaw_deg < 180
    assert -90 <= one.pitch_deg <= 90
    assert math.remainder(one.yaw_deg - other.yaw_deg, 360) == pytest.approx(0, abs=1e-6)


@given(YAWS, PITCHES)
def test_every_direction_has_its_place_on_the_panorama(yaw: float, pitch: float) -> None:
    across, down = place_on_panorama(a_direction(yaw, pitch))
    assert 0 <= across < 1
    assert 0 <= down <= 1


@given(YAWS, BELOW_THE_POLES, st.floats(0.5, 20))
def test_right_is_right_and_up_is_up(yaw: float, pitch: float, by: float) -> None:
    here, turned = place_on_panorama(a_direction(yaw, 0)), place_on_panorama(a_direction(yaw + by, 0))
    assert (turned[0] - here[0]) % 1 == pytest.approx(by / 360)
    raised = min(90.0, pitch + by)
    assert place_on_panorama(a_direction(0, raised))[1] < place_on_panorama(a_direction(0, pitch))[1]


@pytest.mark.parametrize(
    ("yaw", "pitch"), [(math.nan, 0), (0, math.inf), (-math.inf, 0), (0, 91), (0, -120), (1e308 * 10, 0)]
)
def test_what_is_no_direction_is_none(yaw: float, pitch: float) -> None:
    assert direction_of(yaw, pitch) is None


@pytest.mark.parametrize("vector", [(0, 0, 0), (math.nan, 0, -1), (math.inf, 0, 0)])
def test_a_vector_without_a_direction_has_none(vector: tuple[float, float, float]) -> None:
    assert direction_along(*vector) is None


def test_the_golden_vectors_of_the_page_are_the_convention_s() -> None:
    cases = json.loads((Path(vectors.__file__).parent / "gaze.json").read_text(encoding="utf-8"))["vectors"]
    for case in cases:
        found = direction_along(*case["vector"])
        assert found is not None
        told = a_direction(round(found.yaw_deg, 1), round(found.pitch_deg, 1))
        assert told.pitch_deg == case["pitch_deg"]
        assert case["yaw_deg"] in (None, told.yaw_deg)


def test_rounding_may_pass_a_pole_by_a_hair() -> None:
    assert a_direction(0, 90.04) == HeadDirection(yaw_deg=0, pitch_deg=90)
