"""Words to whoever sits at the terminal. A program started from a desktop may have none (Windows)."""

from __future__ import annotations

import sys


def tell(words: str) -> None:
    """Write to standard error, if there is one."""
    if has_terminal():
        sys.stderr.write(words)
        sys.stderr.flush()


def has_terminal() -> bool:
    """There is a standard error; Python's ``pythonw.exe`` leaves it out."""
    return sys.stderr is not None
