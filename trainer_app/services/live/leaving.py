"""A session that was made ready and is left: after a while its headsets need not be kept awake for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from trainer_app.tasks import TaskKeeper


class Leaving:
    """Waits until somebody comes back, or nothing goes on in the headsets any more.

    Args:
        tasks: What waits belongs to them.
        is_busy: Something goes on in a headset that has to end first.
        let_go: Called when nobody has come back.
        after_s: So long somebody may look at other pages.
    """

    def __init__(
        self,
        tasks: TaskKeeper,
        *,
        is_busy: Callable[[], bool],
        let_go: Callable[[], Awaitable[None]],
        after_s: float,
    ) -> None:
        self._tasks = tasks
        self._is_busy = is_busy
        self._let_go = let_go
        self._after_s = after_s
        self._waiting: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """The session is left."""
        self.cancel()
        self._waiting = self._tasks.spawn(self._wait(), name="let a session go")

    def cancel(self) -> None:
        """Somebody has come back, or the session is held."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    async def _wait(self) -> None:
        while True:
            await asyncio.sleep(self._after_s)
            if not self._is_busy():
                break
        self._waiting = None
        await self._let_go()
