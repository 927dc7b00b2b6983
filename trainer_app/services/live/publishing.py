"""Hands the suitcase's picture on: changes of state at once, movement a few times a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from trainer_app.domain.live_kit import HeadsetNow, KitNow


class Publisher:
    """Makes a new picture whenever something has changed and hands it on when it is time.

    Attributes:
        now: The last picture; any thread may read it.
        on_change: Called on the loop with every picture that is handed on.
    """

    def __init__(self, picture: Callable[[], KitNow], interval_s: float) -> None:
        self._picture = picture
        self._interval_s = interval_s
        self._timer: asyncio.TimerHandle | None = None
        self._last_s = float("-inf")
        self._closed = False
        self.now = KitNow()
        self.on_change: Callable[[KitNow], None] = lambda _now: None

    def changed(self) -> None:
        """Something may look different now."""
        if self._closed:
            return
        fresh = self._picture()
        if fresh == self.now:
            return
        loop = asyncio.get_running_loop()
        wait_s = self._last_s + self._interval_s - loop.time()
        if wait_s <= 0 or _settled(fresh) != _settled(self.now):
            self._hand_on(fresh)
        elif self._timer is None:
            self._timer = loop.call_later(wait_s, self._later)

    def open(self) -> None:
        """Hand pictures on (again)."""
        self._closed = False

    def close(self) -> None:
        """Hand a last picture on, and no more."""
        self.changed()
        self._cancel_timer()
        self._closed = True

    def _later(self) -> None:
        self._timer = None
        self._hand_on(self._picture())

    def _hand_on(self, fresh: KitNow) -> None:
        self._cancel_timer()
        self._last_s = asyncio.get_running_loop().time()
        self.now = fresh
        self.on_change(fresh)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _settled(now: KitNow) -> tuple[object, ...]:
    """What of a picture does not move by itself."""
    return (
        now.kit_id,
        now.film,
        now.stage,
        now.volume_percent,
        now.stopping,
        *map(_settled_headset, now.headsets),
    )


def _settled_headset(headset: HeadsetNow) -> tuple[object, ...]:
    return (
        headset.number,
        headset.state,
        headset.serial,
        headset.address,
        headset.address_is_new,
        headset.facts,
        headset.problem,
        headset.set_aside,
        headset.has_film,
        headset.on_its_own,
        headset.not_dark,
        headset.awaited,
        headset.started_elsewhere,
        headset.transfer is None,
    )
