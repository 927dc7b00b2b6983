"""A history keeps what matters of many values: the smallest and the largest of each step."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.held import held_bytes
from trainer_app.domain.histories import MOST_STEPS, HistoryLog, history_of

POINTS = st.lists(
    st.tuples(st.floats(0, 4000), st.floats(-1000, 1000)),
    min_size=1,
    max_size=60,
)


def test_each_second_has_its_smallest_and_its_largest_value() -> None:
    history = history_of([(0.0, 3.0), (0.9, 1.04), (2.5, -2.0), (2.6, 7.0)])
    assert history is not None
    assert history.step_s == 1
    assert history.low_ms == (1.0, None, -2.0)
    assert history.high_ms == (3.0, None, 7.0)
    assert history.length_s == 3
    assert history.largest_ms == 7.0


def test_of_nothing_there_is_no_history() -> None:
    assert history_of([]) is None
    assert history_of([(-1.0, 5.0)]) is None


def test_a_long_film_has_longer_steps() -> None:
    history = history_of((tenth / 10, 1.0) for tenth in range(40 * 600))
    assert history is not None
    assert history.step_s == 8
    assert len(history.high_ms) == MOST_STEPS


@pytest.mark.parametrize(
    ("minutes", "step_s", "steps"), [(5, 1, 300), (6, 2, 180), (15, 4, 225), (120, 32, 225)]
)
def test_steps_are_as_long_as_they_have_to_be(minutes: int, step_s: int, steps: int) -> None:
    history = history_of((float(second), float(second % 7)) for second in range(minutes * 60))
    assert history is not None
    assert (history.step_s, len(history.high_ms)) == (step_s, steps)


@given(POINTS)
def test_order_does_not_matter_and_nothing_grows(points: list[tuple[float, float]]) -> None:
    log = HistoryLog()
    empty = held_bytes(log)
    for at_s, value in reversed(points):
        log.note(at_s, value)
    assert log.history() == history_of(sorted(points))
    assert held_bytes(log) <= empty + 64


@given(POINTS)
def test_no_value_is_lost(points: list[tuple[float, float]]) -> None:
    history = history_of(points)
    assert history is not None
    assert len(history.high_ms) <= MOST_STEPS
    assert history.length_s > max(at_s for at_s, _ in points)
    for at_s, value in points:
        step = math.floor(at_s / history.step_s)
        low, high = history.low_ms[step], history.high_ms[step]
        assert low is not None
        assert high is not None
        assert low - 0.06 <= value <= high + 0.06
    assert history.largest_ms is not None
    assert abs(history.largest_ms - max(abs(value) for _, value in points)) < 0.06
