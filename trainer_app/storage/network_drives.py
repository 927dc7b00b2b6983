"""Whether a folder lies on another machine. SQLite's write-ahead log needs memory that all readers share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "gfs2",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs3",
        "nfs4",
        "ocfs2",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "vmhgfs",
        "webdav",
    }
)
"""Kinds of mounts that are elsewhere, or that several machines share."""

NETWORK_PROGRAMS = frozenset({"davfs2", "gvfsd-fuse", "rclone", "s3fs", "sshfs", "smbnetfs", "vmhgfs-fuse"})
"""Programs that bring a far folder here by FUSE (``fuse.sshfs``)."""

Mount = tuple[str, str, str]
"""Where it is mounted, its file system, its options."""


def is_on_network(path: Path, mounts: Iterable[Mount] | None = None) -> bool:
    """Tell whether a file, there or not yet, lies on a network drive; what cannot be told counts as no."""
    place = path.resolve()
    if sys.platform == "win32" and str(place).startswith("\\\\"):
        return True
    if mounts is None:
        if _is_on_a_disk(place):
            return False
        mounts = _mounts()
    under = [mount for mount in mounts if place.is_relative_to(mount[0])]
    if not under:
        return False
    # The deepest one, and of several on the same place the last: it covers the others.
    under.sort(key=lambda mount: len(Path(mount[0]).parts))
    _, kind, options = under[-1]
    return _is_remote(kind.lower(), options)


def _is_on_a_disk(place: Path) -> bool:
    """Whether Linux keeps it on a device of this machine; False where it does not say.

    Spares the question for all mounts, for which every start of a command would wait. What comes over a
    network or from a program has no device: the major of its number is 0. (A disk that several machines share
    at the same time has one; no laptop has such a disk.)
    """
    if sys.platform != "linux":
        return False
    there = next((each for each in (place, *place.parents) if each.exists()), place)
    try:
        return os.major(there.stat().st_dev) != 0
    except OSError:
        return False


def _is_remote(kind: str, options: str) -> bool:
    if kind.startswith("fuse."):
        return kind.removeprefix("fuse.") in NETWORK_PROGRAMS
    # Windows names the file system of the far disk, and says in the options that it is far.
    return kind in NETWORK_FILE_SYSTEMS or "remote" in options.split(",")


def _mounts() -> list[Mount]:
    import psutil

    try:
        found = psutil.disk_partitions(all=True)
    except (OSError, psutil.Error):
        return []
    return [(part.mountpoint, part.fstype, part.opts) for part in found if part.mountpoint]
