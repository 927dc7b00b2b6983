"""What a page's report means for those who watch."""

from __future__ import annotations

import pytest

from headset_agent.protocol.playing import PageState
from tests.fakes.agents import a_report
from trainer_app.domain.absences import AbsenceCause
from trainer_app.headsets.agent.player_now import picture_behind_ms, player_now, tells_news, why_unseen


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


@pytest.mark.parametrize(
    ("immersive", "visible", "cause"),
    [
        (True, "visible", None),
        (True, "visible-blurred", None),
        (True, "hidden", AbsenceCause.TAKEN_OFF),
        (False, None, AbsenceCause.NOT_IN_VR),
    ],
)
def test_film_is_seen_by_who_wears_the_headset_in_vr(
    immersive: bool, visible: str | None, cause: AbsenceCause | None
) -> None:
    assert why_unseen(a_report(immersive=immersive, visible=visible)) is cause


@pytest.mark.parametrize(
    ("changes", "behind_ms"),
    [
        # 20 ms after the report the position is 10.02; the frame that is seen then is of 10.00.
        ({"presented_ms": 1020.0, "presented_s": 10.0}, 20.0),
        ({"presented_ms": 980.0, "presented_s": 9.99}, -10.0),
        ({"presented_ms": None, "presented_s": None}, None),
        ({"presented_ms": 1020.0, "presented_s": 10.0, "state": PageState.STALLED}, None),
    ],
)
def test_frames_are_held_against_the_position_at_their_own_instant(
    changes: dict[str, object], behind_ms: float | None
) -> None:
    report = a_report(**{"position_s": 10.0, "at_ms": 1000.0, **changes})
    assert picture_behind_ms(report) == (None if behind_ms is None else pytest.approx(behind_ms))
