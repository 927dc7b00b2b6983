"""What has to be done after a time-out is done, also by whoever is being cancelled."""

from __future__ import annotations

import asyncio

import pytest

from headset_agent.protocol.patience import ended_within, until_one_ends


async def test_what_ends_in_time_has_ended_and_what_it_raises_is_raised() -> None:
    async def fail() -> None:
        raise KeyError

    assert await ended_within(asyncio.sleep(0), 30)
    with pytest.raises(KeyError):
        await ended_within(fail(), 30)


async def test_what_takes_too_long_is_cancelled_also_by_a_task_that_is_cancelled_itself() -> None:
    outcomes: list[object] = []
    begun = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            outcomes.append("work ended")

    async def cancelled() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            outcomes.append(await ended_within(work(), 0.01))
            raise

    task = asyncio.create_task(cancelled())
    await begun.wait()
    task.cancel()
    await asyncio.wait({task})
    assert outcomes == ["work ended", False]
    assert task.cancelled()


async def test_a_wait_that_is_cancelled_leaves_no_work_behind() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(ended_within(work(), 30))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    async with asyncio.timeout(30):
        await ended.wait()


async def test_when_one_has_ended_the_others_have_too() -> None:
    ended: list[str] = []

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("the other")

    async def fail() -> None:
        await asyncio.sleep(0)
        raise KeyError

    await until_one_ends(go_on(), fail())
    assert ended == ["the other"]
