"""Disks that fill up or turn read-only: real ones, mounted where only this process and its children see them.

For programs in a mount namespace of their own (:func:`alone`), as root: permissions do not stop root, a
read-only disk does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _words_before() -> tuple[str, ...]:
    """Words before a command that gets a view of mounts of its own; the kernel ends it with the process."""
    private = ("unshare", "--mount", "--propagation", "private")
    if (
        not is_possible()
        or subprocess.run([*private, "true"], capture_output=True, check=False).returncode == 0
    ):
        return private
    # Below a changed root, whose own mount nobody can name; what is mounted there is private already.
    return ("unshare", "--mount", "--propagation", "unchanged")


_ROOM = 4096
"""Bytes that the file which fills a disk grows by at last."""


def alone(*command: str) -> list[str]:
    """Return a command that has a view of its own of what is mounted."""
    return [*_words_before(), *command]


def read_only(folder: Path, *command: str) -> list[str]:
    """Return a command that sees ``folder`` on a read-only mount."""
    mounting = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    return [*_words_before(), "sh", "-c", mounting, str(folder), *command]


def in_place_of(ours: Path, theirs: Path, *command: str) -> list[str]:
    """Return a command that sees our folder where theirs lies."""
    mounting = 'mount --bind "$0" "$1" && shift && exec "$@"'
    return [*_words_before(), "sh", "-c", mounting, str(ours), str(theirs), *command]


def is_possible() -> bool:
    """Whether folders and disks can be mounted here: Linux, as root."""
    return sys.platform.startswith("linux") and os.geteuid() == 0


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Put a small disk in the place of a folder. Call it in a namespace of your own."""
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    try:
        yield
    finally:
        _run("umount", "--lazy", str(folder))


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Take all the room there is on the disk of a folder."""
    filler = folder / "filler.bin"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, _ROOM):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def failing_disk(folder: Path, image: Path) -> Iterator[FailingDisk]:
    """Put a disk in the place of a folder that can be made to fail. Call it in a namespace of your own."""
    with image.open("wb") as file:
        file.truncate(32 << 20)
    _run("mkfs.ext4", "-q", "-F", str(image))
    _run("mount", "-o", "loop,errors=remount-ro", str(image), str(folder))
    try:
        yield FailingDisk(folder)
    finally:
        _run("umount", "--lazy", str(folder))


class FailingDisk:
    """A disk in whose place the kernel puts a read-only one when it has found an error."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def turn_read_only(self) -> None:
        """Let the kernel find an error: what has the disk open cannot write to it any more either."""
        device = _run("findmnt", "--noheadings", "--output", "SOURCE", str(self._folder))
        Path("/sys/fs/ext4", Path(device.strip()).name, "trigger_fs_error").write_text("test")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout
