"""A headset is looked after until nobody wants it any more: mistakes of ours do not end that."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import LiveGateway
from tests.fakes.live_table import QUICK
from tests.fakes.waiting import until
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.services.headset_port import ConnectedHeadset
from trainer_app.services.live.keeping import Keeper

AT = "10.0.0.1:5555"


class Hearer:
    """Hears how it goes; ``mistake`` is raised when a headset arrives."""

    film_plays = False

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.mistake: Exception | None = None

    def waits(self, keeper: Keeper) -> None:
        self.heard.append("waits")

    async def arrived(self, keeper: Keeper, headset: ConnectedHeadset) -> None:
        if self.mistake is not None:
            raise self.mistake
        self.heard.append("arrived")

    def told(self, keeper: Keeper, facts: HeadsetFacts) -> None:
        self.heard.append("told")

    def left(self, keeper: Keeper, problem: TrainerError) -> None:
        self.heard.append("left")


class SlowHeadset(FakeHeadset):
    """Answers the second question when ``answers`` is set, all others at once."""

    def __init__(self, address: str, serial: str) -> None:
        super().__init__(address, serial)
        self.answers = asyncio.Event()
        self.asked_at: list[float] = []

    async def facts(self) -> HeadsetFacts:
        self.asked_at.append(asyncio.get_running_loop().time())
        if len(self.asked_at) == 2:
            await self.answers.wait()
        return await super().facts()


@pytest.fixture
async def gateway() -> LiveGateway:
    return LiveGateway(FakeHeadset(AT, "S1"))


async def test_after_a_mistake_of_ours_a_headset_is_tried_again(gateway: LiveGateway) -> None:
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, context: reported.append(context["exception"])
    )
    owner = Hearer()
    owner.mistake = KeyError("a place")
    keeper = Keeper(AT, gateway, owner, QUICK)
    keeping = asyncio.create_task(keeper.keep())
    await until(lambda: owner.heard.count("left") > 2)
    assert reported == [owner.mistake]
    owner.mistake = None
    await until(lambda: "told" in owner.heard)
    keeper.retire()
    await keeping
    assert gateway.headsets[AT].closed


async def test_headset_that_comes_when_nobody_wants_it_any_more_is_let_go_of(gateway: LiveGateway) -> None:
    accepted = gateway.unaccepted[AT] = asyncio.Event()
    owner = Hearer()
    keeper = Keeper(AT, gateway, owner, QUICK)
    keeping = asyncio.create_task(keeper.keep())
    await until(lambda: owner.heard == ["waits"])
    keeper.retire()
    accepted.set()
    await keeping
    assert owner.heard == ["waits"]
    assert gateway.headsets[AT].closed


async def test_headset_that_is_not_wanted_any_more_is_let_go_of_at_once(gateway: LiveGateway) -> None:
    owner = Hearer()
    keeper = Keeper(AT, gateway, owner, QUICK)
    keeping = asyncio.create_task(keeper.keep())
    await until(lambda: "told" in owner.heard)
    keeper.retire()
    told = owner.heard.count("told")
    await keeping
    assert owner.heard.count("told") == told
    assert gateway.headsets[AT].closed


async def test_headsets_that_are_slow_together_are_not_asked_together_the_next_time() -> None:
    period_s = 0.5
    pace = replace(QUICK, facts=period_s)
    headsets = [SlowHeadset(f"10.0.0.{number}:5555", f"S{number}") for number in range(1, 6)]
    gateway = LiveGateway(*headsets)
    owner = Hearer()
    keepers = [Keeper(headset.address, gateway, owner, pace) for headset in headsets]
    keeping = [asyncio.create_task(keeper.keep()) for keeper in keepers]
    await until(lambda: all(len(headset.asked_at) == 2 for headset in headsets))
    # As if the machine had stood still: the last one's answer comes when all have been asked.
    for headset in headsets:
        headset.answers.set()
    await until(lambda: all(len(headset.asked_at) == 3 for headset in headsets))
    for keeper in keepers:
        keeper.retire()
    await asyncio.gather(*keeping)
    moments = sorted(headset.asked_at[2] % period_s for headset in headsets)
    apart = [(after - before) % period_s for before, after in pairwise([*moments, moments[0]])]
    assert min(apart) > period_s / 20


async def test_headset_that_plays_by_cable_only_is_moved_to_its_cable_and_any_other_stays(
    gateway: LiveGateway,
) -> None:
    cable = gateway.headsets["usb:S1"] = FakeHeadset("usb:S1", "S1")
    by_wifi = gateway.headsets[AT]
    by_wifi.told = HeadsetFacts(has_browser=True, has_runtime=True)
    owner = Hearer()
    keeper = Keeper(AT, gateway, owner, QUICK)
    keeping = asyncio.create_task(keeper.keep())
    await until(lambda: "told" in owner.heard)
    keeper.plug("usb:S1")
    told = owner.heard.count("told")
    await until(lambda: owner.heard.count("told") > told + 1)
    assert not by_wifi.closed
    by_wifi.told = HeadsetFacts(has_browser=True, has_runtime=False)
    await until(lambda: owner.heard.count("arrived") == 2)
    assert by_wifi.closed
    assert not cable.closed
    keeper.retire()
    await keeping
