"""What the settings' page shows, in ready words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from trainer_app.ui.choice import Choice

NEW = "new"
"""Key of the choice that adds a person or a department."""


class NameKind(Enum):
    """What has a name that can be changed here."""

    DEPARTMENT = "department"
    UNIT = "unit"
    ROOM = "room"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with a name. ``choice``: as it stands in the list; ``short_name``: of departments only."""

    choice: Choice
    name: str
    short_name: str = ""


Names = Mapping[NameKind, tuple[Named, ...]]
"""What can be renamed; kinds of which there are none are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """A name as it was typed for what has ``key``."""

    kind: NameKind
    key: str
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsShown:
    """Attributes: ``person``, ``department``, ``letter``, ``percent``: keys of the chosen ones, or empty.

    ``incomplete``: what is missing before a session can be planned; empty when nothing is.
    """

    incomplete: str
    people: tuple[Choice, ...]
    person: str
    departments: tuple[Choice, ...]
    department: str
    letter: str
    number_example: str
    language: str
    theme: str
    percent: str
    names: Names
    folder: str
    cleaned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupShown:
    """The newest backup. ``can_make``: False where a server looks after its database itself.

    ``problem``: why another could not be made; ``overdue``: which are too old and could not be removed.
    """

    words: str
    problem: str = ""
    overdue: str = ""
    can_make: bool = True
