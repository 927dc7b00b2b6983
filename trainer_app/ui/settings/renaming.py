"""Which names can be changed, and what changes them. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

from trainer_app.domain.organisation import Department, DepartmentId, RoomId, UnitId
from trainer_app.domain.people import PersonId
from trainer_app.runtime.changes import Topic
from trainer_app.services.organising import rename_department, rename_person, rename_room, rename_unit
from trainer_app.services.ports import Repositories
from trainer_app.ui.choice import Choice
from trainer_app.ui.settings.reading import SettingsRead
from trainer_app.ui.settings.shown import Named, NameKind, Names, NewName

TOPICS: Mapping[NameKind, Topic] = MappingProxyType(
    {
        NameKind.DEPARTMENT: Topic.PLACES,
        NameKind.UNIT: Topic.PLACES,
        NameKind.ROOM: Topic.PLACES,
        NameKind.PERSON: Topic.PEOPLE,
    }
)
"""Whom a new name concerns."""


def field_of(service_field: str) -> str:
    """The field of the page that shows what the service refused."""
    return "new_short_name" if service_field == "short_name" else "new_name"


def rename(new: NewName) -> Callable[[Repositories], object]:
    """Return what gives the new name; on the database worker.

    Raises (when it is called):
        UserMistake: the name cannot be used; ``field`` says which.
    """
    own = UUID(new.key)
    if new.kind is NameKind.DEPARTMENT:
        return lambda stored: rename_department(stored, DepartmentId(own), new.name, new.short_name)
    if new.kind is NameKind.UNIT:
        return lambda stored: rename_unit(stored, UnitId(own), new.name)
    if new.kind is NameKind.ROOM:
        return lambda stored: rename_room(stored, RoomId(own), new.name)
    return lambda stored: rename_person(stored, PersonId(own), new.name)


def names_of(read: SettingsRead) -> Names:
    """Return what can be renamed, the own first; what belongs to another department says to which."""
    departments = {one.id: one for one in read.departments}
    found = {
        NameKind.DEPARTMENT: tuple(_departments(read)),
        NameKind.UNIT: tuple(
            _named(one.id, one.name, one.department_id, read, departments) for one in read.units
        ),
        NameKind.ROOM: tuple(
            _named(one.id, one.name, one.department_id, read, departments) for one in read.rooms
        ),
        NameKind.PERSON: tuple(
            _named(one.id, one.full_name, one.department_id, read, departments) for one in read.people
        ),
    }
    return {kind: tuple(sorted(named, key=_is_foreign)) for kind, named in found.items() if named}


def with_department(
    name: str,
    theirs: DepartmentId,
    own: DepartmentId | None,
    departments: Mapping[DepartmentId, Department],
) -> str:
    """``Rom 2 (SI)`` where it belongs to another department than the laptop."""
    other = departments.get(theirs)
    if own is None or other is None or other.id == own:
        return name
    return f"{name} ({other.short_name})"


def _is_foreign(named: Named) -> bool:
    return named.choice.words != named.name


def _departments(read: SettingsRead) -> Iterator[Named]:
    for one in sorted(read.departments, key=lambda one: one.id != read.own.department_id):
        yield Named(choice=Choice(str(one.id), one.name), name=one.name, short_name=one.short_name)


def _named(
    own: UUID,
    name: str,
    theirs: DepartmentId,
    read: SettingsRead,
    departments: Mapping[DepartmentId, Department],
) -> Named:
    words = with_department(name, theirs, read.own.department_id, departments)
    return Named(choice=Choice(str(own), words), name=name)
