"""Where a wearer looks, of what their page tells."""

from __future__ import annotations

import pytest

from tests.fakes.agents import a_report
from trainer_app.domain.live_kit import Gaze
from trainer_app.headsets.agent.player_now import player_now


@pytest.mark.parametrize(
    ("yaw", "pitch", "gaze"),
    [
        (30.0, -5.0, Gaze(yaw_deg=30.0, pitch_deg=-5.0)),
        (180.0, 0.0, Gaze(yaw_deg=-180.0, pitch_deg=0.0)),
        (-190.0, 0.0, Gaze(yaw_deg=170.0, pitch_deg=0.0)),
        (30.0, None, None),
        (None, 4.0, None),
        (30.0, 400.0, None),
    ],
)
def test_where_a_wearer_looks_is_told_in_one_way_or_not_at_all(
    yaw: float | None, pitch: float | None, gaze: Gaze | None
) -> None:
    assert player_now(a_report(yaw_deg=yaw, pitch_deg=pitch)).gaze == gaze
