"""Scenario versions as JSON, as a session keeps the one it was held with."""

from __future__ import annotations

import msgspec

from trainer_app.domain.scenarios import ScenarioVersion


def write_snapshot(version: ScenarioVersion) -> str:
    """Return the whole version as one line of JSON."""
    return msgspec.json.encode(version).decode()


def read_snapshot(text: str) -> ScenarioVersion:
    """Return the version that :func:`write_snapshot` wrote.

    Raises:
        ValueError: the text is nothing of the kind.
    """
    return msgspec.json.decode(text, type=ScenarioVersion)
