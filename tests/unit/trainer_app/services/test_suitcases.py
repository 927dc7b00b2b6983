"""Suitcases are added, renamed, counted; what is said of a headset can be taken back."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.fakes.records import DEPARTMENT, KIT, NOON
from trainer_app.domain.kit_errors import KitLabelTaken
from trainer_app.domain.kits import HeadsetCondition, ItemType, Kit, KitId, Serial
from trainer_app.domain.link_errors import AddressMalformed
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.services.suitcases import Suitcases
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def suitcases(department_stored: SqlRepositories) -> Suitcases:
    return Suitcases(department_stored, lambda: NOON)


def _new(label: str) -> Kit:
    return Kit(id=KitId(uuid4()), label=label, department_id=DEPARTMENT.id, target_headset_count=3)


def test_a_new_suitcase_has_the_usual_things_not_counted_yet(
    department_stored: SqlRepositories, suitcases: Suitcases
) -> None:
    kit = suitcases.save(_new("  EV-2 "))
    assert kit.label == "EV-2"
    things = {one.item_type: one for one in department_stored.accessories.where(kit_id=kit.id)}
    assert things[ItemType.CONTROLLER].quantity_expected == 3
    assert things[ItemType.FACE_COVER].reorder_level == 25
    assert all(one.quantity_found is None and not one.is_short for one in things.values())


def test_renaming_adds_nothing(department_stored: SqlRepositories, suitcases: Suitcases) -> None:
    suitcases.save(replace(KIT, label="Den røde"))
    assert [kit.label for kit in department_stored.kits.where()] == ["Den røde"]
    assert not department_stored.accessories.where(kit_id=KIT.id)


@pytest.mark.parametrize("label", ["ev-1", " EV-1 "])
def test_two_suitcases_are_never_called_the_same(suitcases: Suitcases, label: str) -> None:
    with pytest.raises(KitLabelTaken):
        suitcases.save(_new(label))
    suitcases.save(replace(KIT, label=label))


def test_a_headset_is_looked_for_at_the_address_that_was_typed(
    department_stored: SqlRepositories, suitcases: Suitcases
) -> None:
    headset = department_stored.headsets.remember(Serial("PA1"), "Pico", "10.0.0.1:5555", NOON)
    assert suitcases.set_address(headset.id, " 10.0.0.7 ").address == "10.0.0.7:5555"
    with pytest.raises(AddressMalformed):
        suitcases.set_address(headset.id, "a b")
    [known] = department_stored.headsets.all()
    assert (known.address, known.last_seen) == ("10.0.0.7:5555", NOON)


def test_a_name_of_spaces_is_none_and_a_place_has_an_end(
    department_stored: SqlRepositories, suitcases: Suitcases
) -> None:
    with pytest.raises(TextMissing):
        suitcases.save(_new("   "))
    with pytest.raises(TextTooLong) as problem:
        suitcases.save(replace(_new("EV-2"), location="x" * 100_000))
    assert problem.value.params["field"] == "location"
    assert department_stored.kits.where() == [KIT]


def test_what_is_used_up_has_a_level_and_the_rest_a_number(
    department_stored: SqlRepositories, suitcases: Suitcases
) -> None:
    kit = suitcases.save(_new("EV-2"))
    for one in department_stored.accessories.where(kit_id=kit.id):
        suitcases.count(suitcases.need(one, 7), 6)
    things = {one.item_type: one for one in department_stored.accessories.where(kit_id=kit.id)}
    cover, cable = things[ItemType.FACE_COVER], things[ItemType.CHARGING_CABLE]
    assert (cover.reorder_level, cover.quantity_expected, cover.is_short) == (7, 0, True)
    assert (cable.quantity_expected, cable.quantity_found, cable.is_short) == (7, 6, True)


def test_a_condition_is_taken_back_with_its_note(
    department_stored: SqlRepositories, suitcases: Suitcases
) -> None:
    known = department_stored.headsets.remember(Serial("EV1"), "Pico G3", None, NOON)
    assert [one.id for one in suitcases.homeless()] == [known.id]
    suitcases.take_in([known], KIT.id)
    before = department_stored.headsets.of_kit(KIT.id)[0]
    after = suitcases.set_condition(before, HeadsetCondition.DEFECTIVE, " Stroppen løsner ")
    assert (after.condition, after.condition_note, after.condition_since) == (
        HeadsetCondition.DEFECTIVE,
        "Stroppen løsner",
        NOON,
    )
    suitcases.restore_condition(before)
    restored = department_stored.headsets.of_kit(KIT.id)[0]
    assert (restored.condition, restored.condition_note) == (HeadsetCondition.READY, "")
    assert not suitcases.homeless()
