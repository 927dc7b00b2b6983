"""Threads, processes, listening sockets and a niceness that outlive the test (or module) they come from."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.guards import origins

GRACE_S = 2.0
"""What is ending already may take this long: a process that was killed, a thread that is being joined."""

RUN_VARIABLE = "SIMKOFFERT_TEST_RUN"
"""Set in our environment and inherited by what we start, also by a daemon that leaves our process tree."""

Process = tuple[int, float]
Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What this process has going; the difference of two is what was left over."""

    threads: frozenset[threading.Thread]
    processes: frozenset[Process]
    listeners: frozenset[Address]
    niceness: int
    policy: int

    @classmethod
    def now(cls, *, orphans: bool) -> Holdings:
        """Take stock.

        Args:
            orphans: Look at all processes of the machine for those that were started by this test run, not
                only at our children (slower).
        """
        return cls(
            threads=frozenset(threading.enumerate()),
            processes=_children() | (_orphans() if orphans else frozenset()),
            listeners=_listeners(),
            niceness=psutil.Process().nice(),
            policy=_policy(),
        )

    def beyond(self, before: Holdings) -> list[str]:
        """Describe what is in this one and not in ``before``."""
        return [
            *(
                f"thread {thread.name!r}, started at {origins.of_thread(thread)}"
                for thread in self.threads - before.threads
            ),
            *(_describe_process(process) for process in self.processes - before.processes),
            *(
                f"listening socket {address[0]}:{address[1]}, opened at {origins.of_listener(address)}"
                for address in self.listeners - before.listeners
            ),
            *(
                [f"niceness {self.niceness}, not {before.niceness}, and so has all that is started next"]
                if self.niceness != before.niceness
                else []
            ),
            *(
                [f"scheduling policy {self.policy}, not {before.policy}, and so has all that is started next"]
                if self.policy != before.policy
                else []
            ),
        ]


def _policy() -> int:
    """How this thread gets its turn; in real time (1, 2) nobody else does, and the machine stands still."""
    return os.sched_getscheduler(0) if sys.platform == "linux" else 0


def _children() -> frozenset[Process]:
    """Our own children: what a module's virtual headset starts is its business until the module ends."""
    found = set()
    for pid in _child_pids():
        try:
            found.add((pid, psutil.Process(pid).create_time()))
        except psutil.NoSuchProcess:
            continue
    return frozenset(found)


def _child_pids() -> list[int]:
    if _KERNEL_LISTS_CHILDREN:
        try:
            lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
            return [int(pid) for children in lists for pid in children.split()]
        except OSError:  # a thread has ended meanwhile
            pass
    return [child.pid for child in psutil.Process().children()]


# psutil reads the whole table of processes, several milliseconds twice a test.
_KERNEL_LISTS_CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children").exists()


def _orphans() -> frozenset[Process]:
    mark = os.environ.get(RUN_VARIABLE)
    found = set()
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and mark and process.environ().get(RUN_VARIABLE) == mark:
                found.add((process.pid, process.create_time()))
        except psutil.Error:  # gone already, or another user's
            continue
    return frozenset(found)


def _end(processes: frozenset[Process]) -> None:
    """End what was left running: it would take the processor from the tests that follow."""
    for pid, created in processes:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if process.create_time() == created:
                process.kill()


def _listeners() -> frozenset[Address]:
    return frozenset(
        (connection.laddr.ip, connection.laddr.port)
        for connection in psutil.Process().net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    )


def _describe_process(process: Process) -> str:
    try:
        found = psutil.Process(process[0])
        if found.status() == psutil.STATUS_ZOMBIE:
            return f"process {process[0]} ({found.name()}), ended but never waited for"
        return f"process {process[0]}: {' '.join(found.cmdline())}"
    except psutil.Error:
        return f"process {process[0]}, which has ended meanwhile"


@contextmanager
def none_left(whose: str, *, orphans: bool = False) -> Iterator[None]:
    """Fail when anything started inside is still there at the end.

    Args:
        whose: "the test" or "the module", for the message.
        orphans: See :meth:`Holdings.now`.
    """
    before = Holdings.now(orphans=orphans)
    yield
    # Reference cycles may hold sockets and files whose ResourceWarning belongs to this test. After the
    # freeze at the start of the run this takes about a millisecond.
    gc.collect()
    deadline = time.perf_counter() + GRACE_S
    while leftovers := Holdings.now(orphans=orphans).beyond(before):
        if time.perf_counter() > deadline:
            if orphans:  # what a test left, its module's fixtures may still end in good order
                _end(Holdings.now(orphans=True).processes - before.processes)
            pytest.fail("\n  ".join([f"{whose} left something running:", *leftovers]), pytrace=False)
        time.sleep(0.01)
