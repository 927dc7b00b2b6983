"""Orders that take a while: once at a time, and broken off together."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.waiting import until
from trainer_app.domain.playback_errors import NoHeadsetLeft
from trainer_app.services.live.orders import Order, Orders
from trainer_app.tasks import TaskKeeper


class Work:
    """What an order does until it may end."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        await self.may_end.wait()


async def test_an_order_that_is_given_twice_is_carried_out_once() -> None:
    orders, work = Orders(TaskKeeper()), Work()
    given = [asyncio.create_task(orders.carry_out(Order.START, work)) for _ in range(2)]
    await until(lambda: work.begun)
    assert orders.are_busy
    assert orders.is_busy(Order.START)
    assert not orders.is_busy(Order.OPEN)
    work.may_end.set()
    await asyncio.gather(*given)
    assert work.begun == 1
    assert not orders.are_busy


async def test_one_that_is_broken_off_ends_without_a_word_and_another_takes_its_place() -> None:
    orders, work = Orders(TaskKeeper()), Work()
    first = asyncio.create_task(orders.carry_out(Order.START, work))
    await until(lambda: work.begun)
    ending = orders.break_off()
    second = asyncio.create_task(orders.carry_out(Order.START, work))
    await first
    await asyncio.wait(ending)
    work.may_end.set()
    await second
    assert work.begun == 2
    assert orders.break_off() == []


async def test_whoever_ends_one_goes_on_when_it_has_ended() -> None:
    tasks, work = TaskKeeper(), Work()
    orders = Orders(tasks)
    orders.begin(Order.OPEN, work())
    await orders.end(Order.TAKE_OVER)
    assert orders.is_busy(Order.OPEN)
    await orders.end(Order.OPEN)
    assert not orders.is_busy(Order.OPEN)
    await orders.ended(Order.OPEN)
    await tasks.close()


async def test_what_went_wrong_reaches_whoever_gave_the_order() -> None:
    async def fail() -> None:
        raise NoHeadsetLeft

    orders = Orders(TaskKeeper())
    with pytest.raises(NoHeadsetLeft):
        await orders.carry_out(Order.START, fail)
