"""Every process that was ever started inside a headset ends with it, detached ones too (Linux).

The headset process is a *subreaper*: a process that detaches and loses its parent becomes its child instead
of init's, so the whole family can be found at any time by walking down from here.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import re
import resource
from collections.abc import Callable, Collection
from functools import partial

import psutil

SHELL_MARK = "SIMKOFFERT_HOST"
"""Environment variable that every process below a shell carries, and no other: its headset's localhost."""

REAP_INTERVAL_S = 5.0
_KILL_POLL_S = 0.005
_AGENT = re.compile(r"/agent-\w+\.pyz$")

_PR_SET_CHILD_SUBREAPER = 36


def become_subreaper() -> None:
    """Adopt every orphan below this process.

    Raises:
        OSError: the kernel refuses.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


async def end_all_below() -> None:
    """Kill every process below this one; returns when none lives any more."""
    await end_below(lambda _: True)


async def end_shell_processes(host: str) -> None:
    """Kill what the shells of a headset have started, as a restart of a real ADB daemon does.

    The browser stays. ``host``: the headset's localhost; other headsets of this process have others.
    """
    await end_below(partial(_is_of_a_shell, host))


async def end_agents(host: str) -> None:
    """Kill every agent that a computer has started on a headset."""
    await end_below(partial(_is_an_agent, host))


def forbid_agents_to_write(host: str, forbidden: bool) -> None:
    """Let no agent on a headset write into files (the kernel refuses it), or let them again."""
    for process in psutil.Process().children(recursive=True):
        if _is_meant(process, partial(_is_an_agent, host)):
            with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
                _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0 if forbidden else most, most))


async def end_below(is_meant: Callable[[psutil.Process], bool]) -> None:
    """Kill those processes below this one that are meant."""
    # Again and again, because a process may start another while we look.
    while family := [p for p in psutil.Process().children(recursive=True) if _is_meant(p, is_meant)]:
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        await asyncio.sleep(_KILL_POLL_S)


def _is_meant(process: psutil.Process, is_meant: Callable[[psutil.Process], bool]) -> bool:
    try:
        return _lives(process) and is_meant(process)
    except psutil.NoSuchProcess:
        return False


def _is_of_a_shell(host: str, process: psutil.Process) -> bool:
    try:
        return process.environ().get(SHELL_MARK) == host
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False  # gone, a zombie, or never one of ours


def _is_an_agent(host: str, process: psutil.Process) -> bool:
    return any(_AGENT.search(word) for word in process.cmdline()) and _is_of_a_shell(host, process)


def bury_all() -> None:
    """Take leave of every child that has ended; for the very end, when nobody waits for one any more."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def bury_strays(own: Collection[int]) -> None:
    """Take leave of every child that has ended, but for those whose end somebody else waits for."""
    for child in psutil.Process().children():
        if child.pid not in own and not _lives(child):
            _bury(child.pid)


async def reap_orphans() -> None:
    """Bury adopted children that have ended; runs until cancelled.

    A child that is still a zombie at a second look has nobody waiting for it: the waits of the processes
    that were started here take milliseconds.
    """
    seen: set[int] = set()
    while True:
        await asyncio.sleep(REAP_INTERVAL_S)
        zombies = {child.pid for child in psutil.Process().children() if not _lives(child)}
        for pid in zombies & seen:
            _bury(pid)
        seen = zombies - seen


def _bury(pid: int) -> None:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
