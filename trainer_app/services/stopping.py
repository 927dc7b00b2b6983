"""*Stopp alt* from outside a group.

Nothing that takes time stands in its way: no database, no lease, no waiting of one headset for another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.stopping import StopOutcome


class Stopper(Protocol):
    """Reaches a headset by the shortest way."""

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        """Make it silent and dark.

        Raises:
            TrainerError: it was not reached.
        """


@dataclass(slots=True)
class StopResult:
    """Who was reached, and by address who was not."""

    stopped: list[StopOutcome] = field(default_factory=list)
    unreached: dict[str, TrainerError] = field(default_factory=dict)


async def stop_all(stopper: Stopper, addresses: Sequence[str], *, by: str) -> StopResult:
    """Make every headset silent and dark, whoever leads it."""
    result = StopResult()

    async def stop(address: str) -> None:
        try:
            result.stopped.append(await stopper.stop(address, by=by))
        except TrainerError as problem:
            result.unreached[address] = problem

    await asyncio.gather(*(stop(address) for address in dict.fromkeys(addresses)))
    result.stopped.sort(key=lambda outcome: outcome.serial)
    return result
