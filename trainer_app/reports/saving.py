"""Writes a report file whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from trainer_app.domain.report_errors import ReportEndingUnknown, ReportUnwritable


def require_ending(file: Path, *endings: str) -> str:
    """Return the ending of the file, without the dot and in small letters.

    Raises:
        ReportEndingUnknown: it is none of ``endings``.
    """
    ending = file.suffix.removeprefix(".").lower()
    if ending not in endings:
        raise ReportEndingUnknown(file=str(file), endings=", ".join(f".{one}" for one in endings))
    return ending


def save_report(file: Path, content: bytes) -> None:
    """Write a report; what lay there before stays until the new one is complete.

    Raises:
        ReportUnwritable: the place cannot be written to; nothing is left behind.
    """
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with fresh.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise ReportUnwritable(file=str(file), detail=str(error)) from error
