"""Time left in words, and widths that always fill the band."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.widgets.phase_words import ring_words, shared_widths


@pytest.mark.parametrize(
    ("left", "digits", "caption", "pill"),
    [
        (410, "6.50", "igjen av fasen", ""),
        (120, "2.00", "igjen av fasen", ""),
        (119, "1.59", "igjen av fasen", "under 2 min"),
        (0.2, "0.01", "igjen av fasen", "under 2 min"),
        (0, "0.00", "igjen av fasen", "under 2 min"),
        (-0.5, "+0.00", "over tiden", ""),
        (-35, "+0.35", "over tiden", ""),
    ],
)
def test_time_left(left: float, digits: str, caption: str, pill: str) -> None:
    words = ring_words(left, 900, Texts("nb"))
    assert (words.digits, words.caption, words.pill) == (digits, caption, pill)


def test_english_writes_a_colon() -> None:
    assert ring_words(410, 900, Texts("en")).digits == "6:50"


@given(st.floats(-1e4, 1e4), st.floats(0, 1e4))
def test_the_ring_is_never_more_than_full(left: float, planned: float) -> None:
    assert 0 <= ring_words(left, planned, Texts("nb")).fraction <= 1


SHARES = st.lists(st.tuples(st.floats(0.5, 120), st.floats(1, 200)), min_size=1, max_size=14)


@given(SHARES, st.floats(50, 3000))
def test_widths_fill_the_band_and_none_is_too_narrow(shares: list[tuple[float, float]], total: float) -> None:
    minutes, smallest = [each[0] for each in shares], [each[1] for each in shares]
    widths = shared_widths(minutes, smallest, total)
    assert sum(widths) == pytest.approx(total)
    if sum(smallest) <= total:
        assert all(width >= least - 1e-6 for width, least in zip(widths, smallest, strict=True))


def test_widths_go_by_minutes_where_there_is_room() -> None:
    assert shared_widths([10, 20, 10], [1, 1, 1], 400) == [100, 200, 100]
