"""Waiting for something with patience, also where one is being cancelled oneself.

``asyncio.timeout`` of Python 3.11.2, which Debian 12 and the headset's runtime have, lets the cancellation of
its task through in place of its TimeoutError: what has to be done after the time-out would not be done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def ended_within(work: Coroutine[Any, Any, object], seconds: float) -> bool:
    """Whether the work came to its end in time; else it is cancelled. What it raises is raised."""
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        in_time = task.done()
        task.cancel()
    if in_time:
        task.result()
        return True
    await asyncio.wait({task})
    return False


async def until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Do all at once until the first has ended, however it did; the others are cancelled."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
