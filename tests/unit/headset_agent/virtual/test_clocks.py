"""The clocks of a kit: far apart, all of them within what a headset's quartz does."""

from __future__ import annotations

from headset_agent.virtual.clocks import MAX_DRIFT_PPM, skew_of

NS_PER_HOUR = 3_600_000_000_000


def test_every_headset_is_hours_ahead_and_drifts_its_own_way() -> None:
    skews = [skew_of(number) for number in range(1, 11)]
    assert all(NS_PER_HOUR <= skew.offset_ns <= 12 * NS_PER_HOUR for skew in skews)
    assert all(abs(skew.drift_ppm) <= MAX_DRIFT_PPM for skew in skews)
    assert len({skew.offset_ns for skew in skews}) == len({skew.drift_ppm for skew in skews}) == 10


def test_a_headset_has_the_same_clock_in_every_run() -> None:
    first, second = skew_of(3), skew_of(3)
    assert (first.offset_ns, first.drift_ppm) == (second.offset_ns, second.drift_ppm)
