"""What the settings' page needs of the database, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.closing import AssignmentsUnlinked
from trainer_app.domain.notes import NotesDeleted
from trainer_app.domain.organisation import Department, Room, Unit
from trainer_app.domain.people import Person
from trainer_app.services.own_settings import OwnSettings, read_settings
from trainer_app.services.ports import Repositories


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRead:
    """As it stands in the database."""

    own: OwnSettings
    people: tuple[Person, ...]
    departments: tuple[Department, ...]
    units: tuple[Unit, ...]
    rooms: tuple[Room, ...]
    notes: tuple[NotesDeleted, ...]
    unlinked: tuple[AssignmentsUnlinked, ...]

    @property
    def is_first_start(self) -> bool:
        """Nobody has entered anything yet."""
        return not self.own.is_complete and not self.departments


def read_all(stored: Repositories) -> SettingsRead:
    """Read; on the database worker."""
    return SettingsRead(
        own=read_settings(stored),
        people=tuple(one for one in stored.people.where() if one.active and one.anonymised_at is None),
        departments=tuple(one for one in stored.departments.where() if one.active),
        units=tuple(one for one in stored.units.where() if one.active),
        rooms=tuple(one for one in stored.rooms.where() if one.active),
        notes=tuple(stored.notes.receipts()),
        unlinked=tuple(stored.assignments.receipts()),
    )
