"""What can be wrong with the database.

Parameter of all: ``database``, the file's path or the server's address without its password.
"""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem


class DatabaseProblem(EnvironmentProblem):
    """Something about the database that the program cannot put right by itself."""


class DatabaseTooNew(DatabaseProblem):
    """A newer version of the program has upgraded it."""

    key = "database.too_new"


class DatabaseDamaged(DatabaseProblem):
    """The file is no database, or its pages contradict one another."""

    key = "database.damaged"


class DatabaseUnreachable(DatabaseProblem):
    """It cannot be opened: folder, permission, server."""

    key = "database.unreachable"


class DatabaseReadOnly(DatabaseProblem):
    """It cannot be written to: the folder or its disk is read-only, or the disk fails."""

    key = "database.read_only"


class DatabaseLocked(DatabaseProblem):
    """Another program holds it for longer than we wait."""

    key = "database.locked"


class DatabaseFull(DatabaseProblem):
    """No room on the disk."""

    key = "database.full"


class UpgradeFailed(DatabaseProblem):
    """The upgrade was broken off and everything is as before. Parameter: ``backup`` (path, or "-")."""

    key = "database.upgrade_failed"


class DatabaseInUse(DatabaseProblem):
    """Another SimKoffert has it open."""

    key = "database.in_use"


class BackupUnusable(DatabaseProblem):
    """What was given as a backup is no sound database of this program. Parameter: ``backup`` (path)."""

    key = "database.backup_unusable"


class BackupImpossible(DatabaseProblem):
    """The backup cannot be written, or would overwrite the database. Parameter: ``backup`` (path)."""

    key = "database.backup_impossible"


class BackupFull(BackupImpossible):
    """No room for the backup on its disk."""

    key = "database.backup_full"


class BackupReadOnly(BackupImpossible):
    """The backup's folder cannot be written to."""

    key = "database.backup_read_only"


class BackupsUnreadable(DatabaseProblem):
    """It cannot be looked at which backups there are. Parameter: ``folder`` (path)."""

    key = "database.backups_unreadable"


class NotAFile(DatabaseProblem):
    """A server's database was asked for what only a file can do; the server has its own backups."""

    key = "database.not_a_file"
