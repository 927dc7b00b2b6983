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
    files = sorted(
        (file.relative_to(folder).as_posix(), file) for file in folder.rglob("*") if file.is_file()
    )
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n" for name, file in files)
    manifest = folder / MANIFEST
    manifest.write_text("".join(lines), encoding="utf-8", newline="\n")
    manifest.chmod(0o644)
    with (
        archive.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for name, file in [*files, (MANIFEST, manifest)]:
            _add(tar, name, file)


def _add(tar: tarfile.TarFile, name: str, file: Path) -> None:
    """Add a file with nothing of the machine it lies on: no owner, no time, one of two modes."""
    status = file.stat()
    entry = tarfile.TarInfo(name)
    entry.size = status.st_size
    entry.mode = 0o755 if status.st_mode & 0o100 else 0o644
    with file.open("rb") as content:
        tar.addfile(entry, content)
