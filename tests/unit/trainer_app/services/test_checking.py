"""A quick check: answers are kept one by one, and what is found is what the next session reckons with."""

from __future__ import annotations

import pytest

from tests.fakes.records import KARI, KIT, NOON
from trainer_app.domain.inventory import CheckItem, CheckKind, CheckResult, LineResult
from trainer_app.domain.kits import HeadsetCondition, Serial
from trainer_app.domain.session_errors import TextTooLong
from trainer_app.services.checking import KitChecking
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def checking(stored: SqlRepositories) -> KitChecking:
    for serial in ("A", "B"):
        headset = stored.headsets.remember(Serial(serial), "Quest 3", None, NOON)
        stored.headsets.place(headset.id, KIT.id)
    return KitChecking(stored.checks, stored.check_lines, stored.headsets, lambda: NOON)


def test_a_check_that_was_left_is_found_with_its_answers(checking: KitChecking) -> None:
    check = checking.begin_quick(KIT.id, CheckKind.QUICK_BEFORE, performed_by=KARI.id)
    first, second, *_ = checking.lines_of(check)
    answered = [checking.answer(first, LineResult.IN_ORDER), checking.answer(second, LineResult.LOW_STOCK)]
    left = checking.unfinished(KIT.id)
    assert left == check
    assert list(checking.lines_of(left))[:2] == answered
    assert len(checking.lines_of(left)) == 8


def test_what_is_found_becomes_the_condition_of_the_headset(
    checking: KitChecking, stored: SqlRepositories
) -> None:
    check = checking.begin_quick(KIT.id, CheckKind.QUICK_AFTER)
    for line in checking.lines_of(check):
        second = line.seq > 4
        dirty = second and line.item is CheckItem.CLEAN
        checking.answer(line, LineResult.DIRTY if dirty else LineResult.IN_ORDER, "fett på linsen" * dirty)
    finished = checking.finish(check)
    assert (finished.result, finished.finished_at) == (CheckResult.FAULTS, NOON)
    assert checking.unfinished(KIT.id) is None
    clean, greasy = stored.headsets.of_kit(KIT.id)
    assert clean.condition is HeadsetCondition.READY
    assert (greasy.condition, greasy.condition_note) == (
        HeadsetCondition.AWAITING_CLEANING,
        "fett på linsen",
    )


def test_questions_without_an_answer_leave_the_headset_as_it_was(
    checking: KitChecking, stored: SqlRepositories
) -> None:
    headset = stored.headsets.of_kit(KIT.id)[0]
    stored.headsets.set_condition(headset.id, HeadsetCondition.DEFECTIVE, NOON, "stroppen")
    check = checking.begin_quick(KIT.id, CheckKind.QUICK_BEFORE)
    checking.answer(checking.lines_of(check)[0], LineResult.IN_ORDER)
    assert checking.finish(check).result is CheckResult.UNFINISHED
    assert stored.headsets.of_kit(KIT.id)[0].condition is HeadsetCondition.DEFECTIVE


def test_a_pasted_book_is_refused(checking: KitChecking) -> None:
    check = checking.begin_quick(KIT.id, CheckKind.QUICK_BEFORE)
    line = checking.lines_of(check)[0]
    with pytest.raises(TextTooLong):
        checking.answer(line, LineResult.DEFECTIVE, "a" * 100_000)
    assert checking.lines_of(check)[0] == line
