"""Names of running programs in file names, so that nobody clears away what another one is working on."""

from __future__ import annotations

import psutil


def this_program() -> str:
    """Return a name that no other program has, now or later: ``PID-START``."""
    process = psutil.Process()
    return f"{process.pid}-{int(process.create_time())}"


def is_running(program: str) -> bool:
    """Whether the program with this name still runs."""
    pid, _, started = program.partition("-")
    try:
        return abs(int(psutil.Process(int(pid)).create_time()) - int(started)) <= 1
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
