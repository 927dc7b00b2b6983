"""The scenario versions a session can be planned with: those the program brings, and the department's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trainer_app.domain.scenarios import Content, ScenarioVersion
from trainer_app.domain.session_states import ScenarioStanding
from trainer_app.services.ports import Repositories
from trainer_app.services.scenario_versions import readable


def scenario_versions(stored: Repositories) -> Sequence[ScenarioVersion]:
    """Return all versions that are kept, by code, the newest first; on the database worker."""
    read = [version for snapshot in stored.scenarios.all() if (version := readable(snapshot)) is not None]
    return sorted(read, key=lambda version: (version.code, -version.version))


def standing_of(version: ScenarioVersion, content: Content) -> ScenarioStanding:
    """Return what a plan has to know of a version: its approval, and when its references were checked."""
    checked = [
        reference.last_checked
        for use in version.references
        if (reference := content.reference(use.key)) is not None
    ]
    return ScenarioStanding(
        is_approved=version.clinically_approved,
        review_due=None if version.approval is None else version.approval.review_due,
        references_checked=_oldest(checked),
    )


def _oldest(checked: Sequence[date | None]) -> date | None:
    """None when one of them was never checked."""
    known = [day for day in checked if day is not None]
    return min(known) if known and len(known) == len(checked) else None
