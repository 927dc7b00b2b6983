"""A disk without any room left: SQLite itself refuses each write with the error it has for that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from trainer_app.services.ports import Repositories
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories

_FILLER = "filler_of_a_disk"
_WIDE = 1_000_000
"""Bytes that each write wants besides its own."""


@contextmanager
def full_disk(stored: Repositories) -> Iterator[None]:
    """Let every write to this database fail as on a full disk; reading goes on.

    The file may not grow, and each change of a row makes it want to.
    """
    assert isinstance(stored, SqlRepositories)
    database = stored.sessions._database
    _make_filler(database)
    engine = database._engine
    engine.dispose()
    event.listen(engine, "connect", _fill)
    try:
        yield
    finally:
        event.remove(engine, "connect", _fill)
        engine.dispose()


def _make_filler(database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {_FILLER} (bytes BLOB)")


def _fill(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    (pages,) = cursor.execute("PRAGMA page_count").fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages}")
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name != ? AND name NOT LIKE 'sqlite%'"
    for (table,) in cursor.execute(names, (_FILLER,)).fetchall():
        for change in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TEMP TRIGGER full_{table}_{change} AFTER {change} ON {table} "
                f"BEGIN INSERT INTO {_FILLER} VALUES (zeroblob({_WIDE})); END"
            )
    cursor.close()
