"""A part of a file that is sent as it lies there: the system hands it to the socket, nobody copies it.

A film is gigabytes; read and written it would be copied twice on its way out of this program.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
import threading
import weakref
from io import FileIO
from pathlib import Path

_LOOK_EVERY = 256 * 1024
_SCRATCH = 256 * 1024


class SharedFile:
    """A file open for reading; closed when it and all its slices are gone.

    So nobody has to wait for a slice that is still on its way when the sender is given up.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            OSError: It cannot be opened.
        """
        self.file = FileIO(path)
        self._reading = threading.Lock()
        weakref.finalize(self, self.file.close)

    def read_at(self, position: int, buffer: memoryview) -> int:
        """Read from there; gives how many bytes came, 0 at the end. Waits for the disk; for any thread."""
        if sys.platform != "win32":
            return os.preadv(self.file.fileno(), [buffer], position)
        with self._reading:
            self.file.seek(position)
            return self.file.readinto(buffer) or 0

    def slice(self, offset: int, length: int) -> FileSlice:
        """So many bytes from there on."""
        return FileSlice(self, offset, length)


class FileSlice:
    """``len()`` bytes of a file from ``offset`` on; may be sliced further, with a begin and an end."""

    __slots__ = ("_length", "_of", "offset")

    def __init__(self, of: SharedFile, offset: int, length: int) -> None:
        self._of = of
        self.offset = offset
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, wanted: slice) -> FileSlice:
        begin, end, _ = wanted.indices(self._length)
        return FileSlice(self._of, self.offset + begin, max(0, end - begin))

    def __bytes__(self) -> bytes:
        """Read it; waits for the disk.

        Raises:
            OSError: It cannot be read, or the file became shorter.
        """
        data = bytearray(self._length)
        self._read_through(memoryview(data))
        return bytes(data)

    def is_in_memory(self) -> bool:
        """Whether sending it would not wait for the disk; by samples, because files lie there in long runs.

        Raises:
            OSError: The file became shorter.
        """
        number = self._of.file.fileno()
        if os.fstat(number).st_size < self.offset + self._length:
            raise _became_shorter()
        if sys.platform != "linux":
            return True  # there the system waits for the disk without us
        byte, end = [bytearray(1)], self.offset + self._length
        try:
            return all(
                os.preadv(number, byte, place, os.RWF_NOWAIT)
                for place in range(self.offset, end, _LOOK_EVERY)
            )
        except OSError:  # it would have to wait, or cannot tell
            return False

    async def read_ahead(self) -> None:
        """Read it, so that it is in memory when it is sent: a slow disk must not hold the loop.

        Raises:
            OSError: It cannot be read, or the file became shorter.
        """
        await asyncio.to_thread(self._read_through, memoryview(bytearray(_SCRATCH)))

    async def send(self, sock: socket.socket) -> None:
        """Send it over a connected socket that is not blocking.

        Raises:
            OSError: The connection broke, or the file became shorter.
        """
        sent = self._send_at_once(sock)
        if sent < self._length:
            loop = asyncio.get_running_loop()
            sent += await loop.sock_sendfile(sock, self._of.file, self.offset + sent, self._length - sent)
        if sent < self._length:
            raise _became_shorter()

    def _send_at_once(self, sock: socket.socket) -> int:
        """What the socket takes without waiting, mostly all; the loop would take two turns for it."""
        if sys.platform == "win32":
            return 0
        try:
            return os.sendfile(sock.fileno(), self._of.file.fileno(), self.offset, self._length)
        except BlockingIOError:
            return 0

    def _read_through(self, buffer: memoryview) -> None:
        """Read all of it into a buffer, which begins anew where it is too small."""
        done = 0
        while done < self._length:
            place = done % len(buffer)
            count = self._of.read_at(self.offset + done, buffer[place : place + self._length - done])
            if not count:
                raise _became_shorter()
            done += count


def _became_shorter() -> OSError:
    return OSError(errno.EIO, "the file became shorter")
