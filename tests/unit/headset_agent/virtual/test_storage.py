"""How full a virtual headset is."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from headset_agent.virtual.folders import Folders
from headset_agent.virtual.storage import CAPACITY_BYTES, HeadsetStorage


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path)
    made.create()
    (made.sdcard / "there before").write_bytes(bytes(5000))
    return made


def test_a_limit_counts_what_is_added(folders: Folders) -> None:
    storage = HeadsetStorage(folders, 1000)
    assert storage.free_bytes() == 1000
    (folders.sdcard / "film").write_bytes(bytes(400))
    assert storage.free_bytes() == 600
    storage.check(600)
    with pytest.raises(OSError, match="No space left") as full:
        storage.check(601)
    assert full.value.errno == errno.ENOSPC


def test_deleting_makes_room(folders: Folders) -> None:
    storage = HeadsetStorage(folders, 1000)
    (folders.sdcard / "there before").unlink()
    assert storage.free_bytes() == 6000


def test_without_a_limit_there_is_what_the_disk_has_but_no_more_than_a_headset(folders: Folders) -> None:
    storage = HeadsetStorage(folders, None)
    assert 0 < storage.free_bytes() <= storage.total_bytes() == CAPACITY_BYTES
    storage.check(10**15)
