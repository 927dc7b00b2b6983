"""Where the tests run."""

from __future__ import annotations

import os


def in_ci() -> bool:
    """True where every part has to be there and the same examples are tried every time."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")
