"""Copies a database file whole, also while somebody writes to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


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
    """Open a database file that must be there; nothing is written to it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
