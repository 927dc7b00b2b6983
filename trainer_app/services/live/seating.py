"""Which headset has which number of the suitcase, and who looks after it."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.kits import Headset, lowest_free_number
from trainer_app.services.live.keeping import Keeper
from trainer_app.services.live.slot import Slot


class Seating:
    """The places of the suitcase, by number."""

    def __init__(self) -> None:
        self._slots: dict[int, Slot] = {}
        self._target = 0

    def lay(self, headsets: Sequence[Headset], target_count: int) -> None:
        """Lay out the places: of the headsets that are known, and of those that should be there."""
        self._target = target_count
        self._slots = {number: Slot(number=number) for number in range(1, target_count + 1)}
        for headset in headsets:
            self._slots[headset.number] = Slot(
                number=headset.number, known=headset, last_contact=headset.last_seen
            )

    def lay_anew(self, headsets: Sequence[Headset], target_count: int) -> None:
        """The suitcase was changed in the database: who is there stays, who is new gets their place.

        A headset that ``headsets`` does not name is kept: it may have come after they were read.
        """
        self._target = target_count
        for number in range(1, target_count + 1):
            self._slots.setdefault(number, Slot(number=number))
        for headset in headsets:
            self._place(headset)
        for slot in self.slots():
            if slot.number > target_count and slot.known is None and slot.keeper is None:
                del self._slots[slot.number]

    def clear(self) -> None:
        """No suitcase is there."""
        self._slots = {}

    def slots(self) -> list[Slot]:
        """All places, by number."""
        return [self._slots[number] for number in sorted(self._slots)]

    def of_number(self, number: int) -> Slot | None:
        """The place with this number."""
        return self._slots.get(number)

    def of_keeper(self, keeper: Keeper) -> Slot | None:
        """The place somebody looks after."""
        return next((slot for slot in self._slots.values() if slot.keeper is keeper), None)

    def of_serial(self, serial: str) -> Slot | None:
        """The place of a headset."""
        return next((s for s in self._slots.values() if s.known and s.known.serial == serial), None)

    def provisional(self) -> Slot:
        """A place for a headset of which only the address is known."""
        unseen = (slot for slot in self.slots() if slot.known is None and slot.keeper is None)
        slot = next(unseen, None)
        if slot is None:
            slot = Slot(number=lowest_free_number(self._slots))
            self._slots[slot.number] = slot
        return slot

    def seat(self, keeper: Keeper, known: Headset) -> tuple[Slot, Keeper | None]:
        """Give a headset that has come its place.

        Returns:
            The place, and who looked after that headset at an address that is no longer its own.
        """
        former = self.of_keeper(keeper)
        slot = self._slots.setdefault(known.number, Slot(number=known.number))
        is_its_own = slot.known is not None and slot.known.serial == known.serial
        slot.known = known
        if former is slot:
            return slot, None
        if former is not None:
            self._leave(former)
        idle = slot.keeper if is_its_own else None
        if not is_its_own:
            self._displace(slot)
        slot.keeper = keeper
        return slot, idle

    def hand_over(self, keeper: Keeper, slot: Slot) -> None:
        """Somebody says that a headset is where another one was looked for; who looks there has its place.

        Args:
            keeper: Who looks after that address, at which nobody is connected.
            slot: The place of that headset, which nobody looks after.
        """
        former = self.of_keeper(keeper)
        if former is not None:
            slot.waits, slot.link_problem = former.waits, former.link_problem
            self._leave(former)
        slot.keeper = keeper

    def let_go(self, keeper: Keeper) -> None:
        """Nobody looks for that headset any more; a place that was only borrowed is free again."""
        former = self.of_keeper(keeper)
        if former is not None:
            self._leave(former)

    def _place(self, headset: Headset) -> None:
        own = self.of_serial(headset.serial)
        if own is not None:
            own.known = headset if own.number == headset.number else own.known
            return
        slot = self._slots.setdefault(headset.number, Slot(number=headset.number))
        if slot.known is not None:
            return
        slot.known, slot.last_contact = headset, headset.last_seen
        self._displace(slot)

    def _displace(self, slot: Slot) -> None:
        """The place belongs to somebody now; who waited here has only borrowed it, and waits elsewhere."""
        if slot.keeper is None:
            return
        other = self.provisional()
        other.keeper, slot.keeper = slot.keeper, None
        other.waits, slot.waits = slot.waits, False
        other.link_problem, slot.link_problem = slot.link_problem, None
        other.address_is_new, slot.address_is_new = slot.address_is_new, False

    def _leave(self, former: Slot) -> None:
        """The place was only borrowed, or its headset is at another address now."""
        former.keeper = None
        former.link_problem = None
        former.waits, former.address_is_new = False, False
        if former.known is None and former.number > self._target:
            del self._slots[former.number]
