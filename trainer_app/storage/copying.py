"""Copies a database file whole, also while somebody writes to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from trainer_app.storage.problems import is_read_only


def copy_database(source: Path, target: Path) -> None:
    """Copy by SQLite itself: the copy holds what the write-ahead log holds, and one state throughout.

    The target appears when it is complete, as one plain file without a log beside it.

    Raises:
        sqlite3.Error: the source is no database, or the target cannot be written.
        OSError: the target cannot be put in its place.
    """
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(reading(source)) as old, closing(sqlite3.connect(unfinished)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def reading(path: Path) -> sqlite3.Connection:
    """Open a database file that must be there; nothing is written to it.

    On a read-only disk SQLite cannot make the shared memory by which it follows others. None write there:
    a file without a log is read as it lies, so that it can be checked and rescued.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    try:
        return _opened(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CANTOPEN or not _lies_still(path):
            raise
        return _opened(path, "mode=ro&immutable=1")


def _opened(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)
    try:
        connection.execute("PRAGMA schema_version")  # SQLite opens the file when it first needs it
    except BaseException:
        connection.close()
        raise
    return connection


def _lies_still(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    return path.exists() and not has_log and is_read_only(path.parent)
