"""Arming headsets for Wi-Fi: those on a cable, all at once; each remembers its address on the network."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.kits import Serial
from trainer_app.domain.link_errors import NothingOnCable
from trainer_app.services.connecting import reached
from trainer_app.services.headset_port import HeadsetGateway, NearbyHeadsets, Place, Waiting
from trainer_app.services.live.remembering import DEFAULT_PORT

if TYPE_CHECKING:
    from trainer_app.services.ports import HeadsetRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Armed:
    """A headset that was to be armed. ``address``: at which it answers now; None: ``problem`` says why not.

    ``asked_at`` is the address by which it was to be reached.
    """

    asked_at: str
    serial: str | None = None
    number: int | None = None
    address: str | None = None
    problem: TrainerError | None = None


async def arm_headsets(
    gateway: HeadsetGateway,
    headsets: HeadsetRepository,
    addresses: Sequence[str],
    *,
    waiting: Waiting = lambda _address: None,
) -> list[Armed]:
    """Arm the headsets at these addresses, or all that are on a cable.

    Raises:
        NothingOnCable: no address was given, and no headset is on a cable.
    """
    if not isinstance(gateway, NearbyHeadsets):
        raise NothingOnCable()
    wanted = list(addresses) or await _on_cables(gateway, headsets)
    if not wanted:
        raise NothingOnCable()
    async with reached(gateway, headsets, wanted, waiting=waiting) as outcome:
        armed = await asyncio.gather(*(_arm(gateway, headsets, place) for place in outcome.places))
    lost = [Armed(asked_at=address, problem=problem) for address, problem in outcome.unreached.items()]
    return [*armed, *lost]


async def _on_cables(gateway: NearbyHeadsets, headsets: HeadsetRepository) -> list[str]:
    known = {headset.serial for headset in headsets.all()}
    return [
        seen.address
        for seen in await gateway.look()
        if is_on_cable(seen.address) and (seen.is_headset or seen.serial in known)
    ]


async def _arm(gateway: NearbyHeadsets, headsets: HeadsetRepository, place: Place) -> Armed:
    headset = place.headset
    try:
        address = await gateway.arm(headset, DEFAULT_PORT)
    except TrainerError as problem:
        return Armed(asked_at=headset.address, serial=headset.serial, number=place.number, problem=problem)
    now = datetime.now(UTC)
    headsets.remember(Serial(headset.serial), headset.model, address, now)
    headsets.mark_armed(Serial(headset.serial), now)
    return Armed(asked_at=headset.address, serial=headset.serial, number=place.number, address=address)
