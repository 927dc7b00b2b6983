"""*Stopp alt* from outside a group.

Nothing that takes time stands in its way: no database, no lease, no waiting of one headset for another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from trainer_app.domain.errors import TrainerError
from trainer_app.services.headset_port import HeadsetGateway


@dataclass(slots=True)
class StopResult:
    """By serial: whether it has said that it is silent and dark; by address: who was not reached."""

    dark: dict[str, bool] = field(default_factory=dict)
    unreached: dict[str, TrainerError] = field(default_factory=dict)


async def stop_all(gateway: HeadsetGateway, addresses: Sequence[str], *, by: str) -> StopResult:
    """Make every headset silent and dark, whoever leads it."""
    result = StopResult()

    async def stop(address: str) -> None:
        try:
            headset = await gateway.connect(address, lambda _address: None)
            try:
                result.dark[headset.serial] = await headset.stop(label=headset.serial, by=by)
            finally:
                await headset.close()
        except TrainerError as problem:
            result.unreached[address] = problem

    await asyncio.gather(*(stop(address) for address in dict.fromkeys(addresses)))
    return result
