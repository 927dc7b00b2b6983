"""Directions lie where the film shows them, and never outside the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.ui.widgets.panorama import View


@pytest.mark.parametrize(
    ("yaw", "pitch", "place"),
    [
        (0, 0, (400, 200)),
        (90, 0, (600, 200)),
        (-90, 45, (200, 100)),
        (0, -90, (400, 400)),
        (270, 0, (200, 200)),
        (-450, 0, (200, 200)),
    ],
)
def test_directions(yaw: float, pitch: float, place: tuple[float, float]) -> None:
    assert View(width=800, height=400).place(yaw, pitch) == pytest.approx(place)


def test_a_flat_box_loses_the_poles_and_keeps_the_horizon() -> None:
    view = View(width=926, height=306)
    assert view.top < 0
    assert view.place(0, 0) == pytest.approx((463, 153))
    assert view.place(0, 90, 15) == pytest.approx((463, 15))


@given(st.floats(-1e4, 1e4), st.floats(-1e3, 1e3), st.floats(200, 2000), st.floats(100, 1500))
def test_every_direction_lies_inside(yaw: float, pitch: float, width: float, height: float) -> None:
    x, y = View(width=width, height=height).place(yaw, pitch, 15)
    assert 15 <= x <= width - 15
    assert 15 <= y <= height - 15
