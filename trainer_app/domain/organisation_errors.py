"""What can be wrong with a department as it was typed."""

from __future__ import annotations

from trainer_app.domain.errors import UserMistake


class ShortNameUnusable(UserMistake):
    """A short name begins session numbers: letters and digits only. Parameter: ``field``."""

    key = "department.short_name_unusable"


class DepartmentNameTaken(UserMistake):
    """Another department has this name or short name. Parameters: ``field``, ``name``."""

    key = "department.name_taken"


class NameTaken(UserMistake):
    """Another unit, room or person of the department is called the same. Parameters: ``field``, ``name``."""

    key = "organisation.name_taken"


class ProfessionMissing(UserMistake):
    """Nobody has chosen what somebody is. Parameter: ``field``."""

    key = "person.profession_missing"
