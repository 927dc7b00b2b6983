"""Waiting for a condition that nobody announces."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable
from time import perf_counter


async def until(condition: Callable[[], object], *, within_s: float = 30.0, every_s: float = 0.005) -> None:
    """Return when the condition, which may have to be awaited, holds; fail when it does not in time."""
    async with asyncio.timeout(within_s):
        while not await _value(condition()):  # noqa: ASYNC110 - nobody announces it
            await asyncio.sleep(every_s)


async def _value(answer: object) -> object:
    return await answer if inspect.isawaitable(answer) else answer


def wait_until(condition: Callable[[], object], *, within_s: float = 20.0) -> None:
    """The same where there is no loop."""
    end = perf_counter() + within_s
    waiting = threading.Event()
    while not condition():
        assert perf_counter() < end, "it did not come to pass"
        waiting.wait(0.02)
