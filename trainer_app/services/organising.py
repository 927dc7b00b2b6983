"""Adding and renaming: what is typed is cleaned, and refused with the field it stands in.

Records refer to departments, units, rooms and people by their ids: those that were made before a new name
show the new one. Session numbers stay as they were given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from trainer_app.domain.organisation import Department, DepartmentId, Room, RoomId, Unit, UnitId
from trainer_app.domain.organisation_errors import (
    DepartmentNameTaken,
    NameTaken,
    ProfessionMissing,
    ShortNameUnusable,
)
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.typed_texts import clean_line, clean_text
from trainer_app.services.ports import Repositories

SHORT_NAME_LIMIT = 10
"""Characters; session numbers begin with it."""

NAME_LIMIT = 100
"""Characters of a person's, a department's or a unit's name."""

ROOM_NAME_LIMIT = 200
"""Characters."""

ORGANISATION_LIMIT = 200
"""Characters of where a guest comes from."""


def clean_short_name(typed: str, field: str = "short_name") -> str:
    """Return a short name in capital letters.

    Raises:
        TextMissing: nothing but spaces.
        TextTooLong: more than :data:`SHORT_NAME_LIMIT` characters.
        ShortNameUnusable: not only letters and digits.
    """
    name = clean_line(typed, field, limit=SHORT_NAME_LIMIT).upper()
    if not name.isalnum():
        raise ShortNameUnusable(field=field)
    return name


def add_department(stored: Repositories, name: str, short_name: str) -> Department:
    """Add a department; on the database worker.

    Raises:
        TextMissing: ``name`` or ``short_name``; ``field`` says which.
        TextTooLong: the same.
        ShortNameUnusable: not only letters and digits.
        DepartmentNameTaken: two departments would be mixed up, or give the same session numbers.
    """
    department = Department(
        id=DepartmentId(uuid4()),
        name=clean_line(name, "department", limit=NAME_LIMIT),
        short_name=clean_short_name(short_name),
    )
    _refuse_department(stored, department)
    stored.departments.save(department)
    return department


def add_person(
    stored: Repositories,
    name: str,
    profession: Profession | None,
    department: DepartmentId,
    *,
    external_org: str = "",
) -> Person:
    """Add somebody to a department's list; on the database worker.

    Args:
        stored: Where to.
        name: As typed.
        profession: What they are; None while nobody has chosen it.
        department: Whose list.
        external_org: Where a guest comes from, as typed; empty: from the department itself.

    Raises:
        TextMissing: no name.
        TextTooLong: more than :data:`NAME_LIMIT`, or :data:`ORGANISATION_LIMIT`, characters; ``field`` says
            which.
        ProfessionMissing: none is chosen.
    """
    person = Person(
        id=PersonId(uuid4()),
        full_name=clean_line(name, "person", limit=NAME_LIMIT),
        profession=chosen_profession(profession),
        department_id=department,
        external_org=clean_text(external_org, "external_org", limit=ORGANISATION_LIMIT) or None,
    )
    stored.people.save(person)
    return person


def chosen_profession(chosen: Profession | None) -> Profession:
    """Return the profession that is chosen; none is taken for granted, as the reports count by it.

    Raises:
        ProfessionMissing: none is chosen.
    """
    if chosen is None:
        raise ProfessionMissing(field="profession")
    return chosen


def rename_department(stored: Repositories, own: DepartmentId, name: str, short_name: str) -> Department:
    """Give a department another name and short name; on the database worker.

    Raises:
        TextMissing: ``name`` or ``short_name``; ``field`` says which.
        TextTooLong: the same.
        ShortNameUnusable: not only letters and digits.
        DepartmentNameTaken: two departments would be mixed up, or give the same session numbers.
    """
    before = stored.departments.get(own)
    assert before is not None, "departments are not deleted"
    after = replace(
        before,
        name=clean_line(name, "department", limit=NAME_LIMIT),
        short_name=clean_short_name(short_name),
    )
    _refuse_department(stored, after)
    stored.departments.save(after)
    return after


def rename_unit(stored: Repositories, own: UnitId, name: str) -> Unit:
    """Give a unit another name; on the database worker.

    Raises:
        TextMissing: no name.
        TextTooLong: more than :data:`NAME_LIMIT` characters.
        NameTaken: by another unit of the department.
    """
    before = stored.units.get(own)
    assert before is not None, "units are not deleted"
    after = replace(before, name=clean_line(name, "unit", limit=NAME_LIMIT))
    others = stored.units.where(department_id=before.department_id)
    _refuse(after.name, "unit", (one.name for one in others if one.id != own))
    stored.units.save(after)
    return after


def rename_room(stored: Repositories, own: RoomId, name: str) -> Room:
    """Give a room another name; on the database worker.

    Raises:
        TextMissing: no name.
        TextTooLong: more than :data:`ROOM_NAME_LIMIT` characters.
        NameTaken: by another room of the department.
    """
    before = stored.rooms.get(own)
    assert before is not None, "rooms are not deleted"
    after = replace(before, name=clean_line(name, "room", limit=ROOM_NAME_LIMIT))
    others = stored.rooms.where(department_id=before.department_id)
    _refuse(after.name, "room", (one.name for one in others if one.id != own))
    stored.rooms.save(after)
    return after


def rename_person(stored: Repositories, own: PersonId, name: str) -> Person:
    """Give somebody another name; on the database worker.

    Raises:
        TextMissing: no name.
        TextTooLong: more than :data:`NAME_LIMIT` characters.
        NameTaken: by somebody else of the department; a plan knows people by their names.
    """
    before = stored.people.get(own)
    assert before is not None, "people are not deleted"
    after = replace(before, full_name=clean_line(name, "person", limit=NAME_LIMIT))
    others = stored.people.where(department_id=before.department_id)
    _refuse(after.full_name, "person", (one.full_name for one in others if one.id != own))
    stored.people.save(after)
    return after


def _refuse_department(stored: Repositories, department: Department) -> None:
    for other in stored.departments.where():
        if other.id == department.id:
            continue
        if other.name.casefold() == department.name.casefold():
            raise DepartmentNameTaken(field="department", name=other.name)
        if other.short_name.casefold() == department.short_name.casefold():
            raise DepartmentNameTaken(field="short_name", name=other.short_name)


def _refuse(name: str, field: str, taken: Iterable[str]) -> None:
    for other in taken:
        if other.casefold() == name.casefold():
            raise NameTaken(field=field, name=other)
