"""Labels over a line never lie on one another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trainer_app.ui.widgets.label_places import Wanted, placed, spread

LABELS = st.lists(st.builds(Wanted, st.floats(0, 900), st.floats(1, 300)), max_size=8)


@given(LABELS, st.floats(50, 900))
def test_none_overlaps_and_all_are_inside(labels: list[Wanted], total: float) -> None:
    boxes = [
        (left, left + label.width)
        for label, left in zip(labels, placed(labels, total, 10), strict=True)
        if left is not None
    ]
    assert all(left >= 0 and right <= total + 1e-6 for left, right in boxes)
    boxes.sort()
    assert all(first[1] + 10 <= second[0] + 1e-6 for first, second in pairwise(boxes))


def test_the_first_wins() -> None:
    assert placed([Wanted(100, 40), Wanted(110, 40), Wanted(300, 40)], 400, 10) == [80, None, 280]


def test_labels_at_the_ends_stay_inside() -> None:
    assert placed([Wanted(0, 40), Wanted(400, 40)], 400, 10) == [0, 360]


@given(st.lists(st.floats(0, 400), max_size=20).map(sorted))
def test_marks_lie_apart_inside_and_in_order(places: list[float]) -> None:
    marks = spread(places, 12, 5, 395)
    assert all(5 - 1e-6 <= mark <= 395 + 1e-6 for mark in marks)
    assert all(after - before >= 12 - 1e-6 for before, after in pairwise(marks))


def test_marks_move_no_further_than_they_must() -> None:
    assert spread([100, 101, 300], 12, 5, 395) == [94.5, 106.5, 300]
    assert spread([0, 1], 12, 5, 395) == [5, 17]
    assert spread([10, 11, 12], 12, 5, 20) == [10, 11, 12]  # no room: they lie on one another
