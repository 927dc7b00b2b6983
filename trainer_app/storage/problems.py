"""Translates what database drivers raise into what people can act upon."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import tempfile
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
_HELD_BY_ANOTHER = (32, 33)
"""Windows' sharing and lock violations: a virus scanner or OneDrive has the file open just now."""

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
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER:
        return DatabaseLocked  # Windows calls that EACCES as well
    return _BY_ERRNO.get(error.errno, DatabaseUnreachable)


def problem_of_sqlite(error: sqlite3.Error, path: Path) -> type[DatabaseProblem] | None:
    """Return what it means that SQLite refuses a file; None: a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    known = None if code is None else _BY_SQLITE_CODE.get(code & _PRIMARY_CODE)
    return _of_the_disk(code, path) if code and known is DatabaseUnreachable else known


def is_read_only(folder: Path) -> bool:
    """Try whether a folder takes no files. What its permissions say is not asked: Windows says yes to all."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return False
    except FileExistsError:
        return True  # what a folder that refuses ends with on Windows, after many names
    except OSError as error:
        return problem_of(error) is DatabaseReadOnly


def _problem(
    error: BaseException | None, database: str, *, is_connection: bool
) -> type[DatabaseProblem] | None:
    if isinstance(error, sqlite3.Error):
        return problem_of_sqlite(error, Path(database))
    return DatabaseUnreachable if is_connection else None


def _of_the_disk(code: int, path: Path) -> type[DatabaseProblem]:
    """SQLite says no more than "disk error" or "cannot open" for several things: look at the disk itself."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(path.parent).free < _NO_ROOM:
            return DatabaseFull
    if code in _WRITING or (path.exists() and is_read_only(path.parent)):
        return DatabaseReadOnly
    return DatabaseUnreachable
