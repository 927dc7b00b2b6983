"""What the services need of the database's backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup that lies on the disk. ``at`` is UTC."""

    path: Path
    at: datetime


class Backups(Protocol):
    """The backups of this laptop's database, which is only read."""

    def newest(self) -> BackupMade | None:
        """Return the newest backup; None: there is none."""

    def remove_overdue(self, today: date) -> Sequence[Path]:
        """Remove the backups that are too old; return those that could not be. Each call tries again."""

    def back_up_now(self, now: datetime) -> BackupMade:
        """Make a backup beside those of the days. ``now`` is UTC.

        Raises:
            BackupImpossible: it cannot be written: the disk is full, the folder is read-only.
            DatabaseProblem: the database cannot be read, or is not sound.
        """
