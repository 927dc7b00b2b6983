"""The list has a line for every headset, also for one that does not answer."""

from __future__ import annotations

from tests.fakes.headsets import FakeGateway, FakeHeadset, HeadsetsInMemory
from trainer_app.domain.headset_state import HeadsetState, Showing
from trainer_app.domain.link_errors import NotAccepted, NothingListens
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.services.listing import HeadsetStatus, list_headsets

A, B, C = "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"


async def listed(gateway: FakeGateway, *addresses: str) -> dict[str, HeadsetStatus]:
    statuses = await list_headsets(gateway, HeadsetsInMemory(), addresses)
    return {status.address: status for status in statuses}


async def test_headset_that_answers_has_number_state_and_facts() -> None:
    headset = FakeHeadset(A, "S1")
    headset.shows = Showing.FILM
    status = (await listed(FakeGateway(headset), A))[A]
    assert (status.serial, status.number, status.state) == ("S1", 1, HeadsetState.PLAYING)
    assert status.facts == headset.told
    assert status.problem is None


async def test_those_that_were_not_reached_have_a_line_and_a_reason() -> None:
    gateway = FakeGateway(FakeHeadset(C, "S3"))
    gateway.unreachable = {
        A: NothingListens(headset=A),
        B: NotAccepted(headset=B, seconds=60),
    }
    statuses = await listed(gateway, A, B, C)
    assert statuses[A].state is HeadsetState.NOT_CONNECTED
    assert statuses[B].state is HeadsetState.NOT_AUTHORISED
    assert statuses[A].problem is gateway.unreachable[A]
    assert statuses[C].state is HeadsetState.READY


async def test_headset_that_vanishes_while_it_is_asked_is_not_connected() -> None:
    headset = FakeHeadset(A, "S1")
    headset.problem = HeadsetVanished(headset="S1")
    status = (await listed(FakeGateway(headset), A))[A]
    assert (status.state, status.problem) == (HeadsetState.NOT_CONNECTED, headset.problem)
