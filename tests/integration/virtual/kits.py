"""Virtual headsets and kits as processes, and Debian's adb with a server of its own."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from tests.fakes.ports import free_ports

READY_TIMEOUT_S = 40.0
A_HEADSET_MORE_S = 10.0
"""They start side by side: each makes all of them slower."""


class VirtualProcess:
    """``python -m headset_agent.virtual`` with some options; a context that ends it."""

    def __init__(
        self,
        *options: str,
        python: Sequence[str] = (sys.executable,),
        environment: dict[str, str] | None = None,
    ) -> None:
        self._command = [*python, "-m", "headset_agent.virtual", *options]
        self._environment = environment
        self._ready_s = READY_TIMEOUT_S + A_HEADSET_MORE_S * (_count_in(options) - 1)
        self.said = ""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def ready(self) -> dict[str, Any]:
        """The JSON line that says that all is ready."""
        assert self.process.stdout is not None
        readable, _, _ = select.select([self.process.stdout], [], [], self._ready_s)
        line = self.process.stdout.readline() if readable else b""
        assert line, f"not ready: {self.end()} {self.said}"
        described = json.loads(line)
        assert isinstance(described, dict)
        return described

    def write(self, line: str) -> None:
        """Say a line to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def close_stdin(self) -> None:
        """There is nothing more to say."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.stdin = None

    def complaint(self) -> str:
        """The next line on standard error."""
        assert self.process.stderr is not None
        readable, _, _ = select.select([self.process.stderr], [], [], READY_TIMEOUT_S)
        return self.process.stderr.readline().decode() if readable else ""

    def family(self) -> list[psutil.Process]:
        """It and every process below it."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal (once), wait, return the exit code; ``said`` is then the rest of standard error."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            _, said = self.process.communicate(timeout=READY_TIMEOUT_S)
            self.said += said.decode()
        except ValueError:
            pass  # closed before
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return self.process.returncode


def _count_in(options: Sequence[str]) -> int:
    return int(options[options.index("--count") + 1]) if "--count" in options else 1


def adb_environment(home: Path, port: int) -> dict[str, str]:
    """The environment of an adb with a key of its own and a server of its own at ``port``."""
    return {
        **os.environ,
        "HOME": str(home),
        "ANDROID_ADB_SERVER_PORT": str(port),
        # Otherwise the server scans 5555 and up, and grabs what listens there.
        "ADB_LOCAL_TRANSPORT_MAX_PORT": "5553",
    }


class Adb:
    """Debian's adb with a private server and a key of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(exist_ok=True)
        (self.port,) = free_ports(1)
        self._environment = adb_environment(home, self.port)

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run one adb command; ``typed`` is its standard input."""
        return subprocess.run(
            ["adb", *words],
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )

    def on(self, headset: dict[str, Any], *words: str) -> subprocess.CompletedProcess[str]:
        """Run one adb command on a headset."""
        return self.run("-s", str(headset["adb"]), *words)

    def shell(self, headset: dict[str, Any], command: str) -> str:
        """Run a shell command that has to succeed; return what it printed."""
        done = self.on(headset, "shell", command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def state_of(self, headset: dict[str, Any]) -> str:
        """The state that ``adb devices`` shows."""
        for line in self.run("devices").stdout.splitlines():
            serial, _, state = line.partition("\t")
            if serial == headset["adb"]:
                return state
        return "missing"


@contextlib.contextmanager
def adb_server(home: Path) -> Iterator[Adb]:
    """A server that is gone afterwards."""
    adb = Adb(home)
    try:
        yield adb
    finally:
        adb.run("kill-server")
