"""The one state people see of a headset: the first that applies."""

from __future__ import annotations

from typing import Any

import pytest

from headset_agent.protocol import playing
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState, PlayMode, Showing, state_of

POOR: dict[str, Any] = {"battery_percent": 5, "charging": False, "awake": False}


@pytest.mark.parametrize(
    ("facts", "showing", "state"),
    [
        (POOR, Showing.FAULT, HeadsetState.FAULT),
        (POOR, Showing.FILM, HeadsetState.PLAYING),
        (POOR, Showing.PAUSED_FILM, HeadsetState.PAUSED),
        (POOR, Showing.NOTHING, HeadsetState.LOW_BATTERY),
        (POOR | {"charging": True}, Showing.NOTHING, HeadsetState.ASLEEP),
        (POOR | {"battery_percent": 20}, Showing.NOTHING, HeadsetState.ASLEEP),
        (POOR | {"battery_percent": 19, "charging": None}, Showing.NOTHING, HeadsetState.LOW_BATTERY),
        ({"battery_percent": 80, "awake": True}, Showing.NOTHING, HeadsetState.READY),
        ({}, Showing.NOTHING, HeadsetState.READY),
    ],
)
def test_first_state_that_applies_wins(facts: dict[str, Any], showing: Showing, state: HeadsetState) -> None:
    assert state_of(HeadsetFacts(**facts), showing) is state


@pytest.mark.parametrize(
    ("runtime", "browser", "mode"),
    [
        (True, True, PlayMode.VR),
        (False, True, PlayMode.TETHERED),
        (True, False, PlayMode.NONE),
        (False, False, PlayMode.NONE),
    ],
)
def test_best_way_to_play(*, runtime: bool, browser: bool, mode: PlayMode) -> None:
    assert HeadsetFacts(has_runtime=runtime, has_browser=browser).play_mode is mode


def test_ways_to_play_are_named_as_in_the_messages() -> None:
    assert {mode.value for mode in PlayMode} == {mode.value for mode in playing.PlayMode}


def test_states_are_ascii_codes() -> None:
    assert all(state.value.isascii() and state.value.islower() for state in HeadsetState)


def test_headset_that_is_too_old_for_pages_in_vr_shows_films_in_its_own_player() -> None:
    assert HeadsetFacts(own_player=True, has_browser=True, has_runtime=True).play_mode is PlayMode.MANUAL
