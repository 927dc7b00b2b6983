"""The protocol and the screens speak of the same check of the suitcase."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.office import TUESDAY, TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from trainer_app.domain.inventory import CheckId, CheckKind, CheckResult, InventoryCheck
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.storage.repositories import SqlRepositories

STARTED = TUESDAY + timedelta(hours=3)


@pytest.fixture
def made(empty_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(empty_stored, tmp_path)


@pytest.fixture
def held(made: TestOffice) -> Session:
    planned = PlannedWeek(made).session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session
    held = replace(
        planned,
        state=SessionState.HELD,
        actual_start=STARTED,
        actual_end=STARTED + timedelta(minutes=90),
    )
    return made.stored.sessions.save(held)


def _check(made: TestOffice, held: Session, kind: CheckKind, finished: datetime, **of: object) -> None:
    assert held.kit_id is not None
    made.stored.checks.save(
        InventoryCheck(
            id=CheckId(uuid4()),
            kit_id=held.kit_id,
            kind=kind,
            started_at=finished - timedelta(minutes=10),
            finished_at=finished,
            result=CheckResult.OK,
            **of,  # type: ignore[arg-type]
        )
    )


def _kinds(made: TestOffice, held: Session) -> list[CheckKind]:
    assert held.number is not None
    return [one.kind for one in made.office.services.reporting.protocol(held.number).checks]


def test_a_check_that_was_fresh_at_the_start_is_in_the_protocol(made: TestOffice, held: Session) -> None:
    _check(made, held, CheckKind.QUICK_AFTER, STARTED - timedelta(hours=23))
    assert _kinds(made, held) == [CheckKind.QUICK_BEFORE]
    _check(made, held, CheckKind.QUICK_AFTER, STARTED + timedelta(hours=2), session_id=held.id)
    assert _kinds(made, held) == [CheckKind.QUICK_BEFORE, CheckKind.QUICK_AFTER]
    _check(made, held, CheckKind.FULL, STARTED - timedelta(hours=1), session_id=held.id)
    assert _kinds(made, held) == [CheckKind.FULL, CheckKind.QUICK_AFTER]


def test_older_and_later_checks_are_not(made: TestOffice, held: Session) -> None:
    _check(made, held, CheckKind.QUICK_BEFORE, STARTED - timedelta(hours=24))
    _check(made, held, CheckKind.QUICK_BEFORE, STARTED + timedelta(minutes=5))
    assert _kinds(made, held) == []
