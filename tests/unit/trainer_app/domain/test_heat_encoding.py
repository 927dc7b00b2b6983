"""A map as bytes, and back."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.head_movements import seconds, turning
from trainer_app.domain.heat_encoding import HeatMapUnreadable, decoded, encoded
from trainer_app.domain.heat_gathering import HeatGathering
from trainer_app.domain.heat_map import COLUMNS, ROWS, HeatBin, HeatMap

BINS = st.builds(
    HeatBin,
    headsets=st.integers(3, 50),
    looks=st.dictionaries(st.integers(0, COLUMNS * ROWS - 1), st.integers(1, 5000), max_size=20),
)
MAPS = st.builds(HeatMap, bins=st.dictionaries(st.integers(0, 20_000), BINS, max_size=20))
WHOLE = encoded(HeatMap(bins={3: HeatBin(headsets=4, looks={7: 1, 900: 300})}))


@settings(max_examples=30)
@given(MAPS)
def test_what_was_written_is_read(heat: HeatMap) -> None:
    assert decoded(encoded(heat)) == heat


@settings(max_examples=20)
@given(MAPS)
def test_the_order_in_which_it_came_is_not_written(heat: HeatMap) -> None:
    turned = {
        number: HeatBin(headsets=one.headsets, looks=dict(reversed(list(one.looks.items()))))
        for number, one in reversed(list(heat.bins.items()))
    }
    assert encoded(HeatMap(bins=turned)) == encoded(heat)


@given(st.binary(max_size=200))
def test_whatever_lies_there_is_read_or_cleanly_refused(data: bytes) -> None:
    for given_bytes in (data, b"\1" + data, b"\1" + zlib.compress(data)):
        try:
            found = decoded(given_bytes)
        except HeatMapUnreadable:
            continue
        assert decoded(encoded(found)) == found


@pytest.mark.parametrize(
    "data", [b"", b"\2" + WHOLE[1:], WHOLE[:-3], WHOLE + b"x", b"\1" + zlib.compress(bytes([2, 60, 30, 0]))]
)
def test_another_version_and_what_is_cut_is_refused(data: bytes) -> None:
    with pytest.raises(HeatMapUnreadable):
        decoded(data)


def test_a_map_of_seven_minutes_is_small() -> None:
    gathering = HeatGathering()
    heads = {f"S{n}": turning(n * 31, 9.0 - n, n * 4 - 10) for n in range(5)}
    for second in seconds(422):
        for who, script in heads.items():
            gaze = script(second)
            assert gaze is not None
            gathering.look(who, second, gaze)
        gathering.group_is_at(second)
    gathering.end()
    assert len(gathering.kept().bins) == 211
    assert len(encoded(gathering.kept())) < 20_000
