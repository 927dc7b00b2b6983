"""Asyncio tasks and timers that are still pending when a test and its fixtures are done."""

from __future__ import annotations

import asyncio

import pytest

SETTLE_S = 0.2
"""What was cancelled or closed in the test's last line gets this long to finish."""


async def _settle() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=SETTLE_S)
    await asyncio.sleep(0)


def fail_if_any_pending(loop: asyncio.AbstractEventLoop) -> None:
    """Fail when the loop, which is not running now, still has something to do."""
    loop.run_until_complete(_settle())
    leftovers = [f"task {task!r}" for task in asyncio.all_tasks(loop)]
    # No public interface lists timers.
    timers = getattr(loop, "_scheduled", ())
    leftovers += [f"timer {timer!r}" for timer in timers if not timer.cancelled()]
    if leftovers:
        pytest.fail("\n  ".join(["the test left asyncio work pending:", *leftovers]), pytrace=False)
