"""What the services need of the database's backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup that lies on the disk. ``at`` is UTC."""

    path: Path
    at: datetime


class Backups(Protocol):
    """The backups of this laptop's database; they only read it."""

    def newest(self) -> BackupMade | None:
        """Return the newest backup; None: there is none."""

    def back_up_now(self, now: datetime) -> BackupMade:
        """Make a backup beside those of the days. ``now`` is UTC.

        Raises:
            BackupImpossible: it cannot be written: the disk is full, the folder is read-only.
            DatabaseProblem: the database cannot be read, or is not sound.
        """
