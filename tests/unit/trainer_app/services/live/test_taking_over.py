"""A film that a former run of the program has started is led on, when it is that film and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.fakes.live_headsets import LiveGroup
from tests.fakes.showing_room import FILM, ShowingRoom
from tests.fakes.waiting import until
from tests.unit.trainer_app.services.live.conftest import MakeRoom
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback import LEAD_S
from trainer_app.domain.playback_errors import VrRefused
from trainer_app.domain.playback_records import PlaybackId, PlaybackRecord
from trainer_app.domain.sessions import SessionId
from trainer_app.services.headset_port import Found, GroupNow
from trainer_app.services.live.orders import Order, Orders
from trainer_app.services.live.taking_over import TakingOver

RUNNING_S = 40.0
GOES_ON = GroupNow(moving=True, position_s=RUNNING_S)


class Morning:
    """The program has been started again, and the headsets show something."""

    def __init__(self, room: ShowingRoom) -> None:
        self.room = room
        self.ours_may_begin = False
        self.orders = Orders(room.tasks)
        self.taking_over = TakingOver(
            lambda: room.slots,
            self.orders,
            room.cast,
            room.progress,
            group=self._group,
            ours_may_begin=lambda: self.ours_may_begin or self.is_busy,
            clock=lambda: room.now,
        )
        room.cast.takes_over = lambda: self.is_busy
        self.record = PlaybackRecord(
            id=PlaybackId(uuid4()),
            session_id=SessionId(uuid4()),
            film_sha256=FILM.sha256,
            wave=1,
            started_at=room.now - timedelta(seconds=RUNNING_S + LEAD_S),
            from_s=3.0,
        )
        room.group.former = GOES_ON
        for slot in room.slots:
            slot.found = Found(showing=Showing.FILM, position_s=RUNNING_S, plan_id=self.record.plan_id)

    @property
    def is_busy(self) -> bool:
        return self.orders.is_busy(Order.TAKE_OVER)

    async def _group(self) -> LiveGroup:
        return self.room.group

    @property
    def has_taken_over(self) -> bool:
        return f"take over {self.record.plan_id}" in self.room.group.did


@pytest.fixture
async def morning(room_of: MakeRoom) -> Morning:
    return Morning(room_of(2))


async def test_the_film_goes_on_as_the_start_it_was(morning: Morning) -> None:
    morning.taking_over.recognise(morning.record)
    await until(lambda: morning.room.progress.stage is FilmStage.PLAYING)
    assert morning.has_taken_over
    assert morning.room.group.running_s == pytest.approx(RUNNING_S)
    playback = morning.room.progress.playback
    assert playback is not None
    assert (playback.id, playback.started_at, playback.from_s) == (
        morning.record.id,
        morning.record.started_at,
        morning.record.from_s,
    )
    await until(lambda: sorted(morning.room.group.told) == ["S1", "S2"])


async def test_one_that_stands_paused_stays_so(morning: Morning) -> None:
    morning.room.group.former = GroupNow(moving=False, position_s=RUNNING_S)
    morning.taking_over.recognise(morning.record)
    await until(lambda: morning.room.progress.stage is FilmStage.PAUSED)


def is_over(morning: Morning) -> None:
    morning.record = replace(morning.record, ended_at=morning.room.now)


def other_film_is_chosen(morning: Morning) -> None:
    morning.room.cast.film = replace(FILM, sha256=Sha256("cd" * 32))


def another_start_is_shown(morning: Morning) -> None:
    for slot in morning.room.slots:
        slot.found = replace(slot.found, plan_id="that of somebody else")


def are_set_aside(morning: Morning) -> None:
    for slot in morning.room.slots:
        slot.aside = True


def ours_starts(morning: Morning) -> None:
    morning.ours_may_begin = True


@pytest.mark.parametrize(
    "happens", [is_over, other_film_is_chosen, another_start_is_shown, are_set_aside, ours_starts]
)
async def test_any_other_film_is_left_alone(morning: Morning, happens: Callable[[Morning], None]) -> None:
    happens(morning)
    morning.taking_over.recognise(morning.record)
    assert not morning.is_busy
    assert not morning.has_taken_over


async def test_it_is_taken_over_as_soon_as_a_headset_is_found_to_show_it(morning: Morning) -> None:
    shown = morning.room.slots[1].found
    for slot in morning.room.slots:
        slot.found = Found()
    morning.taking_over.recognise(morning.record)
    assert not morning.is_busy
    morning.room.slots[1].found = shown
    morning.taking_over.look()
    await until(lambda: morning.room.progress.under_way)


async def test_one_that_cannot_be_led_yet_is_tried_again_at_the_next_look(morning: Morning) -> None:
    morning.room.group.former = GroupNow()
    morning.room.group.refuses = {serial: VrRefused(headset=serial) for serial in ("S1", "S2")}
    morning.taking_over.recognise(morning.record)
    await until(lambda: not morning.is_busy)
    assert morning.room.progress.stage is FilmStage.NONE
    morning.room.group.refuses, morning.room.group.former = {}, GOES_ON
    for slot in morning.room.slots:
        slot.in_film.again = True
    morning.taking_over.look()
    await until(lambda: morning.room.progress.stage is FilmStage.PLAYING)


async def test_after_a_stop_it_is_not_found_again(morning: Morning) -> None:
    for slot in morning.room.slots:
        slot.aside = True
    morning.taking_over.recognise(morning.record)
    morning.taking_over.forget()
    for slot in morning.room.slots:
        slot.aside = False
    morning.taking_over.look()
    assert not morning.is_busy
