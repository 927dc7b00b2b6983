"""What the settings' page shows, in ready words."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.ui.choice import Choice

NEW = "new"
"""Key of the choice that adds a person or a department."""


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
    folder: str
    cleaned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupShown:
    """The newest backup. ``can_make``: False where a server looks after its database itself."""

    words: str
    problem: str = ""
    can_make: bool = True
