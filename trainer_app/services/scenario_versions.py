"""Scenario versions as they are kept: as JSON, so that a session has the very one it was held with."""

from __future__ import annotations

import logging

import msgspec

from trainer_app.domain.content_snapshots import ScenarioSnapshot
from trainer_app.domain.scenarios import ScenarioVersion
from trainer_app.domain.sessions import Session
from trainer_app.services.ports import Repositories

_logger = logging.getLogger(__name__)


def write_snapshot(version: ScenarioVersion) -> str:
    """Return the whole version as one line of JSON."""
    return msgspec.json.encode(version).decode()


def read_snapshot(text: str) -> ScenarioVersion:
    """Return the version that :func:`write_snapshot` wrote.

    Raises:
        ValueError: the text is nothing of the kind.
    """
    return msgspec.json.decode(text, type=ScenarioVersion)


def snapshot_of(stored: Repositories, session: Session) -> ScenarioSnapshot | None:
    """Return the very version a session refers to, as it is kept; None: it refers to none."""
    if session.scenario_code is None or session.scenario_version is None:
        return None
    return stored.scenarios.version(session.scenario_code, session.scenario_version)


def readable(snapshot: ScenarioSnapshot | None) -> ScenarioVersion | None:
    """Return the version in it; None where another version of the program wrote it: all else is as it was."""
    if snapshot is None:
        return None
    try:
        return read_snapshot(snapshot.content)
    except ValueError:
        _logger.info("scenario %s, version %s cannot be read", snapshot.code, snapshot.version)
        return None
