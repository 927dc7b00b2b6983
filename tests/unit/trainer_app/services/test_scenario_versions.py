"""A scenario version that this program cannot read is nowhere chosen, and hinders nothing."""

from __future__ import annotations

from tests.fakes.records import NOON, SCENARIO, a_session
from trainer_app.services.holding import SessionHolding
from trainer_app.services.scenario_choices import scenario_versions
from trainer_app.services.scenario_versions import readable, snapshot_of
from trainer_app.storage.repositories import SqlRepositories


def test_a_version_nobody_here_can_read_keeps_its_name(stored: SqlRepositories) -> None:
    session = stored.sessions.save(a_session(scenario_code=SCENARIO.code, scenario_version=SCENARIO.version))
    assert scenario_versions(stored) == []
    assert SessionHolding(stored, lambda: NOON).material_of(session).scenario is None
    kept = snapshot_of(stored, session)
    assert kept is not None
    assert (kept.title_nb, readable(kept)) == ("Setningen", None)


def test_a_session_without_a_scenario_refers_to_none(stored: SqlRepositories) -> None:
    assert snapshot_of(stored, a_session()) is None
