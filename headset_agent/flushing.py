"""Asks the storage to keep what is written, bit by bit, so that little is left to wait for at the end."""

from __future__ import annotations

import asyncio
import os
from io import FileIO

_STEP = 64 << 20
"""Bytes after which that is asked again."""


class Flushing:
    """Flushes a file that is being written, beside the writing."""

    def __init__(self, file: FileIO) -> None:
        """Take a file open for writing; it must not be closed before :meth:`end`."""
        self._file = file
        self._waiting = 0
        self._flush: asyncio.Task[None] | None = None

    def written(self, count: int) -> None:
        """Say that so many bytes more are written.

        Raises:
            OSError: The storage could not keep what was written before.
        """
        self._waiting += count
        if self._flush is not None and self._flush.done():
            flush, self._flush = self._flush, None
            flush.result()
        if self._flush is None and self._waiting >= _STEP:
            self._waiting = 0
            self._flush = asyncio.create_task(asyncio.to_thread(os.fsync, self._file.fileno()))

    async def end(self) -> None:
        """Wait for the flush under way, however it ends: whoever counts on the bytes flushes once more."""
        if self._flush is not None:
            await asyncio.wait([self._flush])
            if not self._flush.cancelled():
                self._flush.exception()
