"""Receives the headsets of a suitcase: who looks for each, who is there, under which number."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_named, is_on_cable
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.domain.kits import Headset, KitId, Serial
from trainer_app.domain.link_errors import AddressAnswers, LinkLost, OfAnotherKit
from trainer_app.domain.playback_errors import SameHeadset
from trainer_app.services.headset_port import (
    ConnectedHeadset,
    HeadsetGateway,
    NearbyHeadsets,
    Sighting,
)
from trainer_app.services.live.finding import Finder, IsElsewhere
from trainer_app.services.live.keeping import Keeper
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.remembering import Remember, read_address
from trainer_app.services.live.seating import Seating
from trainer_app.services.live.slot import Slot
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)


class Host(Protocol):
    """Who is told of those that come and go."""

    @property
    def film_plays(self) -> bool:
        """Headsets are asked about themselves less often then."""

    def on_arrived(self, slot: Slot, headset: ConnectedHeadset) -> None:
        """A headset has its place; what it tells of itself follows at once."""

    def on_told(self, slot: Slot, facts: HeadsetFacts) -> None:
        """A headset has told of itself."""

    def on_left(self, slot: Slot) -> None:
        """A headset is not there, or not any more."""

    def on_changed(self) -> None:
        """Something may look different."""


class Reception:
    """Looks after a headset at each address that is known, typed or found.

    Args:
        gateway: Reaches headsets; one that is ``NearbyHeadsets`` finds those that are plugged in.
        remember: Records a headset and gives it its number.
        seating: The places of the suitcase.
        host: Who is told.
        clock: UTC.
        is_elsewhere: Whether a headset belongs to another suitcase; None: there is no other.
    """

    def __init__(
        self,
        gateway: HeadsetGateway,
        remember: Remember,
        seating: Seating,
        tasks: TaskKeeper,
        pace: Pace,
        host: Host,
        *,
        clock: Callable[[], datetime],
        is_elsewhere: IsElsewhere | None,
    ) -> None:
        self._gateway = gateway
        self._remember = remember
        self._seating = seating
        self._tasks = tasks
        self._pace = pace
        self._host = host
        self._clock = clock
        self._is_elsewhere = is_elsewhere
        self._kit_id: KitId | None = None
        self._finder: Finder | None = None
        self._keepers: dict[Keeper, asyncio.Task[None]] = {}

    # --- the suitcase ------------------------------------------------------------------------------------

    def open(self, kit_id: KitId, headsets: Sequence[Headset], target_count: int) -> None:
        """Begin to look for the headsets of a suitcase, and around for others."""
        self._kit_id = kit_id
        self._seating.lay(headsets, target_count)
        self._reach_known()
        if isinstance(self._gateway, NearbyHeadsets):
            self._finder = Finder(self._gateway, self, kit_id, self._is_elsewhere)
            self._tasks.spawn(self._finder.keep(self._pace.look), name="look for headsets")

    def lay_anew(self, headsets: Sequence[Headset], target_count: int) -> None:
        """The suitcase was changed in the database."""
        self._seating.lay_anew(headsets, target_count)
        self._reach_known()

    def close(self) -> None:
        """Nobody is looked for any more; whoever does it has been ended."""
        self._keepers.clear()
        self._seating.clear()
        self._kit_id, self._finder = None, None

    def add_address(self, address: str) -> None:
        """Look after a headset at ``host:port`` as well; it gets its number when it is there.

        Raises:
            AddressMalformed: this is no address.
        """
        address = read_address(address)
        known = self.keeper_at(address)
        if known is not None:
            known.nudge()
            return
        slot = self._seating.provisional()
        slot.address_is_new = True
        self._keep(address, slot)
        self._host.on_changed()

    def change_address(self, slot: Slot, address: str) -> None:
        """Look for a headset that is not connected at another ``host:port``.

        Raises:
            AddressMalformed: this is no address.
            AddressAnswers: a headset is connected there, or this one is connected already.
        """
        address = read_address(address)
        self._refuse_answering(slot, address)
        former, slot.keeper = slot.keeper, None
        if former is not None:
            self._keepers.pop(former).cancel()
        slot.link_problem, slot.waits = None, False
        there = self.keeper_at(address)
        if there is None:
            self._keep(address, slot)
        else:
            self._seating.hand_over(there, slot)
            there.nudge()
        slot.address_is_new = True
        self._host.on_changed()

    async def learn_address(self, slot: Slot, headset: ConnectedHeadset, address: str) -> None:
        """A headset is reached at an address on the network as well."""
        if self._kit_id is None:
            return
        if slot.keeper is not None:
            slot.keeper.address = address
        slot.known = await self._remember(self._kit_id, Serial(headset.serial), headset.model, address)
        self._host.on_changed()

    # --- what keepers tell -------------------------------------------------------------------------------

    @property
    def film_plays(self) -> bool:
        """Headsets are asked about themselves less often then."""
        return self._host.film_plays

    def waits(self, keeper: Keeper) -> None:
        """Somebody has to allow this computer in the headset."""
        slot = self._seating.of_keeper(keeper)
        if slot is not None:
            slot.waits = True
            self._host.on_changed()

    async def arrived(self, keeper: Keeper, headset: ConnectedHeadset) -> None:
        """A headset is there: it gets its number and its place.

        Raises:
            SameHeadset: it is there already, at another address.
            OfAnotherKit: it belongs to another suitcase, and nobody has asked for it here.
            LinkLost: its keeper was let go of meanwhile.
            TrainerError: it could not be remembered.
        """
        assert self._kit_id is not None
        await self._refuse_twin(keeper, headset)
        await self._refuse_stranger(keeper, headset)
        known = await self._remember(self._kit_id, Serial(headset.serial), headset.model, keeper.address)
        await self._refuse_twin(keeper, headset)
        if keeper not in self._keepers:
            raise LinkLost(headset=headset.serial, detail="nobody looks after it any more")
        if known.address and is_named(keeper.address):
            keeper.address = known.address
        slot, idle = self._seating.seat(keeper, known)
        if idle is not None:
            self._keepers.pop(idle).cancel()
        slot.headset = headset
        slot.waits, slot.address_is_new = False, False
        slot.link_problem = None
        slot.last_contact = self._clock()
        self._host.on_arrived(slot, headset)

    def told(self, keeper: Keeper, facts: HeadsetFacts) -> None:
        """A headset has told of itself."""
        slot = self._seating.of_keeper(keeper)
        if slot is None:
            return
        slot.facts = facts
        slot.last_contact = self._clock()
        self._host.on_told(slot, facts)

    def left(self, keeper: Keeper, problem: TrainerError) -> None:
        """A headset is not there, or not any more."""
        slot = self._seating.of_keeper(keeper)
        if slot is None:
            return
        if slot.headset is not None:
            slot.last_contact = self._clock()
        slot.headset, slot.outfitting, slot.on_wifi = None, None, False
        slot.waits = False
        slot.link_problem = problem
        self._host.on_left(slot)

    # --- what the finder does ----------------------------------------------------------------------------

    def slots(self) -> list[Slot]:
        """The places of the suitcase."""
        return self._seating.slots()

    def keeper_at(self, address: str) -> Keeper | None:
        """Who tries an address."""
        return next((keeper for keeper in self._keepers if keeper.looks_at(address)), None)

    def take_in(self, sighting: Sighting, slot: Slot | None) -> None:
        """Look after a headset that was found; ``slot`` None: it is new here."""
        self._keep(sighting.address, slot or self._seating.provisional())
        self._host.on_changed()

    def let_go(self, keeper: Keeper) -> None:
        """Look after a headset no more."""
        if self._keepers.pop(keeper, None) is not None:
            self._seating.let_go(keeper)
            keeper.retire()
            self._host.on_changed()

    # --- inside ------------------------------------------------------------------------------------------

    def _reach_known(self) -> None:
        """Look after all headsets whose address is known and whom nobody looks after yet."""
        for slot in self._seating.slots():
            if slot.known is not None and slot.known.address and slot.keeper is None:
                self._keep(slot.known.address, slot)

    def _keep(self, address: str, slot: Slot) -> None:
        if self.keeper_at(address) is not None:
            # Two headsets were last seen here; whichever answers gets its own place.
            return
        keeper = Keeper(address, self._gateway, self, self._pace)
        keeper.cable = address if is_on_cable(address) else None
        slot.keeper = keeper
        self._keepers[keeper] = self._tasks.spawn(keeper.keep(), name=f"keep {address}")

    def _refuse_answering(self, slot: Slot, address: str) -> None:
        """What is connected stays so, whatever somebody types."""
        for other in self._seating.slots():
            keeper = other.keeper
            if other.headset is None or keeper is None:
                continue
            if other is slot or keeper.address == address:
                raise AddressAnswers(address=keeper.address, number=other.number)

    async def _refuse_twin(self, keeper: Keeper, headset: ConnectedHeadset) -> None:
        """It is there already, by another way. What nobody has typed is not told; an address is learned."""
        slot = self._seating.of_serial(headset.serial)
        if slot is None or slot.headset is None or slot.keeper is None or slot.keeper is keeper:
            return
        own = self._seating.of_keeper(keeper)
        is_news = is_named(slot.keeper.address) and not is_named(keeper.address)
        if is_news:
            await self.learn_address(slot, headset, keeper.address)
        if is_news or own is None or not own.address_is_new:
            self.let_go(keeper)
        raise SameHeadset(address=keeper.address, headset=slot.label)

    async def _refuse_stranger(self, keeper: Keeper, headset: ConnectedHeadset) -> None:
        """Only who types an address takes a headset out of another suitcase; being in reach does not."""
        own = self._seating.of_keeper(keeper)
        if own is None or own.address_is_new or self._is_elsewhere is None or self._kit_id is None:
            return
        is_ours = own.known is not None and own.known.serial == headset.serial
        if is_ours or not await self._is_elsewhere(self._kit_id, Serial(headset.serial)):
            return
        log.info("headset %s at %s belongs to another suitcase", headset.serial, keeper.address)
        if self._finder is not None:
            self._finder.learn(keeper.address, headset.serial)
        if own.known is None:
            self.let_go(keeper)
        raise OfAnotherKit(address=keeper.address, headset=headset.serial)
