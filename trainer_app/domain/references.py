"""The sources that scenarios build on: laws, guidelines, and when they were last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NewType

from trainer_app.domain.words import Words

ReferenceKey = NewType("ReferenceKey", str)
"""Names a reference for good (``R10``)."""

REFERENCE_CHECK_MONTHS = 12
"""A reference whose last check is older than this is warned about."""


class ReferenceStatus(Enum):
    """The values stand in the files and the database."""

    CURRENT = "gjeldende"
    CHANGED = "endret"
    SUPERSEDED = "erstattet"
    TO_CHECK = "sjekk"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceUse:
    """A reference in a scenario. ``part`` names the sections meant, as lawyers write them; may be empty."""

    key: ReferenceKey
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A law, a guideline or another source.

    Attributes:
        kind: What it is (an act, a guide).
        title: Norwegian title with its number, and an English label.
        mark: How well it is confirmed (V, K, S, with remarks).
        remark: What to mind, or None.
        last_checked: None: not checked yet.
    """

    key: ReferenceKey
    kind: Words
    title: Words
    status: ReferenceStatus
    mark: str
    remark: Words | None
    superseded_by: ReferenceKey | None
    last_checked: date | None

    def check_due(self, today: date) -> bool:
        """True when the last check is older than :data:`REFERENCE_CHECK_MONTHS`, or there was none."""
        if self.last_checked is None:
            return True
        months = (today.year - self.last_checked.year) * 12 + today.month - self.last_checked.month
        return (months, today.day) > (REFERENCE_CHECK_MONTHS, self.last_checked.day)
