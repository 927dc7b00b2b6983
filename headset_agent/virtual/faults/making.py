"""Lets faults begin and end in one headset."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass

from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.effects import Effects
from headset_agent.virtual.faults.kinds import Fault, name_of


@dataclass(frozen=True, slots=True)
class _Running:
    begun: asyncio.Event
    healed: asyncio.Event
    task: asyncio.Task[None]


class FaultMaker:
    """Begins faults and ends them; :meth:`close` lets go of all without healing them.

    Args:
        faults: Where the headset's parts look.
        effects: What has to be done besides.
    """

    def __init__(self, faults: ActiveFaults, effects: Effects) -> None:
        """Begin with nothing wrong."""
        self._faults = faults
        self._effects = effects
        self._running: dict[type[Fault], _Running] = {}

    async def begin(self, fault: Fault, for_s: float | None = None) -> None:
        """Let a fault begin; it ends by itself after ``for_s``, or at once when it is momentary.

        One of the same kind that lasts is ended first.
        """
        kind = type(fault)
        await self.end(kind)
        begun, healed = asyncio.Event(), asyncio.Event()
        if for_s is None and fault.momentary:
            healed.set()
        task = asyncio.create_task(self._last(fault, for_s, begun, healed), name=f"fault {kind.__name__}")
        task.add_done_callback(lambda task: self._tell_failure(kind, task))
        self._running[kind] = _Running(begun, healed, task)
        beginning = asyncio.create_task(begun.wait())
        await asyncio.wait((beginning, task), return_when=asyncio.FIRST_COMPLETED)
        beginning.cancel()
        if healed.is_set():
            await self.end(kind)

    async def end(self, kind: type[Fault]) -> bool:
        """Heal a fault; False: there was none of this kind."""
        running = self._running.pop(kind, None)
        if running is None:
            return False
        was_there = not running.task.done()
        running.healed.set()
        await asyncio.wait((running.task,))
        return was_there

    async def end_all(self) -> None:
        """Heal whatever there is."""
        for kind in [*self._running]:
            await self.end(kind)

    async def close(self) -> None:
        """Nothing begins or ends any more."""
        tasks = [running.task for running in self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _tell_failure(self, kind: type[Fault], task: asyncio.Task[None]) -> None:
        """Say what could not be done to the headset, or undone; it lives on all the same."""
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            self._faults.take(kind)
            sys.stderr.write(f"The fault {name_of(kind)!r} has failed: {failure}\n")

    async def _last(
        self, fault: Fault, for_s: float | None, begun: asyncio.Event, healed: asyncio.Event
    ) -> None:
        self._faults.put(fault)
        async with self._effects.of(fault):
            begun.set()
            try:
                async with asyncio.timeout(for_s):
                    await healed.wait()
            except TimeoutError:
                pass
            self._faults.take(type(fault))
