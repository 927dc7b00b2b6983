"""What is kept of a page's reports: of the present plan, and only while its film is on."""

from __future__ import annotations

from functools import partial

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.playing import PageState, Picture
from tests.fakes.agents import SECOND, a_plan, a_report
from trainer_app.domain.absences import AbsenceCause
from trainer_app.domain.seen_picture import PictureWay
from trainer_app.headsets.agent.follower import Follower
from trainer_app.headsets.agent.hindsight import Hindsight, KnownClock


def estimate(*, at_ns: int = 0, offset_ns: float = 0.0, drift: float = 0.0) -> ClockEstimate:
    return ClockEstimate(at_ns=at_ns, offset_ns=offset_ns, uncertainty_ns=0, drift=drift, rtt_ns=0)


def own_clock() -> KnownClock:
    return KnownClock(estimate(), Hindsight())


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


MS = 1_000_000


def test_start_and_places_are_told_by_what_is_known_of_the_clock_in_the_end() -> None:
    """Behind an uneven link the clock seems to be 4 ms ahead at first; in the end it is known not to be."""
    made, hindsight = Follower(), Hindsight()
    made.is_given(a_plan(), late=False)
    for at_ns in range(0, 40 * SECOND, SECOND // 10):
        now = estimate(at_ns=at_ns, offset_ns=max(0, 4 * MS - at_ns // 1000))
        if hindsight.wants(at_ns):
            hindsight.note(now)
        told = a_report(at_ms=at_ns / MS, position_s=at_ns / SECOND, started_ms=100.0)
        made.takes(told, partial(KnownClock, now, hindsight))
    assert made.places.track.samples[0].at_ns == -4 * MS
    assert made.passed_start is not None
    assert made.passed_start.by_now_ns == 100 * MS
    assert list(made.places.by_now().at_ns) == list(range(0, 40 * SECOND, SECOND // 10))


def test_clock_that_was_set_tells_nothing_of_what_was_before() -> None:
    made, before, behind = Follower(), Hindsight(), Hindsight()
    made.is_given(a_plan(), late=False)
    first, second = estimate(), estimate(offset_ns=3600 * SECOND)
    before.note(first)
    behind.note(second)
    for at_s in range(5):
        told = a_report(at_ms=at_s * 1000.0, position_s=float(at_s), started_ms=100.0)
        made.takes(told, partial(KnownClock, first, before))
    for at_s in range(5, 10):
        told = a_report(at_ms=(3600 + at_s) * 1000.0, position_s=float(at_s), started_ms=100.0)
        made.takes(told, partial(KnownClock, second, behind))
    assert [at_ns // SECOND for at_ns in made.places.by_now().at_ns] == list(range(10))
    assert made.passed_start is not None
    assert made.passed_start.by_now_ns == 100 * MS
