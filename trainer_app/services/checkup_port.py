"""What ``doctor`` needs of a headset beyond playing films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from trainer_app.services.headset_port import ConnectedHeadset


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What the connection offers. ``payload_bytes`` None: it does not tell (another program's server)."""

    shell_v2: bool
    stat_v2: bool
    payload_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sped:
    """A file that went there. ``intact``: what arrived is what was sent."""

    bytes: int
    seconds: float
    intact: bool


class Checkup(Protocol):
    """Tries single things on one connected headset; everything is put back.

    Every method raises :class:`~trainer_app.domain.errors.TrainerError` when the headset cannot be asked.
    """

    def offers(self) -> Offers:
        """What was agreed when it was connected."""

    async def send_bytes(self, count: int) -> Sped:
        """Send random bytes, compare them there, and remove them."""

    async def runtime(self) -> str | None:
        """Version of the Python that runs there; None: there is none, or it does not run."""

    async def tunnel(self) -> bool:
        """A port of the headset leads to this computer."""

    async def remove_film(self, sha256: str) -> None:
        """Take a film away that was brought for the examination."""

    async def leftovers(self) -> int:
        """How many files of an examination lie on the headset."""


class Examiner(Protocol):
    """Makes checkups."""

    def checkup(self, headset: ConnectedHeadset) -> Checkup:
        """For a headset that is connected."""
