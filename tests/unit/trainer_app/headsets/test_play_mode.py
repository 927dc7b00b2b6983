"""How a headset plays: told by itself, and learned when its agent was started."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.domain.playback_errors import RuntimeUnfit
from trainer_app.headsets.play_mode import PlayModeChoice

ABLE = HeadsetFacts(has_runtime=True, has_browser=True, battery_percent=80)


@dataclass
class Headset:
    """Tells of itself, and counts how often it was asked."""

    facts: HeadsetFacts
    asked: int = 0
    choice: PlayModeChoice = field(init=False)

    def __post_init__(self) -> None:
        self.choice = PlayModeChoice(self.ask)

    async def ask(self) -> HeadsetFacts:
        self.asked += 1
        return self.choice.told(self.facts)


@pytest.mark.parametrize(
    ("facts", "mode"),
    [
        (ABLE, PlayMode.VR),
        (HeadsetFacts(has_browser=True), PlayMode.TETHERED),
        (HeadsetFacts(has_runtime=True), PlayMode.NONE),
        (HeadsetFacts(own_player=True), PlayMode.MANUAL),
    ],
)
async def test_headset_is_asked_once_how_it_plays(facts: HeadsetFacts, mode: PlayMode) -> None:
    headset = Headset(facts)
    assert [await headset.choice.mode(), await headset.choice.mode()] == [mode, mode]
    assert headset.asked == 1


async def test_headset_that_refused_the_agent_is_not_believed_any_more() -> None:
    headset = Headset(ABLE)
    assert await headset.choice.mode() is PlayMode.VR
    headset.choice.cannot_run_agent(RuntimeUnfit(headset="3"))
    assert await headset.choice.mode() is PlayMode.TETHERED
    told = await headset.ask()
    assert (told.play_mode, told.battery_percent) == (PlayMode.TETHERED, 80)
