"""The bundle: the same bytes each time, small enough, and with the terms of all that is in it."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import pytest

from tests.integration.provisioning.bundles import LIMIT_S, build, emulated

pytestmark = pytest.mark.timeout(LIMIT_S)

LIMIT_BYTES = 20_000_000


@pytest.fixture(scope="module")
def unpacked(bundle_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(bundle_file) as archive:
        # Debian 12's Python 3.11.2 has no filters yet, and needs none.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    return folder


def test_second_build_gives_the_same_bytes(bundle_file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.tar.gz"
    renewed = bundle_file.parent / "renewed.lock"
    done = build(again)
    if done.returncode and renewed.is_file():
        done = build(again, "--lock", str(renewed))
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(bundle_file.read_bytes()).digest()


def test_it_says_nothing_of_who_built_it_and_when_and_can_be_unpacked_by_any_tar(bundle_file: Path) -> None:
    with tarfile.open(bundle_file) as archive:
        entries = archive.getmembers()
    assert {(entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries} == {
        (0, 0, 0, "", "")
    }
    assert {entry.mode for entry in entries} == {0o644, 0o755}
    assert all(entry.isreg() or entry.isdir() for entry in entries), "a link may lead nowhere on a headset"
    named = [entry.name for entry in entries]
    folders = {name.rpartition("/")[0] for name in named} - {""}
    assert all(named.index(folder) < min(map(named.index, _below(named, folder))) for folder in folders)


def _below(names: list[str], folder: str) -> list[str]:
    return [name for name in names if name.startswith(f"{folder}/")]


def test_it_is_small(bundle_file: Path) -> None:
    assert bundle_file.stat().st_size < LIMIT_BYTES


def test_it_carries_the_terms_of_all_that_is_in_it(unpacked: Path) -> None:
    carried = {folder.name for folder in (unpacked / "licences").iterdir()}
    assert {"libc6", "libssl3", "python3.11-minimal", "libpython3.11-stdlib", "aiohttp", "msgspec"} <= carried
    packages = {folder.name for folder in (unpacked / "lib/python3.11/dist-packages").iterdir()}
    modules = {name.partition(".")[0] for name in packages} - {"attr"}  # the old name of attrs
    assert modules <= carried
    for name in carried:
        texts = [file for file in (unpacked / "licences" / name).iterdir() if file.name != "METADATA"]
        assert any(file.stat().st_size > 200 for file in texts), name


def test_every_compiled_module_of_it_loads(unpacked: Path) -> None:
    """None is linked with a library that was left behind."""
    script = (
        "import importlib, pathlib, sys\n"
        "root = pathlib.Path(sys.prefix, 'lib/python3.11')\n"
        "found = [file for file in root.rglob('*.so')]\n"
        "for file in found:\n"
        "    top = root / 'dist-packages' if 'dist-packages' in file.parts else root / 'lib-dynload'\n"
        "    name = '.'.join((*file.parent.relative_to(top).parts, file.name.partition('.')[0]))\n"
        "    importlib.import_module(name)\n"
        "print(len(found))\n"
    )
    done = emulated("./python", "-c", script, cwd=unpacked)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30
