"""Which headset of a group one is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which headset this is, and how its page greets the wearer."""

    serial: str
    number: int
    lang: str
    colour: str
    ink: str
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The number on the headset first, the serial second."""
        return f"{self.number} ({self.serial})"
