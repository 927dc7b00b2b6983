"""What can be done to a database as a whole: upgrade, check, back up, restore."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.storage_errors import BackupsUnreadable, DatabaseUnreachable, NotAFile
from trainer_app.services.ports.backups import BackupMade
from trainer_app.storage import backups
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.copying import reading
from trainer_app.storage.engine import make_engine, sqlite_path, sqlite_url
from trainer_app.storage.migrating import head_revision, upgrade
from trainer_app.storage.problems import problem_of, translated_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What an upgrade did. ``before``: the version of the tables until then; ``backup``: made first."""

    before: str | None
    now: str
    backup: Path | None


class DatabaseCare:
    """Looks after one database file; a server's database has its own people for that."""

    def __init__(self, place: Path | str) -> None:
        """Name a database by its file or its address; nothing is opened yet.

        Raises:
            NotAFile: it is on a server.
            DatabaseUnreachable: the address is none.
        """
        self.path = place if isinstance(place, Path) else _file_of(place)
        self._url = sqlite_url(place) if isinstance(place, Path) else make_url(place)

    def hold(self) -> AppLock:
        """Take the lock that an app holds while it has the database open, and return it.

        Raises:
            DatabaseInUse: another app has it open.
            DatabaseProblem: its folder cannot be made or written to.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise problem_of(error)(database=str(self.path), detail=str(error)) from error
        lock = AppLock(self.path)
        lock.take()
        return lock

    def upgrade(self) -> Upgraded:
        """Bring the database up to this program's version; no app may be running on it.

        Raises:
            DatabaseInUse: an app has it open.
            DatabaseProblem: it is not there, too new or damaged, or a step failed and all is as it was.
        """
        self._require_there()
        before = self._revision()
        engine = make_engine(self._url)
        try:
            with AppLock(self.path) as lock:
                backup = upgrade(engine, lock)
        finally:
            engine.dispose()
        return Upgraded(before=before, now=head_revision(), backup=backup)

    def check(self) -> backups.Checked:
        """Read all pages and follow all references; nothing is changed. See :func:`backups.check`."""
        return backups.check(self.path)

    def back_up(self, target: Path) -> None:
        """Copy the database, also while it is in use. See :func:`backups.back_up`."""
        backups.back_up(self.path, target)

    def back_up_daily(self, today: date) -> Path | None:
        """Make the backup of the day beside the database, if there is none yet."""
        return backups.back_up_daily(self.path, self._backups, today)

    def back_up_now(self, now: datetime) -> BackupMade:
        """Make a backup because somebody wants one; it goes when those of the days go. ``now`` is UTC.

        Those that are too old are removed, as they are with the one of the day.

        Raises:
            BackupImpossible: it cannot be written: the disk is full, the folder is read-only.
            DatabaseProblem: the database cannot be read, or is not sound.
        """
        target = self._backups / f"{self.path.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{self.path.suffix}"
        backups.back_up_soundly(self.path, target)
        with suppress(OSError):  # what is still there is told by ``overdue``
            backups.remove_overdue(self.path, self._backups, local_of(now, HOME_ZONE).date())
        return BackupMade(path=target, at=now)

    def newest(self) -> BackupMade | None:
        """Return the newest backup; None: there is none, or its folder cannot be read."""
        found: list[BackupMade] = []
        with suppress(OSError):
            for path in self._backups.glob(f"{self.path.stem}-*{self.path.suffix}"):
                made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                found.append(BackupMade(path=path, at=made))
        return max(found, key=lambda backup: backup.at, default=None)

    def overdue(self, today: date) -> Sequence[Path]:
        """Return the backups that are too old and still there; nothing is removed.

        Raises:
            BackupsUnreadable: a folder they may lie in cannot be looked at.
        """
        try:
            return backups.overdue(self.path, self._backups, today)
        except OSError as error:
            folder = str(error.filename or self._backups)
            raise BackupsUnreadable(database=str(self.path), folder=folder, detail=str(error)) from error

    def restore(self, backup: Path) -> Path | None:
        """Put a backup in the place of the database. See :func:`backups.restore`."""
        return backups.restore(backup, self.path)

    @property
    def _backups(self) -> Path:
        return self.path.parent / "backups"

    def _require_there(self) -> None:
        if not self.path.is_file():
            raise DatabaseUnreachable(database=str(self.path))

    def _revision(self) -> str | None:
        with translated_as(str(self.path)), closing(reading(self.path)) as connection:
            return backups.revision_of(connection)


def _file_of(address: str) -> Path:
    try:
        url = make_url(address)
    except ArgumentError:
        # The text may hold a password.
        raise DatabaseUnreachable(database="--database") from None
    path = sqlite_path(url)
    if path is None:
        raise NotAFile(database=url.render_as_string(hide_password=True))
    return path
