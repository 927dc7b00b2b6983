"""Finds headsets that are plugged in: those of the suitcase get their cable, new ones a place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_named
from trainer_app.domain.kits import KitId, Serial
from trainer_app.services.headset_port import NearbyHeadsets, Sighting
from trainer_app.services.live.keeping import Keeper
from trainer_app.services.live.slot import Slot

_log = logging.getLogger(__name__)

IsElsewhere = Callable[[KitId, Serial], Awaitable[bool]]
"""Whether a headset belongs to another suitcase than this one; it stays there, though it be charged here."""


class Places(Protocol):
    """What is looked after."""

    def slots(self) -> list[Slot]:
        """The places of the suitcase."""

    def keeper_at(self, address: str) -> Keeper | None:
        """Who tries an address."""

    def take_in(self, sighting: Sighting, slot: Slot | None) -> None:
        """Look after a headset; ``slot`` None: it is new here."""

    def let_go(self, keeper: Keeper) -> None:
        """Look after a headset no more."""


class Finder:
    """Looks around for one suitcase for as long as :meth:`keep` runs."""

    def __init__(
        self, nearby: NearbyHeadsets, places: Places, kit_id: KitId, is_elsewhere: IsElsewhere | None
    ) -> None:
        self._nearby = nearby
        self._places = places
        self._kit_id = kit_id
        self._is_elsewhere = is_elsewhere
        self._learned: dict[str, str] = {}

    def learn(self, address: str, serial: str) -> None:
        """Say whose address it is that only the device itself can tell; kept until it is there no more."""
        self._learned[address] = serial

    async def keep(self, pause_s: float) -> None:
        """Never ends by itself."""
        while True:
            try:
                await self.look()
            except TrainerError as problem:
                # The database may be written by somebody else just now; the next look asks it anew.
                _log.warning("the look for headsets came to nothing: %s", problem)
            await asyncio.sleep(pause_s)

    async def look(self) -> None:
        """Look once."""
        sightings = [self._named(seen) for seen in await self._nearby.look()]
        there = {seen.address for seen in sightings}
        self._learned = {address: who for address, who in self._learned.items() if address in there}
        by_serial = {seen.serial: seen for seen in sightings if seen.serial}
        self._plug(by_serial)
        self._forget(there)
        for seen in await self._new_ones(sightings):
            self._places.take_in(seen, None)

    def _named(self, seen: Sighting) -> Sighting:
        return seen if seen.serial else replace(seen, serial=self._learned.get(seen.address, ""))

    def _plug(self, by_serial: dict[str, Sighting]) -> None:
        """The headsets of the suitcase that are on a cable, or were."""
        for slot in self._places.slots():
            if slot.known is None:
                continue
            seen = by_serial.get(slot.known.serial)
            if slot.keeper is not None:
                slot.keeper.plug(seen.address if seen else None)
            elif seen is not None:
                self._places.take_in(seen, slot)

    def _forget(self, there: set[str]) -> None:
        """A new headset that was unplugged before it was reached leaves no place behind."""
        for slot in self._places.slots():
            keeper = slot.keeper
            if keeper is None or slot.known is not None or slot.address_is_new:
                continue
            if is_named(keeper.address) and keeper.address not in there:
                self._places.let_go(keeper)

    async def _new_ones(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        known = {slot.known.serial for slot in self._places.slots() if slot.known is not None}
        new = []
        for seen in sightings:
            if not seen.is_headset or seen.serial in known or self._places.keeper_at(seen.address):
                continue
            if not await self._belongs_elsewhere(seen.serial):
                new.append(seen)
        return new

    async def _belongs_elsewhere(self, serial: str) -> bool:
        if not serial or self._is_elsewhere is None:
            return False
        return await self._is_elsewhere(self._kit_id, Serial(serial))
