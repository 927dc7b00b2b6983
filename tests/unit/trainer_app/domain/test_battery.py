"""How long a battery lasts: assumed at first, learned while it is watched."""

from __future__ import annotations

import pytest

from trainer_app.domain.battery import (
    MINUTES_A_PERCENT,
    STRONGEST,
    WEAKEST,
    Drain,
    minutes_left,
    minutes_needed,
)
from trainer_app.domain.headset_state import HeadsetFacts


def after(*percents: int | None, every_s: float = 60.0, charging: bool = False, awake: bool = True) -> Drain:
    """Look at a battery again and again."""
    drain = Drain()
    for look, percent in enumerate(percents):
        facts = HeadsetFacts(battery_percent=percent, charging=charging, awake=awake)
        drain = drain.watched(facts, look * every_s)
    return drain


def test_a_battery_that_nobody_has_watched_lasts_as_such_batteries_do() -> None:
    assert Drain().minutes_a_percent == MINUTES_A_PERCENT
    assert minutes_left(HeadsetFacts(battery_percent=40)) == 60


def test_what_was_seen_to_go_is_believed_once_it_is_enough() -> None:
    # A minute a percent, from the first step down.
    assert after(80, 79, 78, 77).minutes_a_percent == MINUTES_A_PERCENT
    assert after(80, 79, 78, 77, 76).minutes_a_percent == 1.0


def test_how_long_the_first_percent_had_lasted_already_does_not_count() -> None:
    assert after(80, 80, 80, 79, 78, 77, 76).minutes_a_percent == 1.0


def test_standing_still_since_the_last_step_does_not_count() -> None:
    assert after(80, 79, 78, 77, 76, 76, 76, 76).minutes_a_percent == 1.0


@pytest.mark.parametrize(("every_s", "believed"), [(10.0, WEAKEST), (119.0, 119 / 60), (120.0, STRONGEST)])
def test_what_no_headset_does_is_not_believed(every_s: float, believed: float) -> None:
    assert after(80, 79, 78, 77, 76, every_s=every_s).minutes_a_percent == pytest.approx(believed)


def test_long_blind_spells_charging_and_sleep_teach_nothing() -> None:
    assert after(80, 79, 78, 77, 76, every_s=121.0).learned is None
    assert after(80, 79, 78, 77, 76, charging=True).learned is None
    assert after(80, 79, 78, 77, 76, awake=False).learned is None
    assert after(80, 79, None, 78, 77, 76).learned is None


def test_what_was_learned_stays_while_it_is_charged() -> None:
    drain = after(80, 79, 78, 77, 76)
    charged = drain.watched(HeadsetFacts(battery_percent=77, charging=True), 300.0)
    assert charged.watched(HeadsetFacts(battery_percent=90), 330.0).minutes_a_percent == 1.0


def test_on_a_charger_nobody_counts_minutes() -> None:
    assert minutes_left(HeadsetFacts(battery_percent=40, charging=True)) is None
    assert minutes_left(HeadsetFacts()) is None


def test_debriefing_that_is_planned_beyond_the_booked_time_counts() -> None:
    assert minutes_needed(90, 105) == 105
    assert minutes_needed(90, 60) == 90
