"""Which faults a headset has right now; its parts ask here whenever it concerns them."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from headset_agent.virtual.faults.kinds import Fault

_F = TypeVar("_F", bound=Fault)


class NarrowLine:
    """When a narrow line has carried what was put on it. All connections of a headset share the line."""

    def __init__(self) -> None:
        """Nothing is on it."""
        self._free_at = 0.0

    def put(self, now: float, needed_s: float, delay_s: float) -> float:
        """Put something on it; gives when it has arrived.

        What follows close behind something else was on its way together with it: it is late only once.
        """
        was_idle = now - self._free_at > delay_s
        self._free_at = max(now, self._free_at) + needed_s + was_idle * delay_s
        return self._free_at


class ActiveFaults:
    """At most one fault of each kind; a second one takes the place of the first.

    Attributes:
        line: The one line that the headset has.
    """

    def __init__(self) -> None:
        """Nothing is wrong."""
        self.line = NarrowLine()
        self._faults: dict[type[Fault], Fault] = {}
        self._changed = asyncio.Event()

    def __bool__(self) -> bool:
        """Anything is wrong."""
        return bool(self._faults)

    def get(self, kind: type[_F]) -> _F | None:
        """The fault of this kind, or None."""
        found = self._faults.get(kind)
        return found if isinstance(found, kind) else None

    def kinds(self) -> list[type[Fault]]:
        """All that is wrong, in the order it began."""
        return [*self._faults]

    def put(self, fault: Fault) -> None:
        """A fault begins."""
        self._faults[type(fault)] = fault
        self._tell()

    def take(self, kind: type[_F]) -> _F | None:
        """A fault is over; gives it, or None when there was none."""
        fault = self.get(kind)
        self._faults.pop(kind, None)
        self._tell()
        return fault

    async def until_over(self, kind: type[Fault]) -> None:
        """Wait until there is no fault of this kind."""
        while kind in self._faults:
            await self._changed.wait()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
