"""Where a headset's agent runs: what is its nature, what may pass, and what this computer lacks."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.fakes.links import FakeAgent
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.domain.playback_errors import (
    AgentWillNotStart,
    CableNeeded,
    HeadsetProblem,
    RuntimeMissing,
    RuntimeUnfit,
)
from trainer_app.headsets import placement
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.link import HeadsetLink
from trainer_app.headsets.placement import Placement
from trainer_app.headsets.play_mode import PlayModeChoice
from trainer_app.headsets.tethered.tether import Tether, Tethers

CABLE = "usb:S1"
NETWORK = "10.0.0.1:5555"
ON_HEADSET = AgentAccess(token="t", build="b", pid=1)
BESIDE_US = AgentAccess(token="t", build="b", pid=2, laptop_port=40001)

UNFIT = RuntimeUnfit(headset="1", detail="armeabi-v7a")
NO_START = AgentWillNotStart(headset="1", detail="/sdcard is not there")
NO_BUNDLE = RuntimeMissing(headset="1")


class FakeTether(Tether):
    """Runs no process."""

    async def ensure(self, label: str) -> AgentAccess:
        return BESIDE_US


@dataclass
class World:
    """A headset whose agent starts or not, and the time.

    Attributes:
        problems: Of the next attempts, in turn; then the agent starts.
    """

    problems: list[HeadsetProblem] = field(default_factory=list)
    now_s: float = 100.0

    async def attach(self, _link: HeadsetLink, _label: str, **_options: object) -> AgentAccess:
        if self.problems:
            raise self.problems.pop(0)
        return ON_HEADSET

    def place(self, address: str) -> Placement:
        async def ask() -> HeadsetFacts:
            raise AssertionError("nobody has to ask")

        link = FakeAgent()
        return Placement(link, address, PlayModeChoice(ask), FakeTether(link, "S1", Tethers()))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(placement, "attach", world.attach)
    monkeypatch.setattr(placement, "perf_counter_ns", lambda: round(world.now_s * 1e9))
    return world


async def is_tethered(placed: Placement) -> bool:
    return (await placed.settle("1")).is_tethered


async def test_headset_that_cannot_run_the_agent_is_tethered_at_once_and_not_asked_again(
    world: World,
) -> None:
    world.problems = [UNFIT]
    headset = world.place(CABLE)
    assert await is_tethered(headset)
    assert await is_tethered(headset), "now it would start there, but its page is here"


async def test_over_the_network_it_needs_its_cable(world: World) -> None:
    world.problems = [UNFIT]
    with pytest.raises(CableNeeded):
        await world.place(NETWORK).settle("1")


async def test_start_that_fails_in_passing_does_not_tie_an_able_headset_to_its_cable(world: World) -> None:
    world.problems = [NO_START, NO_START]
    headset = world.place(CABLE)
    with pytest.raises(AgentWillNotStart):
        await headset.settle("1")
    world.now_s += 1
    with pytest.raises(AgentWillNotStart):
        await headset.settle("1")
    world.now_s += 60
    assert not await is_tethered(headset)


async def test_start_that_still_fails_after_a_while_is_its_nature(world: World) -> None:
    world.problems = [NO_START, NO_START]
    headset = world.place(CABLE)
    with pytest.raises(AgentWillNotStart):
        await headset.settle("1")
    world.now_s += 5
    assert await is_tethered(headset)


async def test_start_that_fails_over_the_network_is_told_each_time(world: World) -> None:
    world.problems = [NO_START, NO_START]
    headset = world.place(NETWORK)
    for _ in range(2):
        with pytest.raises(AgentWillNotStart):
            await headset.settle("1")
        world.now_s += 60
    assert not await is_tethered(headset)


async def test_bundle_that_this_computer_lacks_is_told_and_no_reason_for_the_cable(world: World) -> None:
    world.problems = [NO_BUNDLE, NO_BUNDLE]
    headset = world.place(CABLE)
    for _ in range(2):
        with pytest.raises(RuntimeMissing):
            await headset.settle("1")
        world.now_s += 60
    assert not await is_tethered(headset)


async def test_where_it_has_run_it_can_run(world: World) -> None:
    headset = world.place(CABLE)
    assert not await is_tethered(headset)
    world.problems = [UNFIT]
    with pytest.raises(RuntimeUnfit):
        await headset.settle("1")


async def test_why_it_does_not_run_on_the_headset_is_told_anew_each_time(world: World) -> None:
    """The same exception raised again and again would carry more and more with it."""
    world.problems = [UNFIT]
    headset = world.place(CABLE)
    headset.expect_on_headset()
    await headset.settle("1")
    told = []
    for _ in range(2):
        with pytest.raises(RuntimeUnfit) as refused:
            headset.expect_on_headset()
        told.append(refused.value)
    assert told[0] is not told[1]
    assert {str(problem) for problem in told} == {str(UNFIT)}
