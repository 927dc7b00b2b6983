"""The clean-up process: makes the agent's changes, outlives the agent, and puts them back.

It is a shell in a session of its own that does what it is told through a pipe. However the agent ends, its
end of the pipe closes, and everything in the journal is put back. It holds the lock on the journal together
with the agent, so that the next agent changes nothing before this one's changes are back.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

from headset_agent.protocol.care import CLEAN_UP

_NAME = "simkoffert-care"
"""How it is called in a list of processes."""

_LOOK_S = 0.05


class CareBusy(Exception):
    """The clean-up process of a former agent does not end."""


class JournalLock:
    """Held by the agent and by its clean-up process; free when both have ended (POSIX)."""

    def __init__(self, file: Path) -> None:
        """Name the file; :meth:`take` makes it."""
        self._file = file
        self.descriptor: int | None = None

    async def take(self, within_s: float) -> None:
        """Take it, unless it is held already.

        Raises:
            CareBusy: a former clean-up process had not ended after ``within_s``.
            OSError: the file cannot be made.
        """
        if self.descriptor is not None:
            return
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            async with asyncio.timeout(within_s):
                while not _is_locked(descriptor):  # noqa: ASYNC110 - nobody announces that it is free
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError as error:
            os.close(descriptor)
            raise CareBusy("the clean-up process of a former agent does not end") from error
        except BaseException:
            os.close(descriptor)
            raise
        self.descriptor = descriptor

    def drop(self) -> None:
        """Let go of this process's hold."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def _is_locked(descriptor: int) -> bool:
    """Take the lock if it is free."""
    if sys.platform == "win32":
        return True  # no headset runs it: nobody shares a journal there
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Cleaner:
    """One clean-up process. Made by :meth:`start`."""

    def __init__(self, process: subprocess.Popen[bytes], answers: asyncio.StreamReader) -> None:
        # Not asyncio's own subprocess: that ends what it has started when it is forgotten.
        self._process = process
        self._answers = answers

    @classmethod
    async def start(cls, journal: Path, lock: JournalLock) -> Self:
        """Start it, waiting.

        Raises:
            OSError: it cannot be started; nothing may be changed then.
        """
        process = _spawn(journal, lock)
        answers = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(answers), process.stdout
        )
        return cls(process, answers)

    @property
    def waits(self) -> bool:
        """It is there."""
        return self._process.poll() is None

    async def do(self, word: str, within_s: float) -> None:
        """Have it do something; returns when it has.

        Raises:
            CareBusy: it was killed, or did not get it done in time.
        """
        try:
            self._say(word)
            async with asyncio.timeout(within_s):
                while answer := await self._answers.readline():
                    if answer.decode().strip() == word:
                        return
        except (BrokenPipeError, TimeoutError) as error:
            raise CareBusy(f"{word}: {error!r}") from error
        raise CareBusy(f"{word}: the clean-up process has ended")

    def begin(self, rest_s: int) -> None:
        """Have everything put back; the wear sensor after ``rest_s`` at the earliest. Waits for nothing."""
        assert self._process.stdin is not None
        try:
            self._say(str(rest_s))
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # it was killed; the journal is still there

    async def ended(self, within_s: float) -> bool:
        """Wait until it has ended; False when it did not in time."""
        try:
            await asyncio.to_thread(self._process.wait, within_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _say(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(word.encode() + b"\n")
        self._process.stdin.flush()


def _spawn(journal: Path, lock: JournalLock) -> subprocess.Popen[bytes]:
    assert lock.descriptor is not None
    return subprocess.Popen(
        ["sh", "-c", CLEAN_UP, _NAME, str(journal)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=(lock.descriptor,),
    )
