"""Who does what was agreed: a role, or a person by name. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from trainer_app.domain.notes import ActionItem
from trainer_app.services.ports import Repositories


def names_of_owners(actions: Iterable[ActionItem], stored: Repositories) -> dict[UUID, str]:
    """Return the names of the people who own one of these actions; reads the database."""
    owners = {action.owner_id for action in actions if action.owner_id is not None}
    people = [stored.people.get(owner) for owner in owners]
    return {person.id: person.full_name for person in people if person is not None}


def owner_of(action: ActionItem, names: Mapping[UUID, str]) -> str:
    """Who does it: a role, or the name of a person; empty where nobody is named."""
    return action.owner_role or (names.get(action.owner_id, "") if action.owner_id else "")
