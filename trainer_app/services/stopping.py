"""*Stopp alt* from outside a group.

Nothing that takes time stands in its way: no database, no lease, no waiting of one headset for another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.stopping import StopOutcome

HEAD_START_S = 0.3
"""How long the first orders have the processor to themselves, before the others' addresses are looked up."""


class Stopper(Protocol):
    """Reaches a headset by the shortest way."""

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        """Make it silent and dark.

        Raises:
            TrainerError: it was not reached.
        """


@dataclass(slots=True)
class StopResult:
    """Who was reached, and by address who was not.

    Attributes:
        others_unknown: Why nobody could say which other headsets there are, or None.
    """

    stopped: list[StopOutcome] = field(default_factory=list)
    unreached: dict[str, TrainerError] = field(default_factory=dict)
    others_unknown: TrainerError | None = None


async def stop_all(
    stopper: Stopper,
    addresses: Iterable[str],
    *,
    by: str,
    others: Callable[[], Sequence[str]] | None = None,
) -> StopResult:
    """Make every headset silent and dark, whoever leads it.

    Args:
        stopper: How.
        addresses: These first.
        by: Who stops them.
        others: Looks up further addresses, slowly and without letting anybody else work.
    """
    result = StopResult()

    async def stop(address: str) -> None:
        try:
            result.stopped.append(await stopper.stop(address, by=by))
        except TrainerError as problem:
            result.unreached[address] = problem

    stopping = {address: asyncio.create_task(stop(address)) for address in dict.fromkeys(addresses)}
    if others is not None:
        if stopping:
            await asyncio.wait(stopping.values(), timeout=HEAD_START_S)
        try:
            more = dict.fromkeys(others())
        except TrainerError as problem:
            result.others_unknown = problem
        else:
            stopping |= {a: asyncio.create_task(stop(a)) for a in more if a not in stopping}
    await asyncio.gather(*stopping.values())
    result.stopped.sort(key=lambda outcome: outcome.serial)
    return result
