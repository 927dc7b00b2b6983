"""A loop's threads, before any test needs them."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

_THREADS = 4


async def have_workers() -> None:
    """Have the loop's threads before any test: one that a test is the first to need outlives it."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(_THREADS))
    together = threading.Barrier(_THREADS)
    await asyncio.gather(*(loop.run_in_executor(None, together.wait) for _ in range(_THREADS)))
