"""What headsets show that are not led from here: a former run or another computer may have begun it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from trainer_app.domain.errors import TrainerError
from trainer_app.services.headset_port import ConnectedHeadset, Found
from trainer_app.services.live.slot import Slot

log = logging.getLogger(__name__)


class Looking:
    """Asks headsets what they show.

    Args:
        is_foreign: Whether what a headset shows cannot have been started here.
    """

    def __init__(self, is_foreign: Callable[[Slot], bool], clock_ns: Callable[[], int]) -> None:
        self._is_foreign = is_foreign
        self._clock_ns = clock_ns

    async def at(self, slot: Slot) -> None:
        """Ask one, where that says anything; it has been looked at then, also where it does not tell."""
        headset = slot.headset
        found = await _ask(headset, slot) if headset is not None and self._is_foreign(slot) else None
        if slot.headset is not headset:
            return
        slot.looked_at = True
        if found is not None and self._is_foreign(slot):
            slot.found, slot.found_ns = found, self._clock_ns()


async def _ask(headset: ConnectedHeadset, slot: Slot) -> Found | None:
    try:
        return await headset.showing()
    except TrainerError as problem:
        log.info("headset %s does not tell what it shows: %s", slot.label, problem)
        return None
