"""Orders that take a while: each at most once at a time, and all can be broken off."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Callable, Coroutine

from trainer_app.tasks import TaskKeeper

Work = Coroutine[None, None, None]


class Order(enum.Enum):
    """What may be under way."""

    OPEN = "open"
    START = "start"
    TAKE_OVER = "take over"


class Orders:
    """Those of one suitcase."""

    def __init__(self, tasks: TaskKeeper) -> None:
        self._tasks = tasks
        self._under_way: dict[Order, asyncio.Task[None]] = {}

    @property
    def are_busy(self) -> bool:
        """Any is under way."""
        return any(not task.done() for task in self._under_way.values())

    def is_busy(self, order: Order) -> bool:
        """This one is."""
        return order in self._under_way and not self._under_way[order].done()

    async def carry_out(self, order: Order, work: Callable[[], Work]) -> None:
        """Do it as a task of its own, once at a time; ends without a word when it is broken off."""
        task = self._under_way.get(order)
        if task is None or task.done() or task.cancelling():
            task = self._under_way[order] = asyncio.create_task(work(), name=order.value)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()

    def begin(self, order: Order, work: Work) -> None:
        """Do what nobody waits for, and what must not fail."""
        self._under_way[order] = self._tasks.spawn(work, name=order.value)

    async def ended(self, order: Order) -> None:
        """Wait until it is not under way."""
        if self.is_busy(order):
            await asyncio.wait([self._under_way[order]])

    async def end(self, order: Order) -> None:
        """Break it off and wait until that has been done."""
        if self.is_busy(order):
            self._under_way[order].cancel()
            await self.ended(order)

    def break_off(self) -> list[asyncio.Task[None]]:
        """Break all off; gives those that end now."""
        ending = [task for task in self._under_way.values() if not task.done()]
        for task in ending:
            task.cancel()
        return ending
