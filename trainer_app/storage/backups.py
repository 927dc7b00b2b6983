"""Backups of a database file, restoring them, and looking whether a file is sound."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from trainer_app.domain.storage_errors import (
    BackupFull,
    BackupImpossible,
    BackupReadOnly,
    BackupUnusable,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseUnreachable,
)
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.copying import copy_database, reading
from trainer_app.storage.migrating import is_known
from trainer_app.storage.problems import is_read_only, problem_of, problem_of_sqlite, translated_as

KEPT_FOR = timedelta(days=90)
"""Deletion reaches backups by their end: what was deleted is gone from all of them after so long."""

_logger = logging.getLogger(__name__)

_SQLITE = b"SQLite format 3\0"
_LOGS = ("-wal", "-journal")
"""What lies beside a database that was not closed; the shared memory is made anew."""

_COMPLAINTS = 20
_DAY = re.compile(r"-(\d{4})-?(\d{2})-?(\d{2})(T\d{6}Z)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of a database found.

    Attributes:
        revision: The version of its tables; None: it has none, so it is no database of this program.
        complaints: Of SQLite, for the log; empty when all is well.
    """

    revision: str | None
    complaints: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing to complain of."""
        return not self.complaints


def check(path: Path) -> Checked:
    """Read all pages and follow all references; nothing is changed.

    Raises:
        DatabaseDamaged: the file is no database at all.
        DatabaseTooNew: a newer program has upgraded it.
        DatabaseUnreachable: it is not there, or cannot be read.
    """
    with translated_as(str(path)), closing(reading(path)) as connection:
        revision = revision_of(connection)
        if revision is not None and not is_known(revision):
            raise DatabaseTooNew(database=str(path), detail=f"revision {revision}")
        pages = [word for (word,) in connection.execute(f"PRAGMA integrity_check({_COMPLAINTS})")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(_COMPLAINTS)
    lost = [f"{table} {row}: no {parent}" for table, row, parent, _ in orphans]
    return Checked(revision=revision, complaints=(*(word for word in pages if word != "ok"), *lost))


def back_up(path: Path, target: Path) -> None:
    """Copy a database, also while it is in use. An older backup of the same name is written over.

    Raises:
        BackupImpossible: the target cannot be written, is the database itself, or a file of another kind.
        DatabaseProblem: the database cannot be read.
    """
    with translated_as(str(path)):
        reading(path).close()
    try:
        if _is_same(target, path) or _is_something_else(target):
            raise BackupImpossible(database=str(path), backup=str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_database(path, target)
    except (OSError, sqlite3.Error) as error:
        raise _impossible(error, path, target) from error


def back_up_soundly(path: Path, target: Path) -> None:
    """Copy a database and read the copy through; one that is not sound is not kept.

    Raises:
        BackupImpossible: it cannot be written.
        DatabaseProblem: the database cannot be read, or is not sound.
    """
    back_up(path, target)
    _require_whole(target, path)


def back_up_daily(path: Path, folder: Path, today: date) -> Path | None:
    """Make the backup of the day, if there is none yet, and remove those that are too old.

    The new one is read through. That is the check of the database as well, and keeps the good backups from
    being replaced, day by day, by broken ones.

    Returns:
        The new backup, or None.

    Raises:
        BackupImpossible: it cannot be written.
        DatabaseDamaged: the database is not sound; nothing was made or removed.
        DatabaseProblem: the database cannot be read.
    """
    target = folder / f"{path.stem}-{today:%Y-%m-%d}{path.suffix}"
    try:
        made = not target.exists()
        if made:
            back_up_soundly(path, target)
        remove_overdue(path, folder, today)
    except OSError as error:
        raise _impossible(error, path, target) from error
    return target if made else None


def overdue(path: Path, folder: Path, today: date) -> list[Path]:
    """Return the backups that are too old and still there.

    Raises:
        OSError: the names in a folder cannot be looked at.
    """
    before = today - KEPT_FOR
    days = {backup: _day_of(backup) for place in (folder, path.parent) for backup in _copies(place, path)}
    return sorted(backup for backup, day in days.items() if day is not None and day < before)


def remove_overdue(path: Path, folder: Path, today: date) -> None:
    """Remove the backups that are too old. One that cannot be removed keeps no other from its end.

    Raises:
        OSError: the names in a folder cannot be looked at.
    """
    for backup in overdue(path, folder, today):
        try:
            backup.unlink(missing_ok=True)
        except OSError as error:
            _logger.warning("a backup of %s cannot be removed: %s", _day_of(backup), error.strerror)


def restore(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of the database. Needs the app's lock: no app may be running on it.

    Returns:
        Where the database that was there is kept, or None: there was none.

    Raises:
        BackupUnusable: the backup is no sound database of this program.
        DatabaseTooNew: the backup was made by a newer program.
        DatabaseInUse: an app has the database open.
        DatabaseProblem: the place cannot be written to.
    """
    if _is_same(backup, path):
        raise BackupUnusable(database=str(path), backup=str(backup))
    _require_sound(backup, path)
    with translated_as(str(path)):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with AppLock(path):
                return _put_in_place(backup, path)
        except OSError as error:
            raise problem_of(error)(database=str(path), detail=str(error)) from error


