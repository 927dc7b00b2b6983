"""What is kept of a page's reports: of the present plan, and only while its film is on."""

from __future__ import annotations

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.playing import PageState, Picture
from tests.fakes.agents import SECOND, a_plan, a_report
from trainer_app.domain.absences import AbsenceCause
from trainer_app.domain.seen_picture import PictureWay
from trainer_app.headsets.agent.follower import Follower


def own_clock() -> ClockEstimate:
    return ClockEstimate(at_ns=0, offset_ns=0, uncertainty_ns=0, drift=0.0, rtt_ns=0)


def follower(*spans: tuple[float, float, dict[str, object]]) -> Follower:
    """Of a page that has reported ten times a second, in each span as it says."""
    made = Follower()
    made.is_given(a_plan(), late=False)
    for begin_s, end_s, says in spans:
        for tenth in range(round(begin_s * 10), round(end_s * 10)):
            report = a_report(**{"at_ms": tenth * 100.0, "immersive": True, "visible": "visible", **says})
            made.takes(report, own_clock)
    return made


def test_taken_off_while_the_film_plays_is_kept_and_while_it_stands_still_is_not() -> None:
    made = follower(
        (0, 5, {}),
        (5, 20, {"visible": "hidden"}),
        (20, 25, {}),
        (25, 40, {"visible": "hidden", "state": PageState.PAUSED}),
    )
    (found,) = made.attendance.absences(0, 60 * SECOND)
    assert found.cause is AbsenceCause.TAKEN_OFF
    assert 14.5 < found.length_s <= 15


def test_another_plan_begins_with_nothing() -> None:
    made = follower((0, 5, {"visible": "hidden", "picture": Picture.LAYER}))
    assert made.picture.summary().ways == (PictureWay.LAYER,)
    made.is_given(a_plan(plan_id="another"), late=False)
    assert made.attendance.absences(0, 60 * SECOND) == []
    assert made.picture.summary().ways == ()


def test_headset_that_came_back_has_not_forgotten() -> None:
    former, made = follower((0, 5, {"visible": "hidden"})), Follower()
    made.continue_from(former)
    assert len(made.attendance.absences(0, 60 * SECOND)) == 1
