"""New names for departments, units, rooms and people; none that somebody else has."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from tests.fakes.records import ANNE, DEPARTMENT, KARI, ROOM, a_session
from trainer_app.domain.organisation import DepartmentId, RoomId, Unit, UnitId, UnitType
from trainer_app.domain.organisation_errors import DepartmentNameTaken, NameTaken, ShortNameUnusable
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.services.organising import (
    rename_department,
    rename_person,
    rename_room,
    rename_unit,
)
from trainer_app.storage.repositories import SqlRepositories

NORTH, SOUTH = (
    Unit(
        id=UnitId(UUID(int=at)),
        department_id=DEPARTMENT.id,
        name=name,
        unit_type=UnitType.INPATIENT,
        headcount=9,
    )
    for at, name in ((1, "Nord"), (2, "Sør"))
)


def test_a_room_gets_another_name_and_its_sessions_with_it(department_stored: SqlRepositories) -> None:
    session = department_stored.sessions.save(a_session(room_id=ROOM.id))
    rename_room(department_stored, ROOM.id, "  Møterom   Bjørk ")
    kept = department_stored.sessions.by_id(session.id)
    assert kept is not None
    assert kept.room_id == ROOM.id
    assert department_stored.rooms.get(ROOM.id) == replace(ROOM, name="Møterom Bjørk")


def test_a_department_s_sessions_keep_the_numbers_they_were_given(department_stored: SqlRepositories) -> None:
    session = department_stored.sessions.save(a_session(number="EV-2026-A001"))
    after = rename_department(department_stored, DEPARTMENT.id, "BUP Nyvik", "nv")
    assert (after.name, after.short_name) == ("BUP Nyvik", "NV")
    kept = department_stored.sessions.by_id(session.id)
    assert kept is not None
    assert (kept.number, kept.department_id) == ("EV-2026-A001", DEPARTMENT.id)


def test_only_the_name_of_a_unit_or_a_person_changes(department_stored: SqlRepositories) -> None:
    department_stored.units.save(NORTH, SOUTH)
    assert rename_unit(department_stored, NORTH.id, "Nordfløyen") == replace(NORTH, name="Nordfløyen")
    assert rename_person(department_stored, KARI.id, "Kari Ny") == replace(KARI, full_name="Kari Ny")
    assert department_stored.people.get(KARI.id) == replace(KARI, full_name="Kari Ny")


def test_a_name_that_is_taken_is_refused_whatever_its_capitals(department_stored: SqlRepositories) -> None:
    stored = department_stored
    stored.units.save(NORTH, SOUTH)
    other = replace(ROOM, id=RoomId(UUID(int=9)), name="Rom 2")
    stored.rooms.save(other)
    stored.departments.save(
        replace(DEPARTMENT, id=DepartmentId(UUID(int=8)), name="BUP Sørvik", short_name="SV")
    )
    with pytest.raises(NameTaken) as room:
        rename_room(stored, ROOM.id, "ROM 2")
    assert room.value.params == {"field": "room", "name": "Rom 2"}
    with pytest.raises(NameTaken):
        rename_unit(stored, NORTH.id, "sør")
    with pytest.raises(NameTaken):
        rename_person(stored, KARI.id, ANNE.full_name.upper())
    with pytest.raises(DepartmentNameTaken) as name:
        rename_department(stored, DEPARTMENT.id, "bup sørvik", "X1")
    with pytest.raises(DepartmentNameTaken) as short:
        rename_department(stored, DEPARTMENT.id, "BUP Nyvik", "sv")
    assert (name.value.params["field"], short.value.params["field"]) == ("department", "short_name")
    assert stored.rooms.get(ROOM.id) == ROOM
    assert stored.departments.get(DEPARTMENT.id) == DEPARTMENT


def test_the_own_name_in_other_capitals_is_not_taken(department_stored: SqlRepositories) -> None:
    assert rename_room(department_stored, ROOM.id, ROOM.name.upper()).name == ROOM.name.upper()
    same = rename_department(department_stored, DEPARTMENT.id, DEPARTMENT.name, DEPARTMENT.short_name)
    assert same == DEPARTMENT


def test_what_is_no_name_changes_nothing(department_stored: SqlRepositories) -> None:
    with pytest.raises(TextMissing):
        rename_person(department_stored, KARI.id, "   ")
    with pytest.raises(TextTooLong):
        rename_room(department_stored, ROOM.id, "å" * 100_000)
    with pytest.raises(ShortNameUnusable):
        rename_department(department_stored, DEPARTMENT.id, "BUP", "a-b")
    assert department_stored.people.get(KARI.id) == KARI
    assert department_stored.rooms.get(ROOM.id) == ROOM
    assert department_stored.departments.get(DEPARTMENT.id) == DEPARTMENT
