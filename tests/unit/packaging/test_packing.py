"""Archive and compiled modules: the same bytes from the same files, whoever makes them, whenever."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest
from headset_runtime.archive import pack
from headset_runtime.compiling import compile_modules
from headset_runtime.lock import Lock, Pin, read_lock
from headset_runtime.problems import BuildProblem


def _fill(folder: Path, names: list[str], age_s: int) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"this is {name}")
        os.utime(file, (age_s, age_s))
    return folder


def test_neither_order_nor_age_nor_place_of_files_shows(tmp_path: Path) -> None:
    names = ["python", "lib/b.pyc", "lib/a.pyc"]
    pack(_fill(tmp_path / "one", names, 1_000), tmp_path / "one.tar.gz")
    pack(_fill(tmp_path / "two", names[::-1], 2_000), tmp_path / "two.tar.gz")
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()


def test_manifest_names_every_file_with_its_hash(tmp_path: Path) -> None:
    pack(_fill(tmp_path / "tree", ["python", "lib/a.pyc"], 1), tmp_path / "tree.tar.gz")
    with tarfile.open(tmp_path / "tree.tar.gz") as archive:
        manifest = archive.extractfile("manifest")
        assert manifest is not None
        lines = manifest.read().decode().splitlines()
    assert [line.split("  ")[1] for line in lines] == ["lib/a.pyc", "python"]
    assert len(lines[0].split("  ")[0]) == 64


def test_compiled_modules_run_and_depend_on_nothing_but_their_source(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "here", tmp_path / "there" / "deeper"):
        folder.mkdir(parents=True)
        (folder / "module.py").write_text("NAMES = frozenset({'a', 'b'})\ndef f(): return NAMES\n")
        compile_modules(folder)
        assert [file.name for file in folder.iterdir()] == ["module.pyc"]
        made.append((folder / "module.pyc").read_bytes())
    assert made[0] == made[1]


def test_lock_survives_being_written_and_read(tmp_path: Path) -> None:
    lock = Lock(debian=(Pin("libc6", "2.36-9", "aa"),), wheels=(Pin("aiohttp", "3.14", "bb"),))
    file = tmp_path / "runtime.lock"
    file.write_text(lock.text)
    assert read_lock(file) == lock


@pytest.mark.parametrize("text", ["", "[[debian]]\nname = 1\n", "not a lock"])
def test_what_is_no_lock_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "runtime.lock"
    file.write_text(text)
    with pytest.raises(BuildProblem, match="--renew-lock"):
        read_lock(file)


def test_the_lock_of_this_checkout_names_everything() -> None:
    lock = read_lock()
    assert {"python3.11-minimal", "libc6", "libssl3"} <= {pin.name for pin in lock.debian}
    assert {"aiohttp", "msgspec"} <= {pin.name for pin in lock.wheels}
    assert all(len(pin.sha256) == 64 for pin in (*lock.debian, *lock.wheels))
