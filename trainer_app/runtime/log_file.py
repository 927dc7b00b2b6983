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
def kept_log(folder: Path) -> Iterator[Path]:
    """Write the log to a file in ``folder`` as long as this lasts; gives the file, made when it is needed.

    A log that cannot be written keeps nobody from working.
    """
    file = folder / "simkoffert.log"
    handler = _LogFile(file)
    ours, root = logging.getLogger(OURS), logging.getLogger()
    before = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield file
    finally:
        root.removeHandler(handler)
        ours.setLevel(before)
        handler.close()


class _LogFile(RotatingFileHandler):
    """Never in the way: neither its folder nor room for it is taken for granted."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True)
        self.setFormatter(_Harmless())

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # the library's name
        """A full disk is told of by those who write the data."""


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
