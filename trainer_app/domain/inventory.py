"""Checks of a suitcase: which questions are asked, and what their answers amount to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NewType
from uuid import UUID

from trainer_app.domain.kits import AccessoryId, Headset, HeadsetCondition, HeadsetId, KitId
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionId

CheckId = NewType("CheckId", UUID)

QUICK_BATTERY_PERCENT = 60
"""A headset with less is not ready for a session."""

FRESH_FOR = timedelta(hours=24)
"""A check older than this says nothing about today."""


class CheckKind(Enum):
    """Quick before and after a session, or of everything."""

    QUICK_BEFORE = "hurtig_for_okt"
    QUICK_AFTER = "hurtig_etter_okt"
    FULL = "full"


class CheckResult(Enum):
    """What a check as a whole came to."""

    OK = "ok"
    FAULTS = "avvik"
    UNFINISHED = "ikke_fullfort"


class CheckItem(Enum):
    """What is looked at."""

    PRESENT = "til_stede"
    BATTERY = "batteri"
    FILM_PLAYS = "film_spiller"
    CLEAN = "rent"
    QUANTITY = "antall"


class LineResult(Enum):
    """The answer to one question; ``klar`` is the condition of a headset, so that in order is ``i_orden``."""

    IN_ORDER = "i_orden"
    MISSING = "mangler"
    DEFECTIVE = "defekt"
    DIRTY = "skitten"
    LOW_STOCK = "lav_beholdning"
    NOT_CHECKED = "ikke_kontrollert"


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryCheck:
    """A check of a suitcase, finished or under way."""

    id: CheckId
    kit_id: KitId
    kind: CheckKind
    started_at: datetime
    finished_at: datetime | None = None
    session_id: SessionId | None = None
    performed_by: PersonId | None = None
    result: CheckResult = CheckResult.UNFINISHED
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One question of a check and its answer."""

    check_id: CheckId
    seq: int
    item: CheckItem
    headset_id: HeadsetId | None = None
    accessory_id: AccessoryId | None = None
    result: LineResult = LineResult.NOT_CHECKED
    battery_percent: int | None = None
    quantity_found: int | None = None
    note: str = ""


_QUICK_ITEMS = (CheckItem.PRESENT, CheckItem.BATTERY, CheckItem.FILM_PLAYS, CheckItem.CLEAN)


def quick_questions(check_id: CheckId, headsets: Iterable[Headset]) -> list[CheckLine]:
    """Return the questions of a quick check, headset by headset; retired ones are left alone."""
    asked = (
        (headset, item)
        for headset in sorted(headsets, key=lambda headset: headset.number)
        if headset.condition is not HeadsetCondition.RETIRED
        for item in _QUICK_ITEMS
    )
    return [
        CheckLine(check_id=check_id, seq=seq, item=item, headset_id=headset.id)
        for seq, (headset, item) in enumerate(asked, start=1)
    ]


def judged_battery(percent: int) -> LineResult:
    """Answer the question of the battery from what was read."""
    return LineResult.IN_ORDER if percent >= QUICK_BATTERY_PERCENT else LineResult.LOW_STOCK


def result_of(lines: Sequence[CheckLine]) -> CheckResult:
    """What the answers amount to; a missing answer leaves the check unfinished."""
    if not lines or any(line.result is LineResult.NOT_CHECKED for line in lines):
        return CheckResult.UNFINISHED
    in_order = all(line.result is LineResult.IN_ORDER for line in lines)
    return CheckResult.OK if in_order else CheckResult.FAULTS


def condition_after(lines: Iterable[CheckLine]) -> HeadsetCondition:
    """The condition of a headset that these lines are about."""
    results = {line.result for line in lines}
    for result, condition in (
        (LineResult.MISSING, HeadsetCondition.MISSING),
        (LineResult.DEFECTIVE, HeadsetCondition.DEFECTIVE),
        (LineResult.DIRTY, HeadsetCondition.AWAITING_CLEANING),
        (LineResult.LOW_STOCK, HeadsetCondition.CHARGING),
    ):
        if result in results:
            return condition
    return HeadsetCondition.READY


def may_go_on(check: InventoryCheck, now: datetime) -> bool:
    """It was begun and not finished, lately: answers of another day would pass for today's."""
    return check.finished_at is None and now - check.started_at < FRESH_FOR


def is_fresh(finished_at: datetime | None, now: datetime) -> bool:
    """A check that was finished within the last 24 hours."""
    return finished_at is not None and now - finished_at < FRESH_FOR
