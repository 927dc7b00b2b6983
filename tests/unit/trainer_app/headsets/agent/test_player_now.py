"""What a page's report means for those who watch."""

from __future__ import annotations

import pytest

from tests.fakes.agents import a_report
from trainer_app.headsets.agent.player_now import player_now


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
