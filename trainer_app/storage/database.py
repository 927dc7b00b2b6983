"""An open database, up to date, with sessions for reading and for writing."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from trainer_app.domain.storage_errors import DatabaseUnreachable
from trainer_app.storage import closed_sessions
from trainer_app.storage.app_lock import AppLock
from trainer_app.storage.engine import for_writing, make_engine, sqlite_url
from trainer_app.storage.migrating import upgrade
from trainer_app.storage.problems import problem_of, translated


class _WritingSession(Session):
    """A session that refuses rows of closed sessions."""


closed_sessions.guard(_WritingSession)


class _Going(threading.local):
    """The transaction that is going on in a thread."""

    transaction: Session | None = None


class Database:
    """Opened once by bootstrap; closed at the end."""

    def __init__(self, engine: Engine) -> None:
        """Use :meth:`open`."""
        self._engine = engine
        self._writing_engine = for_writing(engine)
        self._going = _Going()
        self.author: UUID | None = None
        """Who is at the laptop; rows that are written say so."""

    @classmethod
    def open(cls, place: Path | str | URL, lock: AppLock | None = None) -> Database:
        """Open a database file (made when it is not there) or one by URL, and upgrade it if need be.

        Args:
            place: A file, or an URL.
            lock: The app's, when it holds it already; who comes for a short visit has none.

        Raises:
            DatabaseProblem: one of its subclasses says what is wrong.
        """
        engine = _engine_for(place)
        try:
            upgrade(engine, lock)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one state of the database throughout; within :meth:`together`, its own."""
        if self._going.transaction is not None:
            yield self._going.transaction
            return
        with translated(self._engine), Session(self._engine) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or rolled back when an exception passes.

        Within :meth:`together` it is the one that is going on.
        """
        if self._going.transaction is not None:
            yield self._going.transaction
            return
        with translated(self._engine), _WritingSession(self._writing_engine) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that this thread writes meanwhile; an exception undoes all of it."""
        with self.writing() as session:
            outer, self._going.transaction = self._going.transaction, session
            try:
                yield
            finally:
                self._going.transaction = outer

    def forget_deleted(self) -> None:
        """Empty the write-ahead log, in which pages with deleted text still lie. Freed pages are zeroed."""
        if self._engine.dialect.name == "sqlite":
            # Not within a transaction: SQLAlchemy's own connections begin one.
            with translated(self._engine), contextlib.closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _engine_for(place: Path | str | URL) -> Engine:
    if isinstance(place, Path):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise problem_of(error)(database=str(place), detail=str(error)) from error
        return make_engine(sqlite_url(place))
    try:
        return make_engine(make_url(place))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        # The text may hold a password: it goes nowhere but to the user who typed it, and not into the log.
        raise DatabaseUnreachable(database="--database", detail=type(error).__name__) from None
