"""What stands on every printed page: who printed it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Who printed when. ``at`` is the wall time; ``by`` is empty when nobody has said who they are."""

    at: datetime
    by: str = ""
