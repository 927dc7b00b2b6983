"""One app per database: a lock of the operating system, which ends with its process whatever happens."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from trainer_app.domain.storage_errors import DatabaseInUse, DatabaseUnreachable
from trainer_app.storage.problems import problem_of


class AppLock:
    """Held by the app while it has a database open, and for an upgrade or a restore."""

    def __init__(self, database: Path) -> None:
        """Name the database; nothing is locked yet."""
        self._database = database
        # A lock that only means "the file exists" would outlive a crash; better none than that.
        self._lock = FileLock(
            database.with_name(f"{database.name}.lock"), thread_local=False, fallback_to_soft=False
        )

    def take(self, *, wait_s: float = 0.0) -> None:
        """Take the lock, or wait for it so long.

        Raises:
            DatabaseInUse: another process, or another part of this one, holds it.
            DatabaseProblem: the folder cannot be written to, the disk is full.
        """
        try:
            self._lock.acquire(timeout=wait_s)
        except Timeout as error:
            raise DatabaseInUse(database=str(self._database), detail=str(error)) from error
        except OSError as error:
            raise problem_of(error)(database=str(self._database), detail=str(error)) from error
        except NotImplementedError as error:
            # What the library says of a disk (a network's, a stick's) that knows no locks.
            raise DatabaseUnreachable(database=str(self._database), detail=str(error)) from error

    def release(self) -> None:
        """Let go; what is not held is no error."""
        self._lock.release()

    @property
    def is_held(self) -> bool:
        """This object holds the lock."""
        return bool(self._lock.is_locked)

    def __enter__(self) -> Self:
        if not self.is_held:
            self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
