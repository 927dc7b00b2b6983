"""What the services need of headsets: what is remembered of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from trainer_app.domain.kits import Headset, HeadsetCondition, HeadsetId, KitId, Serial


class HeadsetRepository(Protocol):
    """What is remembered of headsets."""

    def remember(self, serial: Serial, model: str, address: str | None, seen: datetime) -> Headset:
        """Record that a headset is here; one never seen gets the lowest free number. ``seen`` is UTC."""

    def mark_armed(self, serial: Serial, at: datetime) -> None:
        """Record that a headset that was seen was made ready for Wi-Fi. ``at`` is UTC."""

    def all(self) -> Sequence[Headset]:
        """Return all headsets, by number."""


class KitHeadsets(HeadsetRepository, Protocol):
    """Headsets as things that lie in a suitcase."""

    def of_kit(self, kit_id: KitId) -> Sequence[Headset]:
        """Return the headsets of a suitcase, by number."""

    def place(self, headset_id: HeadsetId, kit_id: KitId, number: int | None = None) -> Headset:
        """Put a headset into a suitcase, under ``number`` (None: the lowest that is free there).

        Raises:
            HeadsetNumberTaken: another headset of the suitcase has that number.
        """

    def set_address(self, headset_id: HeadsetId, address: str) -> Headset:
        """Record where a headset is to be looked for (host:port)."""

    def set_condition(
        self, headset_id: HeadsetId, condition: HeadsetCondition, since: datetime, note: str = ""
    ) -> Headset:
        """Record what people say of a headset as a thing. ``since`` is UTC."""
