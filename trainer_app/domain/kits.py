"""The equipment: headsets as the program knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

Serial = NewType("Serial", str)
"""The serial number a headset reports of itself (``ro.serialno``)."""

HeadsetId = NewType("HeadsetId", UUID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headset:
    """A headset that has been connected at least once.

    Attributes:
        number: As printed on the device, from 1.
        address: Where it was last reached (host:port), or None over a cable.
        first_seen: UTC.
        last_seen: UTC.
    """

    id: HeadsetId
    serial: Serial
    number: int
    model: str
    address: str | None
    first_seen: datetime
    last_seen: datetime


def lowest_free_number(taken: Iterable[int]) -> int:
    """Return the smallest number from 1 on that nobody has."""
    numbers = set(taken)
    return next(number for number in range(1, len(numbers) + 2) if number not in numbers)
