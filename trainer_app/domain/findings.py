"""What a rule has to say about something before it is done: it forbids, or it warns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """A hard finding blocks; a soft one is shown and may be passed over."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a rule has found.

    Attributes:
        key: Of the text in the catalogue.
        field: The field it stands beside, or empty for the whole.
        params: What the text needs.
    """

    key: str
    severity: Severity
    field: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """It must be solved first."""
        return self.severity is Severity.HARD


def hard(key: str, field: str = "", **params: object) -> Finding:
    """A finding that blocks."""
    return Finding(key=key, severity=Severity.HARD, field=field, params=params)


def soft(key: str, field: str = "", **params: object) -> Finding:
    """A finding that warns."""
    return Finding(key=key, severity=Severity.SOFT, field=field, params=params)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that must be solved first."""
    return [finding for finding in findings if finding.blocks]
