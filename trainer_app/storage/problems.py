"""Translates what database drivers raise into what people can act upon."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from trainer_app.domain.storage_errors import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseProblem,
    DatabaseUnreachable,
)

_BY_SQLITE_CODE: dict[int, type[DatabaseProblem]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_READONLY: DatabaseUnreachable,
    sqlite3.SQLITE_IOERR: DatabaseUnreachable,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnreachable,
    sqlite3.SQLITE_PERM: DatabaseUnreachable,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_FULL: DatabaseFull,
}
_PRIMARY_CODE = 0xFF
"""SQLite's extended codes keep the primary one in the lowest byte."""


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
        problem = _problem(error.orig, is_connection=isinstance(error, OperationalError))
        if problem is None:
            raise
        raise problem(database=database, detail=str(error.orig)) from error
    except sqlite3.Error as error:
        problem = _problem(error, is_connection=False)
        if problem is None:
            raise
        raise problem(database=database, detail=str(error)) from error


def _problem(error: BaseException | None, *, is_connection: bool) -> type[DatabaseProblem] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return _BY_SQLITE_CODE.get(code & _PRIMARY_CODE)
    return DatabaseUnreachable if is_connection and not isinstance(error, sqlite3.Error) else None
