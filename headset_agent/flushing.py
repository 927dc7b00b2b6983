"""Asks the storage to keep what is written, bit by bit, so that little is left to wait for at the end."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, wait
from io import FileIO

_STEP = 64 << 20
"""Bytes after which that is asked again."""


class Flushing:
    """Flushes a file that is being written, beside the writing; for one thread."""

    def __init__(self, file: FileIO, threads: Executor) -> None:
        """Take a file open for writing, which must not be closed before :meth:`end`, and who flushes it."""
        self._file = file
        self._threads = threads
        self._waiting = 0
        self._flush: Future[None] | None = None

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
            self._flush = self._threads.submit(os.fsync, self._file.fileno())

    def end(self) -> None:
        """Wait for the flush under way, however it ends: whoever counts on the bytes flushes once more."""
        if self._flush is not None:
            wait([self._flush])
