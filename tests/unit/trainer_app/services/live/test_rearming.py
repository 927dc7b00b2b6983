"""A headset that was made ready for Wi-Fi once is so again after a restart; nothing is disturbed by it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import Memory, a_headset
from tests.fakes.live_table import NOW, QUICK, Table, lay_table
from tests.fakes.waiting import until
from tests.unit.trainer_app.services.live.test_finding import CABLE, WIFI, Surroundings
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.link_errors import NoWifi, WifiUnanswered
from trainer_app.services.live.pace import Pace


@pytest.fixture
async def around() -> Surroundings:
    return Surroundings(FakeHeadset(WIFI, "S1"))


def once_armed(around: Surroundings, *, pace: Pace = QUICK) -> Table:
    """A headset that was made ready for Wi-Fi once and has restarted since; it is on a cable."""
    around.headsets[WIFI].is_lost.set()
    around.plug("S1")
    known = replace(a_headset(1, address=WIFI), armed_at=NOW)
    return lay_table(1, pace, gateway=around, memory=Memory(known))


async def test_headset_that_was_armed_once_is_armed_again_after_a_restart_without_a_press(
    around: Surroundings,
) -> None:
    table = once_armed(around)
    around.arms = {"S1": WIFI}
    await table.open()
    await until(lambda: bool(table.kit.now.headsets) and table.of(1).on_wifi)
    assert (table.of(1).address, table.of(1).rearmed_at) == (CABLE, NOW)
    assert around.armed == ["S1"], "once"
    await table.kit.release()


async def test_headset_that_answers_over_wifi_already_is_not_disturbed(around: Surroundings) -> None:
    table = once_armed(around)
    around.listening = {"S1": WIFI}
    await table.open()
    await until(lambda: bool(table.kit.now.headsets) and table.of(1).on_wifi)
    assert table.of(1).rearmed_at is None
    assert around.armed == []
    await table.kit.release()


async def test_headset_that_was_never_armed_waits_for_the_press(around: Surroundings) -> None:
    around.headsets[WIFI].is_lost.set()
    around.plug("S1")
    around.arms = {"S1": WIFI}
    table = lay_table(1, QUICK, gateway=around, memory=Memory(a_headset(1, address=WIFI)))
    await table.open()
    await table.is_(1, S.READY)
    await table.everybody_is_tried()
    assert (around.armed, table.of(1).on_wifi) == ([], False)
    await table.kit.arm()
    await until(lambda: table.of(1).on_wifi)
    assert table.of(1).rearmed_at is None, "that is said to whoever has pressed"
    await table.kit.release()


async def test_headset_is_not_armed_again_while_it_shows_a_film(around: Surroundings) -> None:
    table = once_armed(around)
    around.headsets[CABLE].shows = Showing.FILM
    around.arms = {"S1": WIFI}
    await table.open()
    await table.is_(1, S.PLAYING)
    await table.everybody_is_tried()
    assert around.armed == []
    around.headsets[CABLE].shows = Showing.NOTHING
    await until(lambda: table.of(1).on_wifi)
    await table.kit.release()


async def test_headset_is_not_armed_again_while_it_gets_a_film(around: Surroundings) -> None:
    table = once_armed(around)
    device = around.headsets[CABLE]
    device.may_tell.clear()  # nobody knows yet what it shows
    device.may_fill.clear()
    around.arms = {"S1": WIFI}
    getting_ready = asyncio.create_task(table.ready())
    await until(lambda: bool(table.kit.now.headsets) and table.of(1).transfer)
    assert around.armed == []
    device.may_tell.set()
    await table.everybody_is_tried()
    assert around.armed == []
    device.may_fill.set()
    await getting_ready
    await until(lambda: table.of(1).on_wifi)
    await table.kit.release()


@pytest.mark.parametrize(
    ("problem", "again"),
    [(NoWifi(headset="S1"), True), (WifiUnanswered(headset="S1", address=WIFI), False)],
)
async def test_headset_that_is_armed_in_vain_is_not_cut_off_again_and_again(
    around: Surroundings, problem: TrainerError, *, again: bool
) -> None:
    """One that has no network yet after its start is tried again; asking for that restarts nothing."""
    table = once_armed(around, pace=replace(QUICK, after_fault_last=0.002))
    around.arms = {"S1": problem}
    await table.open()
    await until(lambda: len(around.armed) > 2 * again)
    await table.everybody_is_tried()
    assert (len(around.armed) > 1) is again
    assert not table.of(1).on_wifi
    await table.kit.release()
