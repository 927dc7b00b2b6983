"""The command line as a user runs it: a process of its own, its output read when it has ended."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.stdout)


class Running:
    """A command that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """It has not ended yet."""
        return self._process.returncode is None

    async def heard(self, words: str, timeout_s: float = 60.0) -> None:
        """Wait until a line on standard error holds these words."""
        assert self._process.stderr is not None
        heard = []
        async with asyncio.timeout(timeout_s):
            while line := (await self._process.stderr.readline()).decode():
                heard.append(line)
                if words in line:
                    return
        raise AssertionError(f"ended without {words!r}: {heard}")

    async def ended(self, timeout_s: float = 90.0) -> Ended:
        """Wait for its end."""
        async with asyncio.timeout(timeout_s):
            stdout, stderr = await self._process.communicate()
        assert self._process.returncode is not None
        return Ended(self._process.returncode, stdout.decode(), stderr.decode())

    def kill(self) -> None:
        """End it without a chance to clean up."""
        self._process.kill()

    def hang(self) -> None:
        """Have it do nothing any more, with everything it holds still open."""
        self._process.send_signal(signal.SIGSTOP)

    def interrupt(self) -> None:
        """Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()


@dataclass(frozen=True)
class Desk:
    """A laptop: a data folder and a home of its own; ``through``: what its commands are run by."""

    folder: Path
    through: tuple[str, ...] = ()

    def stocked(self, library: Path) -> Self:
        """With a copy of a data folder."""
        shutil.copytree(library, self.folder / "data")
        return self

    async def start(self, *words: str) -> Running:
        """Start a command."""
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        process = await asyncio.create_subprocess_exec(
            *self.through,
            sys.executable,
            "-m",
            "trainer_app",
            "--data",
            str(self.folder / "data"),
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "HOME": str(home)},
            cwd=self.folder,
        )
        return Running(process)

    async def run(self, *words: str, timeout_s: float = 90.0) -> Ended:
        """Run a command to its end."""
        async with await self.start(*words) as running:
            return await running.ended(timeout_s)
