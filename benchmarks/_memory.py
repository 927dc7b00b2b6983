"""Memory that is no matter of luck: before something is measured, the machine's free memory is in use.

A virtual machine gives free memory back to the computer it runs on, and has to ask for it again when somebody
writes: measured here, a gigabyte that is written to a file costs 0.2 s where its memory is at hand, and 3 s
where it is not. Whose turn that is would decide a comparison. A laptop that has been on for a while has next
to no memory that nobody uses: old files lie in it, and give way at once. So does this one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_SPARED = 2 << 30
"""Bytes that programs may need."""

_LEFT_FREE = 500_000_000
_STEP = 16 << 20


class UsedMemory:
    """A file of nothing but holes that is read again and again; what it fills is given up for anything."""

    def __init__(self, file: int, size: int) -> None:
        self._file = file
        self._size = size
        self._place = 0
        self._buffer = memoryview(bytearray(_STEP))

    def fill(self) -> None:
        """Read until next to nothing is free; blocks, for a minute the first time."""
        if sys.platform != "linux":
            return
        for _ in range(0, self._size, _STEP):
            if psutil.virtual_memory().free < _LEFT_FREE:
                return
            os.preadv(self._file, [self._buffer], self._place)
            self._place = (self._place + _STEP) % self._size


@contextmanager
def used_memory(folder: Path) -> Iterator[UsedMemory]:
    """Make the file in a folder, and remove it in the end."""
    size = max(_STEP, psutil.virtual_memory().total - _SPARED) // _STEP * _STEP
    path = folder / "memory"
    with path.open("wb+") as file:
        file.truncate(size)
        try:
            yield UsedMemory(file.fileno(), size)
        finally:
            path.unlink()
