"""How urgent this process is to the operating system: *Stopp alt* goes first, filling gives way."""

from __future__ import annotations

import contextlib
import sys


def go_first() -> None:
    """Ask for more than the usual share of the processor; where that is not allowed nothing changes."""
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.HIGH_PRIORITY_CLASS)
    else:
        import os

        # Only an administrator may; everybody else goes on as usual.
        with contextlib.suppress(OSError):
            os.nice(-10)


def give_way() -> None:
    """Let everything else on this laptop go first: above all a film that plays, and *Stopp alt*."""
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        import os

        os.nice(10)
