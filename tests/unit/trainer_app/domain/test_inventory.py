"""Quick checks: what is asked, and what the answers amount to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.fakes.records import KIT, NOON
from trainer_app.domain.inventory import (
    CheckId,
    CheckItem,
    CheckResult,
    LineResult,
    condition_after,
    is_fresh,
    judged_battery,
    quick_questions,
    result_of,
)
from trainer_app.domain.kits import (
    Accessory,
    AccessoryId,
    Headset,
    HeadsetCondition,
    HeadsetId,
    ItemType,
    Serial,
)

CHECK = CheckId(UUID(int=7))


def _headset(number: int, condition: HeadsetCondition = HeadsetCondition.READY) -> Headset:
    return Headset(
        id=HeadsetId(UUID(int=number)),
        serial=Serial(f"S{number}"),
        number=number,
        model="Quest 3",
        address=None,
        first_seen=NOON,
        last_seen=NOON,
        condition=condition,
    )


def test_every_headset_in_use_is_asked_about_in_the_order_of_numbers() -> None:
    lines = quick_questions(CHECK, [_headset(2), _headset(1), _headset(3, HeadsetCondition.RETIRED)])
    assert [line.seq for line in lines] == list(range(1, 9))
    assert [line.headset_id for line in lines[::4]] == [UUID(int=1), UUID(int=2)]
    assert [line.item for line in lines[:4]] == [
        CheckItem.PRESENT,
        CheckItem.BATTERY,
        CheckItem.FILM_PLAYS,
        CheckItem.CLEAN,
    ]


def test_a_check_is_finished_when_all_is_answered() -> None:
    lines = [replace(line, result=LineResult.IN_ORDER) for line in quick_questions(CHECK, [_headset(1)])]
    assert result_of(lines) is CheckResult.OK
    assert result_of([*lines[1:], replace(lines[0], result=LineResult.DIRTY)]) is CheckResult.FAULTS
    assert result_of([*lines[1:], replace(lines[0], result=LineResult.NOT_CHECKED)]) is CheckResult.UNFINISHED
    assert result_of([]) is CheckResult.UNFINISHED


@pytest.mark.parametrize(("percent", "result"), [(59, LineResult.LOW_STOCK), (60, LineResult.IN_ORDER)])
def test_a_session_needs_sixty_percent(percent: int, result: LineResult) -> None:
    assert judged_battery(percent) is result


def test_the_worst_answer_decides_the_condition() -> None:
    lines = quick_questions(CHECK, [_headset(1)])
    answered = [replace(lines[1], result=LineResult.LOW_STOCK), replace(lines[3], result=LineResult.DIRTY)]
    assert condition_after(answered) is HeadsetCondition.AWAITING_CLEANING
    assert (
        condition_after([*answered, replace(lines[0], result=LineResult.MISSING)]) is HeadsetCondition.MISSING
    )
    assert condition_after([]) is HeadsetCondition.READY


def test_yesterdays_check_says_nothing_of_today() -> None:
    assert is_fresh(NOON - timedelta(hours=23), NOON)
    assert not is_fresh(NOON - timedelta(hours=24), NOON)
    assert not is_fresh(None, NOON)


def test_consumables_are_short_below_their_own_level() -> None:
    covers = Accessory(
        id=AccessoryId(uuid4()),
        kit_id=KIT.id,
        item_type=ItemType.FACE_COVER,
        quantity_expected=50,
        quantity_found=25,
        consumable=True,
        reorder_level=25,
    )
    assert not covers.is_short
    assert replace(covers, quantity_found=18).is_short
    assert replace(covers, consumable=False).is_short
    assert not replace(covers, quantity_found=None).is_short