def revision_of(connection: sqlite3.Connection) -> str | None:
    """Return the version of a database's tables; None: it has none of this program's."""
    has = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if has else None
    return None if row is None else str(row[0])


def _impossible(error: OSError | sqlite3.Error, path: Path, target: Path) -> BackupImpossible:
    """A full disk is called full, a read-only one read-only."""
    problem = problem_of(error) if isinstance(error, OSError) else problem_of_sqlite(error, target)
    kind: type[BackupImpossible] = BackupImpossible
    if problem is DatabaseFull:
        kind = BackupFull
    elif problem is DatabaseReadOnly or is_read_only(target.parent):
        kind = BackupReadOnly
    return kind(database=str(path), backup=str(target), detail=str(error))


def _require_whole(target: Path, path: Path) -> None:
    try:
        complaints = check(target).complaints
    except DatabaseDamaged as error:
        complaints = (error.detail,)
    if complaints:
        target.unlink()
        raise DatabaseDamaged(database=str(path), detail="; ".join(complaints))


def _require_sound(backup: Path, path: Path) -> None:
    try:
        found = check(backup)
    except (DatabaseDamaged, DatabaseUnreachable) as error:
        raise BackupUnusable(database=str(path), backup=str(backup), detail=error.detail) from error
    if found.revision is None or not found.is_sound:
        detail = "; ".join(found.complaints)
        raise BackupUnusable(database=str(path), backup=str(backup), detail=detail)


def _put_in_place(backup: Path, path: Path) -> Path | None:
    """Whatever breaks off on the way, the old database stands in its place, or whole beside it."""
    coming = path.with_name(f"{path.name}.restoring")
    try:
        copy_database(backup, coming)
        kept = _kept_copy(path)
        # A log left behind would be taken for the new database's.
        for ending in (*_LOGS, "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        coming.replace(path)
    finally:
        coming.unlink(missing_ok=True)
    return kept


def _kept_copy(path: Path) -> Path | None:
    """Copy the present database under another name, its log taken in; a broken one as it lies there."""
    if not path.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = _free_name(path)
    for ending in (*_LOGS, ""):
        present = path.with_name(path.name + ending)
        if present.exists():
            _copy_to_disk(present, kept.with_name(kept.name + ending))
    return kept


def _free_name(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (f"{path.stem}-before-restore-{extra}{stamp}{path.suffix}" for extra in _extras())
    return next(kept for name in names if not (kept := path.with_name(name)).exists())


def _extras() -> Iterator[str]:
    yield ""
    yield from (f"{number}-" for number in count(2))


def _copy_to_disk(source: Path, target: Path) -> None:
    shutil.copy2(source, target)
    with target.open("rb+") as copied:
        os.fsync(copied.fileno())


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _is_something_else(target: Path) -> bool:
    """A file is there that is no database: a letter must not become a backup."""
    if not target.exists():
        return False
    if not target.is_file():
        return True
    with target.open("rb") as file:
        beginning = file.read(len(_SQLITE))
    return beginning not in (b"", _SQLITE)


def _copies(folder: Path, path: Path) -> Iterator[Path]:
    """What has the name of a copy of this database. Not by ``glob``, for which a locked folder is empty."""
    with suppress(FileNotFoundError):
        for file in folder.iterdir():
            if file.name.startswith(f"{path.stem}-") and file.suffix == path.suffix:
                yield file


def _day_of(backup: Path) -> date | None:
    """The day in a backup's name; None: somebody else gave it that name."""
    found = _DAY.search(backup.stem)
    if found is not None:
        with suppress(ValueError):
            return date(*map(int, found.groups()[:3]))
    return None
