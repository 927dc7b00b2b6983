"""Where the tests run."""

from __future__ import annotations

import os
import signal


def in_ci() -> bool:
    """True where every part has to be there and the same examples are tried every time."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def ignore_no_signal() -> None:
    """Be as a program started in a terminal, however the tests were started.

    ``nohup`` and a shell's background have a program ignore signals, and what is ignored is handed down to
    every process that a test starts; what is handled is not.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    hang_up = getattr(signal, "SIGHUP", None)  # Windows has none
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_IGN:
        signal.signal(hang_up, lambda _number, _frame: None)
