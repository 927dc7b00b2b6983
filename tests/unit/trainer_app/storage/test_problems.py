"""What the operating system and SQLite refuse is told for what it is, on Windows as well."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest

from trainer_app.domain.storage_errors import (
    DatabaseFull,
    DatabaseLocked,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseUnreachable,
)
from trainer_app.storage.problems import is_read_only, problem_of, problem_of_sqlite


class OnWindows(PermissionError):
    """As Windows refuses; everything is EACCES there."""

    def __init__(self, winerror: int) -> None:
        super().__init__(errno.EACCES, "refused")
        self.winerror = winerror


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OnWindows(32), DatabaseLocked),  # another program has the file open
        (OnWindows(33), DatabaseLocked),
        (OnWindows(5), DatabaseReadOnly),  # access denied
        (OnWindows(19), DatabaseReadOnly),  # the disk is write-protected
        (OSError(errno.ENOSPC, "full"), DatabaseFull),
        (OSError(errno.ENOENT, "gone"), DatabaseUnreachable),
    ],
)
def test_a_refusal_is_told_for_what_it_is(error: OSError, problem: type[DatabaseProblem]) -> None:
    assert problem_of(error) is problem


def _refuse(error: OSError) -> object:
    def refuse(**_: object) -> None:
        raise error

    return refuse


def test_a_folder_is_read_only_when_it_takes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_read_only(tmp_path)
    assert not is_read_only(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []
    # As on Windows, where the permissions of a folder say nothing of its disk.
    monkeypatch.setattr(os, "access", lambda *_: True)
    for refusal, read_only in (
        (OnWindows(19), True),
        (FileExistsError(errno.EEXIST, "no usable name"), True),
        (OSError(errno.ENOSPC, "full"), False),
    ):
        monkeypatch.setattr(tempfile, "TemporaryFile", _refuse(refusal))
        assert is_read_only(tmp_path) is read_only


def test_a_disk_error_of_sqlite_on_a_read_only_disk_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "simkoffert.db"
    path.touch()
    refused = sqlite3.OperationalError("unable to open database file")
    refused.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    assert problem_of_sqlite(refused, path) is DatabaseUnreachable
    monkeypatch.setattr(tempfile, "TemporaryFile", _refuse(OnWindows(19)))
    assert problem_of_sqlite(refused, path) is DatabaseReadOnly
    assert problem_of_sqlite(sqlite3.ProgrammingError("closed"), path) is None
