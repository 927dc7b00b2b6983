"""Headsets are kept awake for a session, those that come later as well, and sleep when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.fakes.headsets import FakeHeadset
from tests.fakes.waiting import until
from trainer_app.services.caring import Caring, kept_awake
from trainer_app.tasks import TaskKeeper

AGAIN_S = 0.005

Begin = Callable[..., Caring]


@pytest.fixture
async def caring_for() -> AsyncIterator[Callable[[list[FakeHeadset]], Caring]]:
    tasks = TaskKeeper()
    yield lambda headsets: Caring(lambda: headsets, tasks, AGAIN_S)
    await tasks.close()


def a_headset(number: int) -> FakeHeadset:
    return FakeHeadset(f"10.0.0.{number}:5555", f"S{number}")


async def test_headsets_are_told_again_and_again_that_they_are_needed(caring_for: Begin) -> None:
    headsets = [a_headset(1), a_headset(2)]
    caring = caring_for(headsets)
    caring.begin()
    await until(lambda: min(headset.asked_to_stay_awake for headset in headsets) >= 3)
    await caring.end()
    assert not any(headset.is_kept_awake for headset in headsets)


async def test_one_that_comes_later_is_kept_awake_and_one_that_is_set_aside_may_sleep(
    caring_for: Begin,
) -> None:
    first, later = a_headset(1), a_headset(2)
    headsets = [first]
    caring = caring_for(headsets)
    caring.begin()
    await until(lambda: first.is_kept_awake)
    headsets[:] = [later]
    caring.look()
    await until(lambda: later.is_kept_awake and not first.is_kept_awake)
    await caring.end()


async def test_one_that_fails_is_tried_again(caring_for: Begin) -> None:
    headset = a_headset(1)
    headset.lose()
    problem, caring = headset.problem, caring_for([headset])
    caring.begin()
    await until(lambda: headset.refused_to_stay_awake >= 1)
    headset.problem = None
    await until(lambda: headset.is_kept_awake)
    headset.problem = problem
    await caring.end()
    assert headset.is_kept_awake, "its own programs put it back"


async def test_one_that_comes_after_the_session_may_sleep(caring_for: Begin) -> None:
    headset = a_headset(1)
    headset.is_kept_awake = True  # by a session that was broken off
    caring_for([headset]).welcome(headset)
    await until(lambda: not headset.is_kept_awake)


async def test_laptop_stays_awake_for_as_long_as_headsets_need_it() -> None:
    kept: list[bool] = []

    @contextmanager
    def laptop_awake() -> Iterator[None]:
        kept.append(True)
        yield
        kept.append(False)

    tasks = TaskKeeper()
    caring = Caring(lambda: [a_headset(1)], tasks, AGAIN_S, laptop_awake)
    caring.begin()
    caring.begin()
    assert kept == [True]
    await caring.end()
    await caring.end()
    assert kept == [True, False]
    await tasks.close()


async def test_headsets_sleep_also_after_something_that_has_failed() -> None:
    headset = a_headset(1)

    async def fail() -> None:
        async with kept_awake([headset]):
            await until(lambda: headset.is_kept_awake)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert not headset.is_kept_awake


async def test_a_session_that_begins_while_another_ends_is_kept_awake(caring_for: Begin) -> None:
    headset = a_headset(1)
    caring = caring_for([headset])
    caring.begin()
    await until(lambda: headset.is_kept_awake)
    ending = asyncio.create_task(caring.end())
    await asyncio.sleep(0)
    caring.begin()
    await ending
    await until(lambda: headset.is_kept_awake)
    asked = headset.asked_to_stay_awake
    await until(lambda: headset.asked_to_stay_awake > asked)
    await caring.end()
