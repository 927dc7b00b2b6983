"""Scripted heads, and the map of the whole group that is left of them."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.head_movements import Script, bins_of, expected, only, seconds, still, turning
from trainer_app.domain.heat_encoding import encoded
from trainer_app.domain.heat_gathering import HeatGathering
from trainer_app.domain.heat_map import HeatMap
from trainer_app.domain.live_kit import Gaze

LENGTH_S = 24.0

GROUP: Mapping[str, Script] = {
    "S1": still(-24, 3),
    "S2": turning(-60, 7.5, 12),
    "S3": only(turning(100, 20.0, -31), 3.0, 15.1),
    "S4": only(still(62, 80), 9.0, 20.0),
    "S5": turning(170, -3.3),
}


def gathered(scripts: Mapping[str, Script], length_s: float = LENGTH_S, seed: int | None = None) -> HeatMap:
    """Let everybody report ten times a second, in the order of their names or in none."""
    gathering, dice = HeatGathering(), random.Random(seed)
    for second in seconds(length_s):
        order = list(scripts)
        if seed is not None:
            dice.shuffle(order)
        for who in order:
            gaze = scripts[who](second)
            if gaze is not None:
                gathering.look(who, second, gaze)
        gathering.group_is_at(second)
    gathering.end()
    return gathering.kept()


def test_the_map_is_what_an_independent_count_gives() -> None:
    found = bins_of(gathered(GROUP))
    assert found == expected(GROUP, LENGTH_S)
    assert len(found) == 12
    assert {headsets for headsets, _ in found.values()} == {3, 4, 5}


@given(
    st.lists(st.tuples(st.floats(-180, 179), st.floats(-30, 30), st.floats(-80, 80)), min_size=1, max_size=6)
)
def test_so_it_is_for_whatever_heads(heads: list[tuple[float, float, float]]) -> None:
    scripts = {f"S{n}": turning(*head) for n, head in enumerate(heads)}
    assert bins_of(gathered(scripts, 4.0)) == expected(scripts, 4.0)


@pytest.mark.parametrize("seed", range(3))
def test_whose_head_it_was_leaves_no_trace(seed: int) -> None:
    """The same looks by other headsets, told in another order, are the same bytes."""
    others = random.Random(seed).sample(list(GROUP), len(GROUP))
    exchanged = dict(zip(others, GROUP.values(), strict=True))
    assert encoded(gathered(exchanged, seed=seed)) == encoded(gathered(GROUP))


def test_of_two_nothing_is_kept() -> None:
    assert gathered({who: GROUP[who] for who in ("S1", "S2")}) == HeatMap()


def test_a_third_who_is_there_for_a_while_lets_that_while_be_kept_and_no_more() -> None:
    scripts = {"S1": still(0), "S2": still(10), "S3": only(still(20), 4.0, 8.0)}
    assert sorted(gathered(scripts).bins) == [2, 3]


def test_more_reports_than_are_counted_do_not_count_more() -> None:
    gathering = HeatGathering()
    for who in ("S1", "S2", "S3"):
        for _ in range(50):
            gathering.look(who, 1.05, Gaze(yaw_deg=0, pitch_deg=0))
    gathering.end()
    ((_, cells),) = bins_of(gathering.kept()).values()
    assert cells == {(36, 18): 3}


def test_nothing_is_told_of_a_bin_that_still_goes_on() -> None:
    gathering = HeatGathering()
    for who in ("S1", "S2", "S3"):
        gathering.look(who, 1.0, Gaze(yaw_deg=0, pitch_deg=0))
    gathering.group_is_at(1.0)
    assert gathering.kept() == HeatMap()
    gathering.group_is_at(6.0)
    assert list(gathering.kept().bins) == [0]
    assert gathering.seconds == 2


def test_a_film_that_comes_round_again_is_added_to_where_it_was() -> None:
    gathering = HeatGathering()
    for _round in range(2):
        for who in ("S1", "S2", "S3"):
            gathering.look(who, 1.0, Gaze(yaw_deg=0, pitch_deg=0))
            gathering.look(who, 1.2, Gaze(yaw_deg=0, pitch_deg=0))
        gathering.group_is_at(50.0)
    # In the third round two are left.
    for who in ("S1", "S2"):
        gathering.look(who, 1.0, Gaze(yaw_deg=90, pitch_deg=0))
    gathering.end()
    assert bins_of(gathering.kept()) == {0: (3, {(36, 18): 12})}


def test_somebody_who_comes_after_a_bin_is_over_does_not_open_it_for_others() -> None:
    gathering = HeatGathering()
    for who in ("S1", "S2"):
        gathering.look(who, 1.0, Gaze(yaw_deg=0, pitch_deg=0))
    gathering.group_is_at(10.0)
    gathering.look("S3", 1.2, Gaze(yaw_deg=0, pitch_deg=0))
    gathering.group_is_at(10.1)
    gathering.end()
    assert gathering.kept() == HeatMap()


def test_what_is_kept_in_memory_of_a_headset_is_no_direction() -> None:
    """While the film is on: of whom it is known, it is known that they looked, not where."""
    gathering = HeatGathering()
    gathering.look("S-one", 1.0, Gaze(yaw_deg=-24, pitch_deg=3))
    assert gathering._last == {"S-one": 5}
    (open_bin,) = gathering._open.values()
    assert open_bin.who == {"S-one"}
    assert all(isinstance(cell, int) for cell in open_bin.looks)
