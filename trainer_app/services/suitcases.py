"""Suitcases as things: adding and renaming them, what lies in them, the state of single headsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.kit_errors import KitLabelTaken
from trainer_app.domain.kits import (
    Accessory,
    AccessoryId,
    Headset,
    HeadsetCondition,
    HeadsetId,
    ItemType,
    Kit,
    KitId,
)
from trainer_app.domain.typed_texts import clean_line, clean_text
from trainer_app.services.live.remembering import read_address
from trainer_app.services.ports import Repositories

MOST_COUNTED = 9999
"""Of one thing in a suitcase."""

_EACH_HEADSET = (
    ItemType.CONTROLLER,
    ItemType.CHARGING_CABLE,
    ItemType.HEADPHONES,
    ItemType.SILICONE_COVER,
    ItemType.MICROFIBRE_CLOTH,
)
_ONCE = (ItemType.CHARGING_STATION, ItemType.QUICK_GUIDE)
_CONSUMED = ((ItemType.FACE_COVER, 25), (ItemType.DISINFECTANT_WIPES, 50))
"""What is used up, and at which number more is ordered."""


class Suitcases:
    """Every change is saved at once; on the database worker."""

    def __init__(self, stored: Repositories, now: Callable[[], datetime]) -> None:
        self._stored = stored
        self._now = now

    def save(self, kit: Kit) -> Kit:
        """Save a suitcase; a new one gets the usual accessories, not counted yet.

        Raises:
            TextMissing: it has no name.
            TextTooLong: name, place or inventory number; ``field`` says which.
            KitLabelTaken: another suitcase is called the same.
        """
        cleaned = replace(
            kit,
            label=clean_line(kit.label, "label", limit=60),
            location=clean_text(kit.location, "location", limit=100),
            asset_no=clean_text(kit.asset_no, "asset_no", limit=40),
        )
        for other in self._stored.kits.where():
            if other.id != kit.id and other.label.casefold() == cleaned.label.casefold():
                raise KitLabelTaken(label=other.label)
        is_new = self._stored.kits.get(kit.id) is None
        with self._stored.together():
            self._stored.kits.save(cleaned)
            if is_new:
                self._stored.accessories.save(*usual_accessories(kit.id, kit.target_headset_count))
        return cleaned

    def count(self, accessory: Accessory, found: int) -> Accessory:
        """Keep how many were found; 0 to :data:`MOST_COUNTED`."""
        return self._keep(replace(accessory, quantity_found=found))

    def need(self, accessory: Accessory, needed: int) -> Accessory:
        """Keep how many belong there, or of what is used up, at which number more is ordered."""
        if accessory.consumable:
            return self._keep(replace(accessory, reorder_level=needed))
        return self._keep(replace(accessory, quantity_expected=needed))

    def set_condition(self, headset: Headset, condition: HeadsetCondition, note: str) -> Headset:
        """Record what people say of a headset as a thing.

        Raises:
            TextTooLong: the note; nothing is kept.
        """
        cleaned = clean_text(note, "note", limit=500)
        return self._stored.headsets.set_condition(headset.id, condition, self._now(), cleaned)

    def set_address(self, headset_id: HeadsetId, address: str) -> Headset:
        """Look for a headset at another ``host:port`` from now on.

        Raises:
            AddressMalformed: this is no address; nothing is kept.
        """
        return self._stored.headsets.set_address(headset_id, read_address(address))

    def restore_condition(self, headset: Headset) -> None:
        """Take a change of condition back: the headset is again as ``headset`` says."""
        since = headset.condition_since or self._now()
        self._stored.headsets.set_condition(headset.id, headset.condition, since, headset.condition_note)

    def homeless(self) -> Sequence[Headset]:
        """Return the headsets that lie in no suitcase."""
        return [headset for headset in self._stored.headsets.all() if headset.kit_id is None]

    def take_in(self, headsets: Sequence[Headset], kit_id: KitId) -> None:
        """Put headsets into a suitcase, each under the lowest number that is free there."""
        with self._stored.together():
            for headset in headsets:
                self._stored.headsets.place(headset.id, kit_id)

    def _keep(self, accessory: Accessory) -> Accessory:
        self._stored.accessories.save(accessory)
        return accessory


def usual_accessories(kit_id: KitId, headsets: int) -> list[Accessory]:
    """Return what usually lies in a suitcase with so many headsets; nothing is counted yet."""
    wanted = [(item, headsets, False, 0) for item in _EACH_HEADSET]
    wanted += [(item, 1, False, 0) for item in _ONCE]
    wanted += [(item, 0, True, level) for item, level in _CONSUMED]
    return [
        Accessory(
            id=AccessoryId(uuid4()),
            kit_id=kit_id,
            item_type=item,
            quantity_expected=expected,
            consumable=consumable,
            reorder_level=level,
        )
        for item, expected, consumable, level in wanted
    ]
