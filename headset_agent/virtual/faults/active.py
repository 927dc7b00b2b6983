"""Which faults a headset has right now; its parts ask here whenever it concerns them."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from headset_agent.virtual.faults.kinds import Fault

_F = TypeVar("_F", bound=Fault)


class ActiveFaults:
    """At most one fault of each kind; a second one takes the place of the first."""

    def __init__(self) -> None:
        """Nothing is wrong."""
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
