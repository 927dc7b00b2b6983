"""The equipment: suitcases, what lies in them, and headsets as the program knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from trainer_app.domain.films import Sha256
from trainer_app.domain.local_time import HOME_ZONE, LocalPeriod
from trainer_app.domain.organisation import DepartmentId
from trainer_app.domain.people import PersonId

Serial = NewType("Serial", str)
"""The serial number a headset reports of itself (``ro.serialno``)."""

HeadsetId = NewType("HeadsetId", UUID)
KitId = NewType("KitId", UUID)
AccessoryId = NewType("AccessoryId", UUID)
LoanId = NewType("LoanId", UUID)


class KitStatus(Enum):
    """What people say of a suitcase as a whole."""

    READY = "klar"
    INCOMPLETE = "ufullstendig"
    ON_LOAN = "utlant"
    IN_SERVICE = "service"
    OUT_OF_SERVICE = "ute_av_drift"


class HeadsetCondition(Enum):
    """What people say of a headset as a thing; what it does right now is ``HeadsetState``."""

    READY = "klar"
    CHARGING = "lader"
    IN_USE = "i_bruk"
    AWAITING_CLEANING = "til_rengjoring"
    DEFECTIVE = "defekt"
    MISSING = "savnet"
    RETIRED = "utfaset"


class ItemType(Enum):
    """What lies in a suitcase beside the headsets."""

    CONTROLLER = "kontroller"
    CHARGING_CABLE = "ladekabel"
    CHARGING_STATION = "ladestasjon"
    CONTROLLER_BATTERIES = "batterier"
    HEADPHONES = "hodetelefoner"
    FACE_COVER = "ansiktsmaske"
    SILICONE_COVER = "silikonmaske"
    GLASSES_SPACER = "brilleavstandsstykke"
    MICROFIBRE_CLOTH = "mikrofiberklut"
    DISINFECTANT_WIPES = "desinfeksjonsserviett"
    CASE_WITH_FOAM = "koffert_med_skum"
    PADLOCK = "hengelas"
    MANUAL = "bruksanvisning"
    QUICK_GUIDE = "hurtigguide"
    SCREEN_CABLE = "skjermkabel"
    FILM_STICK = "minnepinne"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A suitcase; ``target_headset_count`` and ``check_interval_days`` are the department's own numbers."""

    id: KitId
    label: str
    department_id: DepartmentId
    asset_no: str = ""
    location: str = ""
    target_headset_count: int = 5
    status: KitStatus = KitStatus.READY
    check_interval_days: int = 90
    responsible_id: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLoan:
    """A suitcase is away from ``starts`` until ``ends`` (wall times in ``zone``)."""

    id: LoanId
    kit_id: KitId
    borrower: str
    starts: datetime
    ends: datetime
    zone: str = HOME_ZONE
    returned_at: datetime | None = None

    @property
    def period(self) -> LocalPeriod:
        """When the suitcase is away."""
        return LocalPeriod(start=self.starts, end=self.ends, zone=self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessory:
    """So and so many of one thing belong into a suitcase; at ``reorder_level`` more are ordered."""

    id: AccessoryId
    kit_id: KitId
    item_type: ItemType
    quantity_expected: int
    quantity_found: int | None = None
    consumable: bool = False
    reorder_level: int = 0

    @property
    def is_short(self) -> bool:
        """Fewer than needed were found at the last count."""
        needed = self.reorder_level if self.consumable else self.quantity_expected
        return self.quantity_found is not None and self.quantity_found < needed


class FilmPresence(Enum):
    """Whether a film lies on a headset, as last looked."""

    YES = "ja"
    NO = "nei"
    WRONG_VERSION = "feil_versjon"
    DOES_NOT_PLAY = "spiller_ikke"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetFilm:
    """A cell of the film matrix. ``checked_at`` is UTC."""

    headset_id: HeadsetId
    film_sha256: Sha256
    presence: FilmPresence
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Headset:
    """A headset that has been connected at least once.

    Attributes:
        number: As printed on the device, from 1; a number belongs to one headset of a suitcase.
        address: Where it was last reached, or is to be looked for (host:port); None over a cable.
        first_seen: UTC.
        last_seen: UTC.
        kit_id: The suitcase it belongs to; None until somebody has put it into one.
        armed_at: When it was last made ready for Wi-Fi, UTC; it is to be so again after a restart.
    """

    id: HeadsetId
    serial: Serial
    number: int
    model: str
    address: str | None
    first_seen: datetime
    last_seen: datetime
    kit_id: KitId | None = None
    condition: HeadsetCondition = HeadsetCondition.READY
    condition_since: datetime | None = None
    condition_note: str = ""
    armed_at: datetime | None = None


def lowest_free_number(taken: Iterable[int]) -> int:
    """Return the smallest number from 1 on that nobody has."""
    numbers = set(taken)
    return next(number for number in range(1, len(numbers) + 2) if number not in numbers)
