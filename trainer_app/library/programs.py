"""Names of running programs in file names, so that nobody clears away what another one is working on.

psutil is imported when there is such a name to make or to judge.
"""

from __future__ import annotations


def this_program() -> str:
    """Return a name that no other program has, now or later: ``PID-START``."""
    import psutil

    process = psutil.Process()
    return f"{process.pid}-{int(process.create_time())}"


def is_running(program: str) -> bool:
    """Whether the program with this name still runs."""
    import psutil

    pid, _, started = program.partition("-")
    try:
        return abs(int(psutil.Process(int(pid)).create_time()) - int(started)) <= 1
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
