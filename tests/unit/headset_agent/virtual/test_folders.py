"""Where a headset's paths lie on this machine, and that none leads out of its folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.folders import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "h")
    made.create()
    return made


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("ls /sdcard", "ls {sdcard}"),
        ("ls /sdcard/Movies", "ls {sdcard}/Movies"),
        ("ls '/storage/emulated/0/a b'", "ls '{sdcard}/a b'"),
        ("cat</data/local/tmp/x>/sdcard/y", "cat<{scratch}/x>{sdcard}/y"),
        ("run --films=/sdcard/simkoffert;echo", "run --films={sdcard}/simkoffert;echo"),
        ("ls /sdcardx /data/local/tmpx /data /sdcard.old", "ls /sdcardx /data/local/tmpx /data /sdcard.old"),
        ("am start -d file:///sdcard/film.mp4", "am start -d file:///sdcard/film.mp4"),
        ("ls $A/sdcard ${A}/sdcard a/sdcard", "ls $A/sdcard ${A}/sdcard a/sdcard"),
    ],
)
def test_device_paths_in_a_command_are_translated_at_path_boundaries(
    folders: Folders, command: str, expected: str
) -> None:
    assert folders.localise(command) == expected.format_map(
        {"sdcard": folders.sdcard, "scratch": folders.scratch, "A": "{A}"}
    )


@pytest.mark.parametrize("name", ["/sdcard", "/storage/emulated/0", "/storage/self/primary", "/mnt/sdcard"])
def test_all_names_of_the_shared_storage_are_one_folder(folders: Folders, name: str) -> None:
    assert folders.resolve(f"{name}/a/b.mp4") == folders.sdcard / "a/b.mp4"


def test_a_path_that_a_command_printed_can_be_transferred(folders: Folders) -> None:
    assert folders.resolve(str(folders.sdcard / "film.mp4")) == folders.sdcard / "film.mp4"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/", "/sdcard/../../etc/passwd", "/sdcard/..", "relative", "/system/bin/am"]
)
def test_transfer_outside_the_headsets_folders_is_not_permitted(folders: Folders, path: str) -> None:
    with pytest.raises(PermissionError):
        folders.resolve(path)


def test_a_link_does_not_lead_out(folders: Folders) -> None:
    (folders.sdcard / "way-out").symlink_to("/etc")
    with pytest.raises(PermissionError):
        folders.resolve("/sdcard/way-out/passwd")


@given(st.lists(st.sampled_from(["..", ".", "", "sdcard", "data", "local", "tmp", "a"])).map("/".join))
def test_no_path_at_all_resolves_to_the_outside(path: str) -> None:
    folders = Folders(Path("/nowhere/h"))
    try:
        place = folders.resolve("/" + path)
    except PermissionError:
        return
    assert place.is_relative_to(folders.sdcard) or place.is_relative_to(folders.scratch)


@pytest.mark.parametrize("name", ["with space", "quo'te", "dollar$", "x" * 120])
def test_a_folder_that_cannot_work_is_refused_at_once(name: str) -> None:
    with pytest.raises(HeadsetStartError):
        Folders(Path("/tmp") / name)


def test_used_bytes_count_what_lies_on_the_headset(folders: Folders) -> None:
    (folders.sdcard / "a").write_bytes(b"x" * 1000)
    (folders.scratch / "b").write_bytes(b"x" * 500)
    (folders.sdcard / "link").symlink_to("/etc/passwd")
    assert folders.used_bytes() == 1500


def test_a_restart_keeps_the_storage_and_clears_dead_sockets(folders: Folders) -> None:
    (folders.sdcard / "film").write_bytes(b"film")
    folders.standins_socket.write_bytes(b"")
    folders.create()
    assert (folders.sdcard / "film").read_bytes() == b"film"
    assert not folders.standins_socket.exists()
