"""A headset is looked after until nobody wants it any more: mistakes of ours do not end that."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import LiveGateway
from tests.fakes.live_table import QUICK
from tests.fakes.waiting import until
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.services.headset_port import ConnectedHeadset
from trainer_app.services.live.keeping import Keeper, first_share

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


def test_headsets_that_came_together_are_asked_one_after_the_other() -> None:
    shares = [first_share(f"192.168.1.{number}:5555") for number in range(100, 150)]
    assert all(0.2 <= share <= 1.0 for share in shares)
    tenths = [
        sum(low <= share < low + 0.1 for share in shares) for low in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
    ]
    assert max(tenths) <= 15


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
