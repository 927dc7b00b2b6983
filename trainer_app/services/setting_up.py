"""What a facilitator settles while the room is made ready: ticks, the film, who waits."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from trainer_app.domain.films import Sha256
from trainer_app.domain.sessions import SessionId
from trainer_app.services.ports import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What was settled.

    Attributes:
        film: Of several films of the theme; None: nobody has chosen.
        ticks: Ids of the room's check list (``RO-1``).
        on_screen: Where headsets are fewer than participants: the others watch on a screen (True), or there
            are waves (False); None: nobody has chosen.
    """

    film: Sha256 | None = None
    ticks: frozenset[str] = frozenset()
    on_screen: bool | None = None


class SettingUp:
    """Remembers it, so that who leaves the page, or starts the program anew, finds it as it was."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(self, session_id: SessionId) -> SetUp:
        """Return what was settled for a session so far."""
        kept = self._settings.get(_key(session_id))
        return SetUp() if kept is None else msgspec.json.decode(kept, type=SetUp)

    def keep(self, session_id: SessionId, set_up: SetUp) -> None:
        """Remember what was settled."""
        self._settings.set(_key(session_id), msgspec.json.encode(set_up, order="sorted").decode())


def _key(session_id: SessionId) -> str:
    return f"session.set_up.{session_id}"
