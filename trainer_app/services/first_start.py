"""The first start: department, person, room, suitcase and own settings, all together or none of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.errors import UserMistake
from trainer_app.domain.kits import Kit, KitId
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.organisation import Room, RoomId
from trainer_app.domain.people import Facilitator, Profession
from trainer_app.domain.typed_texts import clean_line
from trainer_app.services.organising import (
    NAME_LIMIT,
    add_department,
    add_person,
    chosen_profession,
    clean_short_name,
)
from trainer_app.services.own_settings import OwnSettings, read_settings, save_settings
from trainer_app.services.ports import Repositories
from trainer_app.services.suitcases import Suitcases

KIT_LABEL_LIMIT = 60
"""Characters; as :class:`Suitcases` keeps them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStart:
    """What was typed. The fields' names are those that errors name as ``field``."""

    department: str
    short_name: str
    person: str
    profession: Profession | None
    kit: str
    headsets: int
    room: str


def mistakes(first: FirstStart) -> dict[str, UserMistake]:
    """Return what is wrong with the fields, by their names, in the order they stand in."""
    checks: dict[str, Callable[[], object]] = {
        "department": lambda: clean_line(first.department, "department", limit=NAME_LIMIT),
        "short_name": lambda: clean_short_name(first.short_name),
        "person": lambda: clean_line(first.person, "person", limit=NAME_LIMIT),
        "profession": lambda: chosen_profession(first.profession),
        "kit": lambda: clean_line(first.kit, "kit", limit=KIT_LABEL_LIMIT),
        "room": lambda: clean_line(first.room, "room", limit=NAME_LIMIT),
    }
    found: dict[str, UserMistake] = {}
    for field, clean in checks.items():
        try:
            clean()
        except UserMistake as mistake:
            found[field] = mistake
    return found


def begin(stored: Repositories, first: FirstStart, now: datetime) -> OwnSettings:
    """Create all that a first session needs, and say who sits here; on the database worker. ``now`` is UTC.

    Raises:
        UserMistake: a field; nothing was created. See :func:`mistakes`.
    """
    for mistake in mistakes(first).values():
        raise mistake
    with stored.together():
        department = add_department(stored, first.department, first.short_name)
        person = add_person(stored, first.person, first.profession, department.id)
        today = local_of(now, HOME_ZONE).date()
        stored.facilitators.save(Facilitator(person_id=person.id, active_from=today))
        room = clean_line(first.room, "room", limit=NAME_LIMIT)
        stored.rooms.save(Room(id=RoomId(uuid4()), department_id=department.id, name=room))
        Suitcases(stored, lambda: now).save(
            Kit(
                id=KitId(uuid4()),
                label=first.kit,
                department_id=department.id,
                target_headset_count=first.headsets,
                responsible_id=person.id,
            )
        )
        own = replace(read_settings(stored), person_id=person.id, department_id=department.id)
        return save_settings(stored, own)
