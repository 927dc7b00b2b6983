"""Brings a database up to this program's version: backup first, then all steps in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from trainer_app.domain.storage_errors import DatabaseDamaged, DatabaseTooNew, UpgradeFailed
from trainer_app.storage.engine import for_writing
from trainer_app.storage.problems import database_name, translated


def upgrade(engine: Engine) -> Path | None:
    """Upgrade the database to this program's version, if it is older.

    Returns:
        The backup that was made, or None: nothing to do, nothing to save, or a server (which has its own).

    Raises:
        DatabaseTooNew: a newer program has upgraded it.
        DatabaseDamaged: the file is no sound database.
        UpgradeFailed: a step failed; the database is as it was.
        DatabaseProblem: it cannot be opened.
    """
    with translated(engine), engine.connect() as connection:
        current = _current_revision(connection)
        _check_known(connection, current)
        if current == head_revision():
            return None
        _check_sound(connection)
        has_content = bool(inspect(connection).get_table_names())
    backup = _back_up(engine, current) if has_content else None
    with translated(engine), for_writing(engine).begin() as connection:
        _run_steps(connection, backup)
    return backup


def head_revision() -> str:
    """Return the revision this program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("the program has no migrations")
    return head


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic interpolates with %, and a user's folder may have one in its name.
    folder = str(Path(str(files("trainer_app.storage"))) / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _current_revision(connection: Connection) -> str | None:
    heads = MigrationContext.configure(connection).get_current_heads()
    return heads[0] if heads else None


def _check_known(connection: Connection, revision: str | None) -> None:
    if revision is None:
        return
    try:
        ScriptDirectory.from_config(_config()).get_revision(revision)
    except CommandError as error:
        raise DatabaseTooNew(database=database_name(connection.engine), detail=str(error)) from error


def _check_sound(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if answer != "ok":
            raise DatabaseDamaged(database=database_name(connection.engine), detail=str(answer))


def _back_up(engine: Engine, revision: str | None) -> Path | None:
    """Copy an SQLite file beside itself, with all that its write-ahead log holds."""
    if engine.dialect.name != "sqlite" or not engine.url.database or engine.url.database == ":memory:":
        return None
    path = Path(engine.url.database)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    backup = path.with_name(f"{path.stem}-before-upgrade-from-{revision or 'none'}-{stamp}{path.suffix}")
    with (
        translated(engine),
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(backup)) as target,
    ):
        source.backup(target)
    return backup


def _run_steps(connection: Connection, backup: Path | None) -> None:
    # Two programs may have started at once: the other one has then done it while we waited for the lock.
    if _current_revision(connection) == head_revision():
        return
    try:
        command.upgrade(_config(connection), "head")
    except SQLAlchemyError as error:
        raise UpgradeFailed(
            database=database_name(connection.engine), backup=str(backup or "-"), detail=str(error)
        ) from error
