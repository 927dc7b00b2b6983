"""A database on a network drive is kept without SQLite's write-ahead log."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from trainer_app.domain.storage_errors import DatabaseUnreachable
from trainer_app.storage import network_drives, sqlite_files
from trainer_app.storage.database import Database
from trainer_app.storage.network_drives import is_on_network

MOUNTS = [
    ("/", "ext4", "rw"),
    ("/mnt/felles", "cifs", "rw"),
    ("/mnt/felles/lokal", "ext4", "rw"),
    ("/home/kari/sky", "fuse.sshfs", "rw"),
    ("/home/kari/usb", "fuseblk", "rw"),
    ("/srv", "ext4", "rw"),
    ("/srv", "nfs4", "rw"),
]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/kari/simkoffert.db", False),
        ("/mnt/felles/bup/simkoffert.db", True),
        ("/mnt/fellesskap/simkoffert.db", False),
        ("/mnt/felles/lokal/simkoffert.db", False),
        ("/home/kari/sky/simkoffert.db", True),
        ("/home/kari/usb/simkoffert.db", False),
        ("/srv/simkoffert.db", True),
    ],
)
def test_the_drive_a_file_lies_on_is_the_last_and_deepest(path: str, expected: bool) -> None:
    assert is_on_network(Path(path), MOUNTS) is expected


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere device numbers tell nothing")
@pytest.mark.parametrize(("major", "expected"), [(8, False), (259, False), (0, True)])
def test_what_lies_on_a_device_of_this_machine_is_not_looked_up_among_the_mounts(
    major: int, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.major", lambda _device: major)
    monkeypatch.setattr(network_drives, "_mounts", lambda: [("/", "cifs", "rw")])

    assert is_on_network(tmp_path / "not yet" / "simkoffert.db") is expected


def test_windows_says_it_in_the_options() -> None:
    assert is_on_network(Path("/h/simkoffert.db"), [("/h", "NTFS", "rw,remote")])
    assert not is_on_network(Path("/h/simkoffert.db"), [("/h", "NTFS", "rw,fixed")])
    assert not is_on_network(Path("/h/simkoffert.db"), [])


def _journal(path: Path) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def test_a_database_moved_to_a_network_drive_leaves_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "simkoffert.db"
    Database.open(path).close()
    assert _journal(path) == "wal"
    monkeypatch.setattr(sqlite_files, "is_on_network", lambda _: True)
    Database.open(path).close()
    assert _journal(path) == "delete"


def test_the_address_can_say_it_where_the_program_cannot_tell(tmp_path: Path) -> None:
    path = tmp_path / "simkoffert.db"
    Database.open(f"sqlite:///{path}?journal=delete").close()
    assert _journal(path) == "delete"
    with pytest.raises(DatabaseUnreachable):
        Database.open(f"sqlite:///{path}?journal=off")
