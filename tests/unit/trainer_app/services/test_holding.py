"""The session that is held: begun once, found again, taken up after a crash, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.fakes.films import a_film
from tests.fakes.ready_session import READY_ID, Ready, store_ready
from tests.fakes.records import NOON
from trainer_app.domain.films import Film, Sha256, ThemeCode
from trainer_app.domain.running import Recovery
from trainer_app.domain.session_errors import AnotherSessionHeld, StepImpossible
from trainer_app.domain.sessions import AbortReason, SessionId, SessionState
from trainer_app.library.scenarios import find_content
from trainer_app.services.content_keeping import keep_content
from trainer_app.services.holding import SessionHolding
from trainer_app.services.running import SessionRunning
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.services.setting_up import SettingUp, SetUp
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def ready(department_stored: SqlRepositories) -> Ready:
    content = find_content().content
    keep_content(department_stored, content, write_snapshot)
    return store_ready(department_stored, content)


@pytest.fixture
def holding(department_stored: SqlRepositories, ready: Ready) -> SessionHolding:
    return _holding(department_stored)


def _holding(stored: SqlRepositories) -> SessionHolding:
    return SessionHolding(stored, lambda: NOON)


def _begun(holding: SessionHolding) -> SessionRunning:
    running = holding.open(READY_ID)
    assert isinstance(running, SessionRunning)
    return running


def test_a_session_begins_once(holding: SessionHolding) -> None:
    running = _begun(holding)
    assert running.session.state is SessionState.IN_PROGRESS
    assert holding.open(READY_ID) is running


def test_one_session_is_held_at_a_time(
    department_stored: SqlRepositories, holding: SessionHolding, ready: Ready
) -> None:
    other = SessionId(UUID(int=999))
    department_stored.sessions.save(replace(ready.session, id=other, number="EV-2026-A041", rev=0))
    phases = department_stored.phases.where(session_id=READY_ID)
    department_stored.phases.save(*(replace(phase, session_id=other) for phase in phases))
    running = _begun(holding)
    with pytest.raises(AnotherSessionHeld):
        holding.open(other)
    assert (holding.held_besides(other), holding.held_besides(READY_ID)) == (running.session, None)
    holding.finish(running)
    assert isinstance(holding.open(other), SessionRunning)


def test_another_run_of_the_program_asks_how_to_go_on(
    department_stored: SqlRepositories, holding: SessionHolding
) -> None:
    _begun(holding).next_phase()
    later = _holding(department_stored)
    found = later.open(READY_ID)
    assert isinstance(found, Recovery)
    running = later.go_on(found, gap_counts=True)
    assert running.run.seq == 2
    assert later.open(READY_ID) is running


def test_the_scenario_is_the_version_the_session_was_planned_with(
    holding: SessionHolding, ready: Ready
) -> None:
    material = holding.material_of(ready.session)
    assert material.scenario is not None
    assert (material.scenario.code, material.scenario.version) == ("VOT-1", 1)


def test_the_film_is_the_one_it_was_made_ready_with(
    department_stored: SqlRepositories, holding: SessionHolding, ready: Ready
) -> None:
    later = ready.film.imported_at + timedelta(days=1)
    newer = a_film(sha256=Sha256("cd" * 32), theme=ready.session.theme, imported_at=later)
    settled = SettingUp(department_stored.settings)

    def film() -> Film | None:
        return holding.material_of(ready.session).film

    department_stored.films.add(newer)
    assert film() == ready.film
    settled.keep(READY_ID, SetUp(film=Sha256("0" * 64)))
    assert film() == newer
    settled.keep(READY_ID, SetUp())
    assert film() == newer
    department_stored.films.remove(newer.sha256)
    department_stored.films.change(replace(ready.film, theme=ThemeCode("INN")))
    assert film() is None


def test_a_session_is_ended_with_what_is_missing_said_before(
    department_stored: SqlRepositories, holding: SessionHolding
) -> None:
    running = _begun(holding)
    said = {finding.key.removeprefix("session.guard.") for finding in holding.findings_at_end(running)}
    assert said == {"application_not_held", "no_learning_point", "aftercare_not_offered"}
    assert holding.finish(running).state is SessionState.HELD
    with pytest.raises(StepImpossible):
        holding.open(READY_ID)


def test_a_session_is_broken_off_with_its_reason(
    department_stored: SqlRepositories, holding: SessionHolding
) -> None:
    holding.abort(_begun(holding), AbortReason.EQUIPMENT)
    session = department_stored.sessions.by_id(READY_ID)
    assert session is not None
    assert (session.state, session.abort_reason) == (SessionState.ABORTED, AbortReason.EQUIPMENT)
