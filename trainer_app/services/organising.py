"""Adding departments and people: what is typed is cleaned, and refused with the field it stands in."""

from __future__ import annotations

from uuid import uuid4

from trainer_app.domain.organisation import Department, DepartmentId
from trainer_app.domain.organisation_errors import DepartmentNameTaken, ShortNameUnusable
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.typed_texts import clean_line
from trainer_app.services.ports import Repositories

SHORT_NAME_LIMIT = 10
"""Characters; session numbers begin with it."""

NAME_LIMIT = 100
"""Characters of a person's or a department's name."""


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
    for other in stored.departments.where():
        if other.name.casefold() == department.name.casefold():
            raise DepartmentNameTaken(field="department", name=other.name)
        if other.short_name.casefold() == department.short_name.casefold():
            raise DepartmentNameTaken(field="short_name", name=other.short_name)
    stored.departments.save(department)
    return department


def add_person(stored: Repositories, name: str, profession: Profession, department: DepartmentId) -> Person:
    """Add somebody to a department's list; on the database worker.

    Raises:
        TextMissing: no name.
        TextTooLong: more than :data:`NAME_LIMIT` characters.
    """
    person = Person(
        id=PersonId(uuid4()),
        full_name=clean_line(name, "person", limit=NAME_LIMIT),
        profession=profession,
        department_id=department,
    )
    stored.people.save(person)
    return person
