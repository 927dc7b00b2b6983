"""Packs a folder so that the same files give the same bytes, whoever packs them, wherever and whenever."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
from pathlib import Path

MANIFEST = "manifest"
"""In the archive: a line ``SHA256  PATH`` for each other file, as sha256sum writes and reads it."""


def pack(folder: Path, archive: Path) -> None:
    """Write ``archive`` (tar, gzip) from the files of ``folder``, with a manifest of them."""
    manifest = folder / MANIFEST
    manifest.write_text(_manifest_of(folder), encoding="utf-8", newline="\n")
    manifest.chmod(0o644)
    with (
        archive.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        # Folders before what is in them: not every tar makes those that only files' names tell of.
        for place in sorted(folder.rglob("*")):
            _add(tar, place.relative_to(folder).as_posix(), place)


def _manifest_of(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != folder / MANIFEST)
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in files
    )


def _add(tar: tarfile.TarFile, name: str, place: Path) -> None:
    """Add a file or folder with nothing of the machine it lies on: no owner, no time, one of two modes."""
    entry = tarfile.TarInfo(name)
    if place.is_dir():
        entry.type, entry.mode = tarfile.DIRTYPE, 0o755
        tar.addfile(entry)
        return
    status = place.stat()
    entry.size = status.st_size
    entry.mode = 0o755 if status.st_mode & 0o100 else 0o644
    with place.open("rb") as content:
        tar.addfile(entry, content)
