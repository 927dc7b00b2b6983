"""Words of the facilitator to those who wear the headsets: who is meant, who has them before their eyes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from trainer_app.domain.wearer_text import Delivery, read_within_s, tidied
from trainer_app.services.headset_port import PlaybackGroup
from trainer_app.services.live.slot import Slot


async def show_text(
    slots: Iterable[Slot], group: PlaybackGroup | None, text: str, numbers: Collection[int] | None
) -> Delivery:
    """Show words to all that are here, or to those with these numbers.

    Raises:
        ValueError: there is nothing to read, or more than a wearer can.
    """
    words = tidied(text)
    seconds = read_within_s(words)
    meant = {
        slot.known.serial: slot.number
        for slot in slots
        if slot.known is not None and _is_meant(slot, numbers)
    }
    reached = set() if group is None else await group.show_text(words, seconds, meant)
    return Delivery(
        seconds=seconds,
        reached=tuple(sorted(number for serial, number in meant.items() if serial in reached)),
        missed=tuple(sorted(number for serial, number in meant.items() if serial not in reached)),
    )


def _is_meant(slot: Slot, numbers: Collection[int] | None) -> bool:
    """Words to all are for those that are here, or were when the film began."""
    if numbers is not None:
        return slot.number in numbers
    return not slot.aside and (slot.headset is not None or slot.in_film.was_in)
