"""Makes database engines: the one place where connections are set up."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from trainer_app.domain.storage_errors import DatabaseUnreachable
from trainer_app.storage.sqlite_files import journal_of, set_up

JOURNAL = "journal"
"""Of an SQLite address: ``?journal=wal`` or ``?journal=delete``, where the program cannot tell by itself."""

_JOURNALS = ("wal", "delete")
_WRITES = "simkoffert_writes"


def sqlite_url(path: Path) -> URL:
    """Return the URL of a database file."""
    return URL.create("sqlite", database=str(path))


def sqlite_path(url: URL) -> Path | None:
    """Return the file of a database, or None: it has none of its own (a server, memory)."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def make_engine(url: URL | str) -> Engine:
    """Return an engine for the URL; nothing is opened yet.

    SQLite files use WAL (a reader never waits for the writer), ``synchronous=FULL`` (what is committed
    survives a power cut) and foreign keys. On a network drive, where WAL could damage them, they use SQLite's
    older journal: readers and the writer wait for one another.

    Raises:
        DatabaseUnreachable: the address names a journal that does not exist.
    """
    url = make_url(url)
    engine = create_engine(url.difference_update_query([JOURNAL]))
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", partial(_set_up_sqlite, _journal(url)))
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_writing(engine: Engine) -> Engine:
    """Return the engine with transactions that take the write lock at once.

    One that begins by reading and writes later fails without waiting when somebody wrote in between.
    """
    return engine.execution_options(**{_WRITES: True})


def _journal(url: URL) -> str:
    wanted = url.query.get(JOURNAL)
    if wanted is not None:
        if wanted not in _JOURNALS:
            raise DatabaseUnreachable(database=str(url.database), detail=f"journal={wanted}")
        return str(wanted)
    path = sqlite_path(url)
    return "wal" if path is None else journal_of(path)


def _set_up_sqlite(journal: str, connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    set_up(connection, journal)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
