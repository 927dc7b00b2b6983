"""What the suitcase's page needs of the database, read in one go on the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.inventory import CheckLine, InventoryCheck, may_go_on
from trainer_app.domain.kits import Accessory, FilmPresence, Headset, HeadsetId, ItemType, Kit, KitId
from trainer_app.domain.organisation import Department
from trainer_app.domain.people import Person
from trainer_app.services.ports import Repositories

_CHECKS_READ = 8
"""A headset that was in none of so many checks has not been checked for a year."""

_ORDER = {item: place for place, item in enumerate(ItemType)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRead:
    """A check with its lines."""

    check: InventoryCheck
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitRead:
    """A suitcase with all that belongs to it.

    Attributes:
        kits: All suitcases, by name.
        homeless: Headsets that lie in no suitcase.
        finished: The last checks that were concluded, the oldest first.
        under_way: A check that was begun and can be gone on with.
    """

    kit: Kit | None
    kits: tuple[Kit, ...] = ()
    departments: tuple[Department, ...] = ()
    people: tuple[Person, ...] = ()
    headsets: tuple[Headset, ...] = ()
    homeless: tuple[Headset, ...] = ()
    films: tuple[Film, ...] = ()
    presence: Mapping[HeadsetId, Mapping[Sha256, FilmPresence]] = field(default_factory=dict)
    accessories: tuple[Accessory, ...] = ()
    finished: tuple[CheckRead, ...] = ()
    under_way: CheckRead | None = None


def read_kit(stored: Repositories, wanted: KitId | None, own_department: object, now: datetime) -> KitRead:
    """Read the wanted suitcase, or where there is no such, the first of the own department. ``now``: UTC."""
    kits = tuple(stored.kits.where())
    common = KitRead(
        kit=_choose(kits, wanted, own_department),
        kits=kits,
        departments=tuple(stored.departments.where()),
        people=_responsible(stored),
        homeless=tuple(one for one in stored.headsets.all() if one.kit_id is None),
        films=tuple(stored.films.all()),
    )
    return common if common.kit is None else _with_content(stored, common, common.kit, now)


def _with_content(stored: Repositories, common: KitRead, kit: Kit, now: datetime) -> KitRead:
    headsets = tuple(stored.headsets.of_kit(kit.id))
    checks = stored.checks.where(kit_id=kit.id)
    begun = [check for check in checks if may_go_on(check, now)]
    finished = [check for check in checks if check.finished_at is not None]
    accessories = sorted(stored.accessories.where(kit_id=kit.id), key=lambda one: _ORDER[one.item_type])
    return KitRead(
        kit=kit,
        kits=common.kits,
        departments=common.departments,
        people=common.people,
        headsets=headsets,
        homeless=common.homeless,
        films=common.films,
        presence={headset.id: _presence(stored, headset) for headset in headsets},
        accessories=tuple(accessories),
        finished=tuple(_check(stored, check) for check in finished[-_CHECKS_READ:]),
        under_way=_check(stored, begun[-1]) if begun else None,
    )


def _choose(kits: Sequence[Kit], wanted: KitId | None, own_department: object) -> Kit | None:
    by_wish = (kit for kit in kits if kit.id == wanted)
    own = (kit for kit in kits if kit.department_id == own_department)
    return next(chain(by_wish, own, kits), None)


def _responsible(stored: Repositories) -> tuple[Person, ...]:
    """Facilitators: the equipment is theirs to look after."""
    leads = {facilitator.person_id for facilitator in stored.facilitators.where()}
    named = {kit.responsible_id for kit in stored.kits.where()}
    return tuple(person for person in stored.people.where() if person.id in leads | named)


def _presence(stored: Repositories, headset: Headset) -> Mapping[Sha256, FilmPresence]:
    rows = stored.headset_films.where(headset_id=headset.id)
    return {row.film_sha256: row.presence for row in rows}


def _check(stored: Repositories, check: InventoryCheck) -> CheckRead:
    return CheckRead(check=check, lines=tuple(stored.check_lines.where(check_id=check.id)))
