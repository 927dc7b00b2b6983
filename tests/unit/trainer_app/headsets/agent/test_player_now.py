"""What a page's report means for those who watch."""

from __future__ import annotations

import pytest

from headset_agent.protocol.playing import PageState
from tests.fakes.agents import a_report
from trainer_app.headsets.agent.player_now import player_now, tells_news


@pytest.mark.parametrize(
    ("immersive", "visible", "in_vr", "worn"),
    [
        (True, "visible", True, True),
        (True, "visible-blurred", True, True),
        (True, "hidden", True, False),
        (False, None, False, None),
    ],
)
def test_headset_that_left_vr_is_not_taken_for_one_that_was_taken_off(
    immersive: bool, visible: str | None, in_vr: bool, worn: bool | None
) -> None:
    now = player_now(a_report(immersive=immersive, visible=visible))
    assert (now.heard, now.in_vr, now.worn) == (True, in_vr, worn)


@pytest.mark.parametrize(
    ("after", "is_news"),
    [
        ({"position_s": 2.0, "at_ms": 1100.0, "yaw_deg": 40.0, "pitch_deg": -3.0}, False),
        ({"state": PageState.STALLED}, True),
        ({"plan_id": "another"}, True),
        ({"visible": "hidden"}, True),
        ({"immersive": True}, True),
    ],
)
def test_a_film_that_goes_on_and_a_head_that_turns_are_no_news(
    after: dict[str, object], is_news: bool
) -> None:
    assert tells_news(a_report(), a_report(**after)) is is_news
