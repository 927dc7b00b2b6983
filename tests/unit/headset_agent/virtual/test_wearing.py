"""Made-up wearers: each looks somewhere else, all follow the film."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.gaze import direction_of
from headset_agent.virtual.wearing import looks_at


def test_every_wearer_looks_somewhere_else_and_moves() -> None:
    ways = {wearer: [looks_at(wearer, second) for second in (0.0, 5.0, 10.0)] for wearer in range(1, 6)}
    assert len({way[0].yaw_deg for way in ways.values()}) == 5
    assert all(len(set(way)) == 3 for way in ways.values())


def test_a_head_that_is_held_still_looks_at_the_film_s_centre() -> None:
    assert looks_at(0, 12.0) == direction_of(0, 0)


def test_most_wearers_look_at_what_goes_on() -> None:
    near = [abs(looks_at(wearer, 20.0).yaw_deg - 38.0) < 15 for wearer in range(1, 6)]
    assert sum(near) >= 3


@given(st.integers(1, 50), st.floats(0, 36_000))
def test_nobody_s_neck_breaks(wearer: int, position_s: float) -> None:
    here, next_to_it = looks_at(wearer, position_s), looks_at(wearer, position_s + 0.1)
    assert direction_of(here.yaw_deg, here.pitch_deg) is not None
    assert abs(here.yaw_deg - next_to_it.yaw_deg) < 60
