"""Reaching several headsets at once; one that fails does not hold the others up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_named
from trainer_app.domain.kits import Serial
from trainer_app.domain.playback_errors import NoHeadsetGiven, SameHeadset
from trainer_app.services.headset_port import (
    ACCEPT_S,
    ConnectedHeadset,
    HeadsetGateway,
    NearbyHeadsets,
    Place,
    Waiting,
)

if TYPE_CHECKING:
    from trainer_app.services.ports import HeadsetRepository


@dataclass(slots=True)
class Reached:
    """Who was reached, and who was not and why (by address)."""

    places: list[Place] = field(default_factory=list)
    unreached: dict[str, TrainerError] = field(default_factory=dict)


@asynccontextmanager
async def reached(
    gateway: HeadsetGateway,
    headsets: HeadsetRepository,
    addresses: Sequence[str],
    *,
    waiting: Waiting = lambda _address: None,
    accept_s: float = ACCEPT_S,
) -> AsyncIterator[Reached]:
    """Connect to all addresses at once and let go of all at the end.

    Without addresses those are tried at which headsets were last seen, and what is plugged in; one that is
    reached by two ways is there once.

    Raises:
        NoHeadsetGiven: no address, and no headset was ever seen.
    """
    wanted = list(dict.fromkeys(addresses)) or await _nearby_or_seen(gateway, headsets)
    if not wanted:
        raise NoHeadsetGiven()
    outcome = Reached()
    connected: list[ConnectedHeadset] = []

    async def reach(address: str) -> None:
        try:
            connected.append(await gateway.connect(address, waiting, accept_s=accept_s))
        except TrainerError as problem:
            outcome.unreached[address] = problem

    try:
        await asyncio.gather(*(reach(address) for address in wanted))
        connected.sort(key=lambda headset: wanted.index(headset.address))
        for headset in connected:
            same = next((p for p in outcome.places if p.headset.serial == headset.serial), None)
            if same is None:
                outcome.places.append(place_of(headsets, headset))
            elif addresses:
                outcome.unreached[headset.address] = SameHeadset(address=headset.address, headset=same.label)
        if not addresses:
            _forgive(outcome, headsets)
        outcome.unreached = dict(sorted(outcome.unreached.items(), key=lambda item: wanted.index(item[0])))
        yield outcome
    finally:
        await asyncio.gather(*(headset.close() for headset in connected))


async def _nearby_or_seen(gateway: HeadsetGateway, headsets: HeadsetRepository) -> list[str]:
    """What is plugged in, then where others were last seen. A cable is nearer than any network."""
    known = headsets.all()
    serials = {headset.serial for headset in known}
    sightings = await gateway.look() if isinstance(gateway, NearbyHeadsets) else ()
    found = [seen.address for seen in sightings if seen.is_headset or seen.serial in serials]
    return list(dict.fromkeys([*found, *(headset.address for headset in known if headset.address)]))


def _forgive(outcome: Reached, headsets: HeadsetRepository) -> None:
    """Where a headset was last seen is of no interest while it is here by another way."""
    here = {place.headset.serial for place in outcome.places}
    for known in headsets.all():
        if known.serial in here and known.address is not None:
            outcome.unreached.pop(known.address, None)


def place_of(headsets: HeadsetRepository, headset: ConnectedHeadset) -> Place:
    """Remember that a headset was seen, and look up its number."""
    address = headset.address
    if is_named(address):
        # A cable is found by itself, so it takes no network address away.
        address = next((h.address for h in headsets.all() if h.serial == headset.serial), None) or address
    known = headsets.remember(Serial(headset.serial), headset.model, address, datetime.now(UTC))
    return Place(headset=headset, number=known.number)
