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

    def overdue(self, today: date) -> Sequence[Path]:
        """Return the backups that are too old and still there, as those that could not be removed are.

        Raises:
            BackupsUnreadable: nobody can say which there are.
        """

    def back_up_now(self, now: datetime) -> BackupMade:
        """Make a backup beside those of the days, and remove those that are too old. ``now`` is UTC.

        Raises:
            BackupImpossible: it cannot be written: the disk is full, the folder is read-only.
            DatabaseProblem: the database cannot be read, or is not sound.
        """
