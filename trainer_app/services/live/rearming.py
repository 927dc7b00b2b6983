"""Makes headsets ready for Wi-Fi again that once were and have restarted since, as soon as a cable is in.

The switch is lost with every restart of a headset, and setting it restarts its ADB daemon: never while it
shows a film or gets one.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import perf_counter

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.link_errors import NotAccepted, WifiRefused, WifiUnanswered
from trainer_app.services.headset_port import ConnectedHeadset, NearbyHeadsets
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.remembering import DEFAULT_PORT
from trainer_app.services.live.slot import Slot
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

Armed = Callable[[Slot, ConnectedHeadset, str], Awaitable[None]]
"""Told that a headset answers at an address on the network."""

_IN_VAIN = (WifiUnanswered, WifiRefused, NotAccepted)
"""Its daemon was restarted, or asked to: trying it again soon would only cut the cable's connection again."""


class Rearming:
    """Looks at headsets whenever they tell of themselves.

    Args:
        is_busy: Whether its ADB daemon must not be restarted now.
        armed: See :data:`Armed`.
        changed: Called when something may look different.
        clock: UTC.
    """

    def __init__(
        self,
        gateway: NearbyHeadsets,
        tasks: TaskKeeper,
        pace: Pace,
        *,
        is_busy: Callable[[Slot], bool],
        armed: Armed,
        changed: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._gateway = gateway
        self._tasks = tasks
        self._pace = pace
        self._is_busy = is_busy
        self._armed = armed
        self._changed = changed
        self._clock = clock

    def consider(self, slot: Slot) -> None:
        """It has told of itself."""
        headset, known = slot.headset, slot.known
        if headset is None or known is None or known.armed_at is None or not is_on_cable(headset.address):
            return
        if slot.on_wifi or slot.rearming or perf_counter() < slot.rearm_again_s or self._is_busy(slot):
            return
        slot.rearming = True
        self._tasks.spawn(self._look_to(slot, headset), name=f"arm {slot.label} again")

    async def _look_to(self, slot: Slot, headset: ConnectedHeadset) -> None:
        try:
            await self._arm(slot, headset)
        except TrainerError as problem:
            log.info("headset %s is not ready for Wi-Fi again: %s", slot.label, problem)
            in_vain = isinstance(problem, _IN_VAIN)
            slot.rearm_again_s = perf_counter() + (
                self._pace.rearm if in_vain else self._pace.after_fault_last
            )
        finally:
            slot.rearming = False
            self._changed()

    async def _arm(self, slot: Slot, headset: ConnectedHeadset) -> None:
        address = await self._gateway.answers_on_wifi(headset, DEFAULT_PORT)
        if address is None:
            if self._is_busy(slot) or slot.headset is not headset:
                return  # something has begun meanwhile, or it has left: it is looked at again
            address = await self._gateway.arm(headset, DEFAULT_PORT)
            slot.rearmed_at = self._clock()
        await self._armed(slot, headset, address)
