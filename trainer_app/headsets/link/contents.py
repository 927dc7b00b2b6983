"""What is sent to a headset as a file: bytes that are there already, or parts of a file here."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Protocol

from headset_agent.protocol.adb import sync


class Contents(Protocol):
    """What is sent as a file.

    Attributes:
        length: Bytes that are left to fill in.
    """

    length: int

    async def fill(self, buffer: sync.SendBuffer) -> int:
        """Fill a buffer; gives its bytes: all it can hold, or all that is left."""
        ...


class GivenBytes:
    """Contents that are there already."""

    def __init__(self, content: bytes) -> None:
        self._rest = memoryview(content)
        self.length = len(content)

    async def fill(self, buffer: sync.SendBuffer) -> int:
        """Copy the next bytes into a buffer."""
        count = min(self.length, buffer.capacity)
        for slot in buffer.slots:
            piece, self._rest = self._rest[: len(slot)], self._rest[len(slot) :]
            slot[: len(piece)] = piece
        self.length -= count
        return count


class FilePart:
    """Reads a part of a file into send buffers, in a thread: a slow disk must not hold the loop."""

    def __init__(self, file: FileIO, offset: int, length: int) -> None:
        self._file = file
        self._position = offset
        self.length = length

    async def fill(self, buffer: sync.SendBuffer) -> int:
        """Read the next bytes into a buffer; OSError when the file became shorter."""
        return await asyncio.to_thread(self._read, buffer)

    def _read(self, buffer: sync.SendBuffer) -> int:
        wanted = min(self.length, buffer.capacity)
        if _read_at(self._file, self._position, buffer.slots, wanted) < wanted:
            raise OSError(errno.EIO, "the file became shorter")
        self.length -= wanted
        self._position += wanted
        return wanted


def _read_at(file: FileIO, position: int, slots: list[memoryview], wanted: int) -> int:
    """Read into the slots, in order, up to so many bytes; gives how many came."""
    done = 0
    if sys.platform != "win32":
        # All slots by one call of the system; what a signal or a strange file system leaves out follows.
        done = min(os.preadv(file.fileno(), slots, position), wanted)
    file.seek(position + done)
    for number, slot in enumerate(slots):
        begin = max(0, done - number * len(slot))
        end = min(len(slot), wanted - number * len(slot))
        if begin < end:
            count = _read_fully(file, slot[begin:end])
            done += count
            if count < end - begin:
                break
    return done


def _read_fully(file: FileIO, view: memoryview) -> int:
    done = 0
    while done < len(view):
        count = file.readinto(view[done:])
        if not count:
            break
        done += count
    return done


@contextlib.asynccontextmanager
async def opened(source: Path) -> AsyncIterator[SourceFile]:
    """Open a file that is sent in parts.

    Raises:
        OSError: It cannot be opened.
    """
    with await asyncio.to_thread(FileIO, source) as file:
        status = await asyncio.to_thread(os.fstat, file.fileno())
        yield SourceFile(file, status.st_size, int(status.st_mtime))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file here, open. ``mtime``: seconds since 1970."""

    file: FileIO
    size: int
    mtime: int

    def part(self, offset: int = 0, length: int | None = None) -> FilePart:
        """So many bytes from there on; None is to the end."""
        return FilePart(self.file, offset, self.size - offset if length is None else length)
