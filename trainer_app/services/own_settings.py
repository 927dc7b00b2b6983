"""Who sits at this laptop, and how they want the app: the few settings that a person chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from trainer_app.domain.organisation import DepartmentId
from trainer_app.domain.people import PersonId
from trainer_app.services.ports import Repositories
from trainer_app.services.reporting import OWN_DEPARTMENT, OWN_PERSON

LAPTOP_LETTER = "laptop.letter"
"""Part of every session number (``EV-2026-A031``), so that two laptops never give the same one."""

_LANGUAGE, _THEME, _TEXT_PERCENT = "own.language", "own.theme", "own.text_percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """What was chosen.

    Attributes:
        language: ``nb`` or ``en``; None: as the program was started.
        theme: ``system``, ``light``, ``dark`` or ``contrast``.
        text_percent: 100 to 200.
    """

    person_id: PersonId | None = None
    department_id: DepartmentId | None = None
    laptop_letter: str = "A"
    language: str | None = None
    theme: str = "system"
    text_percent: int = 100

    @property
    def is_complete(self) -> bool:
        """Enough is known to plan a session."""
        return self.person_id is not None and self.department_id is not None


def read_settings(stored: Repositories) -> OwnSettings:
    """Read what was chosen; on the database worker."""
    get = stored.settings.get
    person, department = get(OWN_PERSON), get(OWN_DEPARTMENT)
    return OwnSettings(
        person_id=PersonId(UUID(person)) if person else None,
        department_id=DepartmentId(UUID(department)) if department else None,
        laptop_letter=get(LAPTOP_LETTER) or "A",
        language=get(_LANGUAGE),
        theme=get(_THEME) or "system",
        text_percent=int(get(_TEXT_PERCENT) or 100),
    )


def save_settings(stored: Repositories, settings: OwnSettings) -> OwnSettings:
    """Keep what was chosen; on the database worker."""
    with stored.together():
        for key, value in (
            (OWN_PERSON, settings.person_id),
            (OWN_DEPARTMENT, settings.department_id),
            (LAPTOP_LETTER, settings.laptop_letter),
            (_LANGUAGE, settings.language),
            (_THEME, settings.theme),
            (_TEXT_PERCENT, settings.text_percent),
        ):
            if value is not None:
                stored.settings.set(key, str(value))
    return settings


def change_settings(stored: Repositories, change: Callable[[OwnSettings], OwnSettings]) -> OwnSettings:
    """Change some of what was chosen; on the database worker.

    ``change`` gets what is chosen now: what was chosen elsewhere a moment ago is not lost.
    """
    with stored.together():
        return save_settings(stored, change(read_settings(stored)))
