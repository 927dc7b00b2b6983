"""How much room a virtual headset has."""

from __future__ import annotations

import errno
import os
import shutil

from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import WriteError
from headset_agent.virtual.folders import Folders

CAPACITY_BYTES = 118_000_000_000
"""The data partition of a 128 GB headset."""


class HeadsetStorage:
    """The headset's data partition.

    With a limit it is full when that many bytes were added. File transfer then fails as on a full disk; a
    program that a shell started and that writes by itself is not held back (that would take a partition of
    its own, and privileges), but ``stat -f`` and ``df`` tell it the truth. A storage that fails does so for
    file transfer, and for the agent (``processes.forbid_agents_to_write``).
    """

    def __init__(self, folders: Folders, free_bytes: int | None, faults: ActiveFaults | None = None) -> None:
        """Count from what lies there now.

        Args:
            folders: The headset's folders.
            free_bytes: What may still be added; None: as much as this machine's disk can hold.
            faults: What is wrong with the headset at the moment.
        """
        self._folders = folders
        self._faults = ActiveFaults() if faults is None else faults
        self._usual_limit = self._limit_for(free_bytes)
        self._limit = self._usual_limit

    def leave(self, free_bytes: int) -> None:
        """Let no more than so many bytes be added, until :meth:`leave_as_before`."""
        self._limit = self._limit_for(free_bytes)

    def leave_as_before(self) -> None:
        """Have the room that there was in the beginning."""
        self._limit = self._usual_limit

    def _limit_for(self, free_bytes: int | None) -> int | None:
        return None if free_bytes is None else self._folders.used_bytes() + free_bytes

    def total_bytes(self) -> int:
        """Size of the data partition."""
        return CAPACITY_BYTES

    def free_bytes(self) -> int:
        """What can still be written."""
        free = min(shutil.disk_usage(self._folders.root).free, CAPACITY_BYTES)
        if self._limit is None:
            return free
        return max(0, min(free, self._limit - self._folders.used_bytes()))

    def check(self, more_bytes: int) -> None:
        """Refuse bytes for which there is no room.

        Raises:
            OSError: ``ENOSPC``; ``EIO`` when the storage is faulty.
        """
        if self._faults.get(WriteError):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if self._limit is not None and more_bytes > self.free_bytes():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
