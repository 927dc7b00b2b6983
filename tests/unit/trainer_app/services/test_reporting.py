"""The protocol and the screens speak of the same check of the suitcase."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.films import PROBE, a_film
from tests.fakes.office import TUESDAY, TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from trainer_app.domain.heat_map import HeatBin, HeatMap
from trainer_app.domain.inventory import CheckId, CheckKind, CheckResult, InventoryCheck
from trainer_app.domain.playback_records import PlaybackId, PlaybackRecord
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.services.heat_maps import keep_heat, sessions_with_heat
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


def test_where_the_group_looked_is_in_the_protocol_only_where_it_is_asked_for(
    made: TestOffice, held: Session
) -> None:
    assert held.number is not None
    film = a_film(probe=replace(PROBE, duration_s=600.0))
    made.stored.films.add(film)
    reporting = made.office.services.reporting
    playback = PlaybackRecord(
        id=PlaybackId(uuid4()),
        session_id=held.id,
        film_sha256=film.sha256,
        wave=1,
        started_at=STARTED,
    )
    made.stored.playbacks.save(playback)
    assert reporting.protocol(held.number, heat=True).heat == ()
    assert sessions_with_heat(made.stored) == frozenset()

    heat = HeatMap(bins={number: HeatBin(headsets=3, looks={5: 1}) for number in range(300)})
    keep_heat(made.stored, playback.id, heat)
    assert reporting.protocol(held.number).heat == ()
    (found,) = reporting.protocol(held.number, heat=True).heat
    assert found.film == film
    assert {one.moment.most for one in found.pictures} == {3}
    scenario = reporting.scenario_of(held)
    shares = sorted(stop.share for stop in scenario.stop_points if stop.share) if scenario else []
    places = [share * 600 for share in shares if share < 0.99]
    assert [one.at_s for one in found.pictures if one.stop] == places[:4]
    assert sessions_with_heat(made.stored) == frozenset({held.id})
