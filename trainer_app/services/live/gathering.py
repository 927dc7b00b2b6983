"""Many small words in a row, answered once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Gathering:
    """Does something once, a moment after the first of many words, whatever their number.

    Headsets report ten times a second each. What only moves from one report to the next is looked at for all
    of them together.
    """

    def __init__(self, act: Callable[[], None], after_s: float) -> None:
        """``act`` is called ``after_s`` after the first :meth:`soon`, on the loop."""
        self._act = act
        self._after_s = after_s
        self._timer: asyncio.TimerHandle | None = None

    def soon(self) -> None:
        """There is something to look at, in no hurry."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._after_s, self._now)

    def forget(self) -> None:
        """It was looked at meanwhile, or nobody wants to know any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _now(self) -> None:
        self._timer = None
        self._act()
