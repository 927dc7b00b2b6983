"""Translates what database drivers raise into what people can act upon."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from trainer_app.domain.storage_errors import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseUnreachable,
)

_BY_SQLITE_CODE: dict[int, type[DatabaseProblem]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_IOERR: DatabaseUnreachable,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnreachable,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_FULL: DatabaseFull,
}
_PRIMARY_CODE = 0xFF
"""SQLite's extended codes keep the primary one in the lowest byte."""

_WRITING = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_DELETE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_BY_ERRNO: dict[int | None, type[DatabaseProblem]] = {
    errno.ENOSPC: DatabaseFull,
    errno.EDQUOT: DatabaseFull,
    errno.EROFS: DatabaseReadOnly,
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
}
_NO_ROOM = 64 * 1024
"""Bytes. SQLite writes whole pages, and takes room for its shared memory first."""


def database_name(engine: Engine) -> str:
    """Name a database for people: the file's path, or the server's address without its password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or ":memory:"
    return engine.url.render_as_string(hide_password=True)


def translated(engine: Engine) -> contextlib.AbstractContextManager[None]:
    """Turn a driver's errors into ours; a broken rule of the data (a bug of ours) passes unchanged."""
    return translated_as(database_name(engine))


@contextlib.contextmanager
def translated_as(database: str) -> Iterator[None]:
    """The same for a database that people know by this name."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        problem = _problem(error.orig, database, is_connection=isinstance(error, OperationalError))
        if problem is None:
            raise
        raise problem(database=database, detail=str(error.orig)) from error
    except sqlite3.Error as error:
        problem = _problem(error, database, is_connection=False)
        if problem is None:
            raise
        raise problem(database=database, detail=str(error)) from error


def problem_of(error: OSError) -> type[DatabaseProblem]:
    """Return what it means that the operating system refuses a file or folder of the database."""
    return _BY_ERRNO.get(error.errno, DatabaseUnreachable)


def _problem(
    error: BaseException | None, database: str, *, is_connection: bool
) -> type[DatabaseProblem] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        known = _BY_SQLITE_CODE.get(code & _PRIMARY_CODE)
        return _of_the_disk(code, Path(database)) if known is DatabaseUnreachable else known
    return DatabaseUnreachable if is_connection and not isinstance(error, sqlite3.Error) else None


def _of_the_disk(code: int, path: Path) -> type[DatabaseProblem]:
    """SQLite says no more than "disk error" or "cannot open" for several things: look at the disk itself."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(path.parent).free < _NO_ROOM:
            return DatabaseFull
    refused = path.exists() and not os.access(path.parent, os.W_OK)
    return DatabaseReadOnly if refused or code in _WRITING else DatabaseUnreachable
