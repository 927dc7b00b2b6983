"""Reaching several headsets: one that fails is told and the others are there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from tests.fakes.headsets import FakeGateway, FakeHeadset, HeadsetsInMemory
from trainer_app.domain.kits import Serial
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback_errors import NoHeadsetGiven, SameHeadset
from trainer_app.services.connecting import reached
from trainer_app.services.headset_port import ConnectedHeadset, Sighting, Waiting

SEEN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
A, B, C = "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"


async def test_all_are_reached_in_the_order_they_were_named() -> None:
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))
    async with reached(gateway, HeadsetsInMemory(), [B, A]) as outcome:
        assert [place.headset.serial for place in outcome.places] == ["S2", "S1"]
        assert [place.number for place in outcome.places] == [1, 2]
        assert outcome.places[0].label == "1 (S2)"


async def test_one_that_is_not_there_holds_nobody_up() -> None:
    gateway = FakeGateway(FakeHeadset(A, "S1"))
    gateway.unreachable[B] = NothingListens(headset=B)
    async with reached(gateway, HeadsetsInMemory(), [B, A]) as outcome:
        assert [place.headset.serial for place in outcome.places] == ["S1"]
        assert outcome.unreached == {B: gateway.unreachable[B]}


async def test_address_named_twice_is_one_headset() -> None:
    async with reached(FakeGateway(FakeHeadset(A, "S1")), HeadsetsInMemory(), [A, A]) as outcome:
        assert len(outcome.places) == 1


async def test_headset_at_two_addresses_is_one_headset() -> None:
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S1"))
    async with reached(gateway, HeadsetsInMemory(), [A, B]) as outcome:
        assert [place.headset.address for place in outcome.places] == [A]
        assert isinstance(outcome.unreached[B], SameHeadset)
        assert outcome.unreached[B].params == {"address": B, "headset": "1 (S1)"}


async def test_headset_keeps_its_number() -> None:
    known = HeadsetsInMemory()
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))
    async with reached(gateway, known, [A, B]):
        pass
    async with reached(gateway, known, [B]) as outcome:
        assert outcome.places[0].number == 2


async def test_without_addresses_those_are_tried_that_were_seen() -> None:
    known = HeadsetsInMemory()
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))
    async with reached(gateway, known, [A, B]):
        pass
    async with reached(gateway, known, []) as outcome:
        assert len(outcome.places) == 2


async def test_without_any_headset_there_is_nothing_to_do() -> None:
    with pytest.raises(NoHeadsetGiven):
        async with reached(FakeGateway(), HeadsetsInMemory(), []):
            pass


async def test_all_are_let_go_also_after_a_fault() -> None:
    gateway = FakeGateway(FakeHeadset(A, "S1"), FakeHeadset(B, "S2"))
    with pytest.raises(RuntimeError):
        async with reached(gateway, HeadsetsInMemory(), [A, B]):
            raise RuntimeError
    assert all(headset.closed for headset in gateway.headsets.values())


async def test_somebody_is_told_that_the_headset_waits_for_them() -> None:
    gateway = FakeGateway(FakeHeadset(A, "S1"))
    gateway.asked_to_wait = {A}
    told: list[str] = []
    async with reached(gateway, HeadsetsInMemory(), [A], waiting=told.append):
        assert told == [A]


class FirstIsSlow(FakeGateway):
    """Nobody is there; of the first address that is known last."""

    async def connect(self, address: str, waiting: Waiting, *, accept_s: float = 0.0) -> FakeHeadset:
        if address == B:
            for _ in range(5):
                await asyncio.sleep(0)
        raise NothingListens(headset=address)


async def test_those_not_reached_are_told_in_the_order_they_were_named() -> None:
    async with reached(FirstIsSlow(), HeadsetsInMemory(), [B, C, A]) as outcome:
        assert list(outcome.unreached) == [B, C, A]


CABLE, SERVED = "usb:S1", "server:S2"


class Surroundings(FakeGateway):
    """A gateway that looks around."""

    def __init__(self, *headsets: FakeHeadset, around: Sequence[Sighting]) -> None:
        super().__init__(*headsets)
        self.around = around

    async def look(self) -> Sequence[Sighting]:
        return self.around

    async def answers_on_wifi(self, headset: ConnectedHeadset, port: int) -> str | None:
        raise AssertionError

    async def arm(self, headset: ConnectedHeadset, port: int) -> str:
        raise AssertionError


async def test_without_addresses_what_is_plugged_in_is_reached() -> None:
    around = [
        Sighting(address=CABLE, serial="S1"),
        Sighting(address=SERVED, serial="S2"),
        Sighting(address="usb:PHONE", serial="PHONE", is_headset=False),
    ]
    gateway = Surroundings(FakeHeadset(CABLE, "S1"), FakeHeadset(SERVED, "S2"), around=around)
    known = HeadsetsInMemory()
    async with reached(gateway, known, []) as outcome:
        assert [place.headset.address for place in outcome.places] == [CABLE, SERVED]
        assert outcome.unreached == {}
    assert [headset.address for headset in known.all()] == [CABLE, SERVED]


async def test_headset_on_a_cable_is_reached_once_and_keeps_its_address_on_the_network() -> None:
    known = HeadsetsInMemory()
    known.remember(Serial("S1"), "Quest 3", A, SEEN)
    known.remember(Serial("S2"), "Quest 3", B, SEEN)
    around = [Sighting(address=CABLE, serial="S1"), Sighting(address="usb:S2", serial="S2", is_headset=False)]
    both = (FakeHeadset(CABLE, "S1"), FakeHeadset(A, "S1"), FakeHeadset("usb:S2", "S2"))
    gateway = Surroundings(*both, around=around)
    gateway.unreachable[B] = NothingListens(headset=B)
    async with reached(gateway, known, []) as outcome:
        assert [place.headset.address for place in outcome.places] == [CABLE, "usb:S2"]
        # One is there by two ways, the other one by another than it was: neither is anybody's problem.
        assert outcome.unreached == {}
    assert [headset.address for headset in known.all()] == [A, B]
