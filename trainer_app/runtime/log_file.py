"""The log beside the data: what went wrong and where, for whoever helps; no names, nothing people typed.

The words of an exception may quote what somebody typed, so only its kind and the way to it are written. What
other libraries say is not written for the same reason, only where they said it.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from traceback import TracebackException

OURS = "trainer_app"
LARGEST_BYTES = 1_000_000
KEPT_FILES = 3
"""Older files beside the one that is written."""


@contextlib.contextmanager
def kept_log(folder: Path) -> Iterator[LogFile]:
    """Write the log to a file in ``folder`` as long as this lasts; the file is made when it is needed.

    A log that cannot be written keeps nobody from working.
    """
    handler = LogFile(folder / "simkoffert.log")
    ours, root = logging.getLogger(OURS), logging.getLogger()
    before = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        ours.setLevel(before)
        handler.close()


class LogFile(RotatingFileHandler):
    """Never in the way: neither its folder nor room for it is taken for granted.

    Attributes:
        is_written: What was logged last is in the file.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True)
        self.is_written = False
        self.setFormatter(_Harmless())

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.baseFilename)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, if that is possible."""
        self.is_written = True
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # the library's name
        """A full disk is told of by those who write the data."""
        self.is_written = False

    def _open(self) -> TextIOWrapper:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


class _Harmless(logging.Formatter):
    """A line of what we say ourselves, and the way to what went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        """Return what is written of a record. Times are UTC."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = f"{stamp} {record.levelname} {record.name}:{record.lineno}"
        if record.name.partition(".")[0] == OURS:
            line = f"{line} {record.getMessage()}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line, *_way_to(TracebackException.from_exception(error))]) if error else line


def _way_to(error: TracebackException) -> Iterator[str]:
    """The kind of an error, those it came of, and where each was raised; never their words."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _way_to(earlier)
    yield f"  {_kind(error)}"
    for frame in error.stack:
        # The end of the path will do; its beginning may hold the name of whoever is logged on.
        place = "/".join(PurePath(frame.filename).parts[-3:])
        yield f"    {place}:{frame.lineno} {frame.name}"


def _kind(error: TracebackException) -> str:
    kind = error.exc_type
    return "?" if kind is None else f"{kind.__module__}.{kind.__qualname__}"
