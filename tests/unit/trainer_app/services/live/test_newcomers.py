"""Headsets that come: taken into the film, asked what they show, or made dark."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.showing_room import ShowingRoom
from tests.fakes.waiting import until
from tests.unit.trainer_app.services.live.conftest import MakeRoom
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.live_kit import FilmStage
from trainer_app.services.headset_port import Found, GroupNow
from trainer_app.services.live.darkening import Darkening
from trainer_app.services.live.newcomers import Newcomers
from trainer_app.services.live.slot import Alone


class Door:
    """Where they come in."""

    def __init__(self, room: ShowingRoom) -> None:
        self.room = room
        self.ours_may_begin = False
        self.looked = 0
        self.darkening = Darkening(
            lambda: room.slots,
            room.tasks,
            holder="Anna",
            changed=room.changed,
            clock_ns=lambda: room.ns,
        )
        room.cast.takes_over = lambda: self.ours_may_begin
        self.newcomers = Newcomers(
            lambda: room.slots,
            room.tasks,
            room.cast,
            self.darkening,
            room.progress,
            ours_may_begin=lambda: self.ours_may_begin,
            looked=self._count,
            changed=room.changed,
            clock_ns=lambda: room.ns,
        )

    def _count(self) -> None:
        self.looked += 1


@pytest.fixture
async def door(room_of: MakeRoom) -> Door:
    return Door(room_of(2))


async def starts_without_the_second(door: Door) -> None:
    """It comes during the film."""
    away, door.room.slots[1].headset = door.room.slots[1].headset, None
    await door.room.starts()
    door.room.slots[1].headset = away
    door.ours_may_begin = True


def is_unconfirmed(door: Door, number: int) -> None:
    """A stop has not reached it."""
    door.room.slots[number - 1].unconfirmed = Alone.by_itself(GroupNow(), door.room.ns)


async def test_during_the_film_it_is_taken_in_without_a_question(door: Door) -> None:
    await starts_without_the_second(door)
    slot = door.room.slots[1]
    slot.looked_at = False
    door.newcomers.welcome(slot)
    assert slot.looked_at
    await until(lambda: "S2" in door.room.group.told)


async def test_a_film_that_was_not_started_here_is_told_of_and_left_alone(door: Door) -> None:
    device, slot = door.room.device(2), door.room.slots[1]
    device.shows, device.shows_at_s = Showing.FILM, 42.0
    door.room.progress.stage = FilmStage.READY
    slot.looked_at = False
    door.newcomers.welcome(slot)
    await until(lambda: door.looked)
    assert slot.shows_foreign_film
    assert slot.foreign_position_at(door.room.ns) == 42.0
    door.newcomers.consider()
    await until(lambda: "admit S1" in door.room.group.did)
    assert "admit S2" not in door.room.group.did
    assert device.darkened_by == []


async def test_the_answer_of_one_that_has_gone_meanwhile_is_not_that_of_the_next(door: Door) -> None:
    device, slot = door.room.device(2), door.room.slots[1]
    asked = asyncio.Event()

    async def showing() -> Found:
        asked.set()
        await device.may_tell.wait()
        return Found(showing=Showing.FILM)

    device.may_tell.clear()
    device.showing = showing  # type: ignore[method-assign]
    slot.looked_at = False
    door.newcomers.welcome(slot)
    await asked.wait()
    slot.headset = door.room.device(1)  # by another way
    device.may_tell.set()
    await until(lambda: door.looked)
    assert not slot.looked_at
    assert not slot.in_film.again
    assert not slot.shows_foreign_film


async def test_one_that_a_stop_has_missed_is_made_dark_when_it_comes(door: Door) -> None:
    is_unconfirmed(door, 2)
    door.newcomers.welcome(door.room.slots[1])
    await until(lambda: door.room.slots[1].unconfirmed is None)
    assert door.room.device(2).darkened_by == ["Anna"]


async def test_while_a_stop_is_under_way_nobody_is_made_dark_a_second_time(door: Door) -> None:
    with door.darkening.ordering(GroupNow()):
        door.newcomers.make_up_for_stops()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert door.room.device(1).darkened_by == door.room.device(2).darkened_by == []
    door.newcomers.make_up_for_stops()
    await until(lambda: door.room.device(2).darkened_by)


async def test_one_that_a_stop_has_missed_is_taken_into_the_next_film_instead(door: Door) -> None:
    await starts_without_the_second(door)
    is_unconfirmed(door, 2)
    door.newcomers.welcome(door.room.slots[1])
    await until(lambda: "S2" in door.room.group.told)
    assert door.room.device(2).darkened_by == []


async def test_one_that_went_on_alone_and_is_set_aside_is_made_dark_during_the_film(door: Door) -> None:
    await starts_without_the_second(door)
    door.room.slots[1].in_film.alone = Alone.by_itself(GroupNow(moving=True), 0)
    door.room.slots[1].aside = True
    door.newcomers.welcome(door.room.slots[1])
    await until(lambda: door.room.device(2).darkened_by)
    assert "admit S2" not in door.room.group.did


async def test_after_a_start_in_vain_all_that_are_here_are_asked(door: Door) -> None:
    for number in (1, 2):
        door.room.device(number).shows = Showing.PAUSED_FILM
    door.newcomers.look_around()
    await until(lambda: door.looked == 2)
    assert all(slot.shows_foreign_film for slot in door.room.slots)
