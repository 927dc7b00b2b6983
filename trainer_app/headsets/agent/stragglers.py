"""Waiting for many, but for the slow ones no longer than a while after the first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)


class Stragglers:
    """Those who are waited for no longer and may still come."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def wait_for(
        self,
        coming: Iterable[asyncio.Task[None]],
        count_up: Callable[[], int],
        patience_s: float | None,
    ) -> None:
        """Wait for all; after the first that is up, no longer than the patience lasts (None: as it takes)."""
        waiting = self._tasks = set(coming)
        patience = asyncio.timeout(None)
        try:
            async with patience:
                for task in asyncio.as_completed(waiting):
                    await task
                    if patience_s is not None and patience.when() is None and count_up():
                        patience.reschedule(asyncio.get_running_loop().time() + patience_s)
        except TimeoutError:
            log.info("%d of %d headsets are ready", count_up(), len(waiting))
        except asyncio.CancelledError:
            self.let_go()
            raise

    def let_go(self) -> set[asyncio.Task[None]]:
        """Nobody waits for them any more: they are cancelled."""
        left, self._tasks = self._tasks, set()
        for task in left:
            task.cancel()
        return left
