"""Brings a database up to this program's version: backup first, then all steps in one transaction.

Alembic is imported only when there is something to do: every command that opens a database comes by here.
"""

from __future__ import annotations

import contextlib
import functools
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from trainer_app.domain.storage_errors import DatabaseDamaged, DatabaseTooNew, UpgradeFailed
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.copying import copy_database
from trainer_app.storage.engine import for_writing, sqlite_path
from trainer_app.storage.problems import database_name, translated
from trainer_app.storage.schema_steps import STEPS, VERSION_TABLE, newest_step

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

LOCK_WAIT_S = 10.0
"""Another program that is just upgrading is done by then; one that runs is not."""


def upgrade(engine: Engine, lock: AppLock | None = None) -> Path | None:
    """Upgrade the database to this program's version, if it is older. Nobody else may be using it then.

    Args:
        engine: The database.
        lock: The app's own, when it holds it already.

    Returns:
        The backup that was made, or None: nothing to do, nothing to save, or a server (which has its own).

    Raises:
        DatabaseTooNew: a newer program has upgraded it.
        DatabaseDamaged: the file is no sound database.
        UpgradeFailed: a step failed; the database is as it was.
        DatabaseInUse: another program has it open.
        DatabaseProblem: it cannot be opened.
    """
    if _is_current(engine):
        return None
    with _alone(engine, lock):
        return _upgrade(engine)


def is_known(revision: str) -> bool:
    """This program's version, or an older one."""
    from alembic.util import CommandError

    try:
        _scripts().get_revision(revision)
    except CommandError:
        return False
    return True


def _is_current(engine: Engine) -> bool:
    with translated(engine), engine.connect() as connection:
        current = _current_revision(connection)
        if current == newest_step():
            return True
        if current is not None and not is_known(current):
            raise DatabaseTooNew(database=database_name(engine), detail=f"revision {current}")
        return current == head_revision()


def _alone(engine: Engine, lock: AppLock | None) -> contextlib.AbstractContextManager[object]:
    path = sqlite_path(engine.url)
    if path is None or (lock is not None and lock.is_held):
        return contextlib.nullcontext()
    lock = AppLock(path)
    lock.take(wait_s=LOCK_WAIT_S)
    return lock


def _upgrade(engine: Engine) -> Path | None:
    with translated(engine), engine.connect() as connection:
        current = _current_revision(connection)
        _check_sound(connection)
        has_content = bool(inspect(connection).get_table_names())
    backup = _back_up(engine, current) if has_content else None
    with translated(engine), for_writing(engine).begin() as connection:
        _run_steps(connection, backup)
    return backup


def head_revision() -> str:
    """Return the revision this program works with."""
    head = _scripts().get_current_head()
    if head is None:
        raise RuntimeError("the program has no migrations")
    return head


@functools.cache
def _scripts() -> ScriptDirectory:
    """The steps, read once: Alembic compiles each of them anew."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    # Alembic interpolates with %, and a user's folder may have one in its name.
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _current_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()


def _check_sound(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if answer != "ok":
            raise DatabaseDamaged(database=database_name(connection.engine), detail=str(answer))


def _back_up(engine: Engine, revision: str | None) -> Path | None:
    """Copy an SQLite file beside itself."""
    path = sqlite_path(engine.url)
    if path is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    backup = path.with_name(f"{path.stem}-before-upgrade-from-{revision or 'none'}-{stamp}{path.suffix}")
    with translated(engine):
        copy_database(path, backup)
    return backup


def _run_steps(connection: Connection, backup: Path | None) -> None:
    # Two programs may have started at once: the other one has then done it while we waited for the lock.
    if _current_revision(connection) == head_revision():
        return
    from alembic import command

    try:
        command.upgrade(_config(connection), "head")
    except SQLAlchemyError as error:
        raise UpgradeFailed(
            database=database_name(connection.engine), backup=str(backup or "-"), detail=str(error)
        ) from error
