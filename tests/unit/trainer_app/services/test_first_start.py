"""The first start creates everything a session needs, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.records import NOON
from trainer_app.domain.errors import UserMistake
from trainer_app.domain.organisation_errors import DepartmentNameTaken, ShortNameUnusable
from trainer_app.domain.people import Profession
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.services.first_start import FirstStart, begin, mistakes
from trainer_app.services.organising import add_department
from trainer_app.services.own_settings import read_settings
from trainer_app.services.ports import Repositories

TYPED = FirstStart(
    department=" BUP  Eksempelvik ",
    short_name="ev",
    person="Kari Eksempelsen",
    profession=Profession.PSYCHOLOGIST,
    kit="Koffert 1",
    headsets=4,
    room="Møterom Lauv",
)


def test_all_that_a_session_needs_is_there(empty_stored: Repositories) -> None:
    own = begin(empty_stored, TYPED, NOON)
    (department,) = empty_stored.departments.where()
    (person,) = empty_stored.people.where()
    (kit,) = empty_stored.kits.where()
    (room,) = empty_stored.rooms.where()
    assert (department.name, department.short_name) == ("BUP Eksempelvik", "EV")
    assert (person.full_name, person.profession) == ("Kari Eksempelsen", Profession.PSYCHOLOGIST)
    assert (kit.label, kit.target_headset_count, kit.responsible_id) == ("Koffert 1", 4, person.id)
    assert {kit.department_id, room.department_id, person.department_id} == {department.id}
    leads = empty_stored.facilitators.get(person.id)
    assert leads is not None
    assert leads.leads_on(date(2026, 11, 21))
    assert own == read_settings(empty_stored)
    assert own.is_complete
    assert len(empty_stored.accessories.where(kit_id=kit.id)) > 3


@pytest.mark.parametrize("field", ["department", "short_name", "person", "kit", "room"])
@pytest.mark.parametrize(("typed", "kind"), [("  \t ", TextMissing), ("x" * 100_000, TextTooLong)])
def test_spaces_and_endless_texts_are_refused_by_field(
    empty_stored: Repositories, field: str, typed: str, kind: type[UserMistake]
) -> None:
    first = replace(TYPED, **{field: typed})  # type: ignore[arg-type]  # all of these fields are texts
    with pytest.raises(kind) as caught:
        begin(empty_stored, first, NOON)
    assert caught.value.params["field"] == field
    assert list(mistakes(first)) == [field]
    assert not empty_stored.departments.where()
    assert not read_settings(empty_stored).is_complete


def test_all_wrong_fields_are_named_at_once() -> None:
    first = replace(TYPED, short_name="E-V", person=" ", profession=None, room="")
    found = mistakes(first)
    assert list(found) == ["short_name", "person", "profession", "room"]
    assert isinstance(found["short_name"], ShortNameUnusable)


def test_what_fails_at_the_end_leaves_nothing_behind(
    empty_stored: Repositories, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room_on_the_disk(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("trainer_app.services.first_start.save_settings", no_room_on_the_disk)
    with pytest.raises(OSError):
        begin(empty_stored, TYPED, NOON)
    kinds = (
        empty_stored.departments,
        empty_stored.people,
        empty_stored.facilitators,
        empty_stored.rooms,
        empty_stored.kits,
        empty_stored.accessories,
    )
    assert [kind.where() for kind in kinds] == [[]] * len(kinds)


@pytest.mark.parametrize(
    ("name", "short", "field"), [("bup eksempelvik", "X", "department"), ("Ny", "ev", "short_name")]
)
def test_two_departments_are_never_called_the_same(
    department_stored: Repositories, name: str, short: str, field: str
) -> None:
    with pytest.raises(DepartmentNameTaken) as caught:
        add_department(department_stored, name, short)
    assert caught.value.params["field"] == field
    assert len(department_stored.departments.where()) == 1
