"""Browsers on one machine share its processors: the more there are, the less often each draws."""

from __future__ import annotations

import pytest

from headset_agent.virtual.player import FRAME_RATE, shared_frame_rate


@pytest.mark.parametrize("browsers", range(60))
def test_all_browsers_together_draw_no_more_than_two_alone(browsers: int) -> None:
    rate = shared_frame_rate(browsers)
    assert 1 <= rate <= FRAME_RATE
    assert rate == 1 or rate * browsers <= 2 * FRAME_RATE


def test_one_or_two_browsers_draw_as_often_as_they_may() -> None:
    assert shared_frame_rate(1) == shared_frame_rate(2) == FRAME_RATE
