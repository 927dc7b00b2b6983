"""*Gjør klar for Wi-Fi* for the suitcase on the table: cable once, then every headset without one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.link_errors import NothingOnCable
from trainer_app.services.headset_port import ConnectedHeadset, NearbyHeadsets
from trainer_app.services.live.remembering import DEFAULT_PORT
from trainer_app.services.live.slot import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmedKit:
    """How it went, by number: at which addresses headsets answer now, and what kept the others from it."""

    addresses: dict[int, str] = field(default_factory=dict)
    problems: dict[int, TrainerError] = field(default_factory=dict)


async def arm_slots(
    gateway: NearbyHeadsets,
    slots: Sequence[Slot],
    learn: Callable[[Slot, ConnectedHeadset, str], Awaitable[None]],
) -> ArmedKit:
    """Arm all headsets that are connected by a cable, at once; ``learn`` is told each new address.

    Raises:
        NothingOnCable: none of them is.
    """
    wired = [slot for slot in slots if slot.headset is not None and is_on_cable(slot.headset.address)]
    if not wired:
        raise NothingOnCable()
    outcome = ArmedKit()

    async def arm(slot: Slot) -> None:
        headset = slot.headset
        assert headset is not None
        try:
            address = await gateway.arm(headset, DEFAULT_PORT)
            await learn(slot, headset, address)
        except TrainerError as problem:
            outcome.problems[slot.number] = problem
        else:
            outcome.addresses[slot.number] = address

    await asyncio.gather(*(arm(slot) for slot in wired))
    return outcome
