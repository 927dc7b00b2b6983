"""A process with a terminal of its own, as an interactive shell on a headset has (Linux)."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

READ_SIZE = 64 * 1024


class TerminalProcess:
    """A process whose standard streams are one pseudo terminal.

    Attributes:
        stdin: Types into the terminal.
        stdout: What appears on it.
        stderr: Always None.
    """

    def __init__(self, process: asyncio.subprocess.Process, master: int) -> None:
        self._process = process
        self._master = master
        self.stdin: asyncio.StreamWriter | None = None
        self.stdout: asyncio.StreamReader | None = None
        self.stderr: asyncio.StreamReader | None = None

    @property
    def pid(self) -> int:
        """Also the id of its process group and session."""
        return self._process.pid

    async def attach(self) -> None:
        """Make the streams. Call once."""
        loop = asyncio.get_running_loop()
        self.stdout = asyncio.StreamReader()
        protocol = _TerminalReading(self.stdout)
        await loop.connect_read_pipe(lambda: protocol, os.fdopen(self._master, "rb", 0))
        typing, writing = await loop.connect_write_pipe(
            asyncio.streams.FlowControlMixin, os.fdopen(os.dup(self._master), "wb", 0)
        )
        self.stdin = asyncio.StreamWriter(typing, writing, None, loop)

    def resize(self, rows: int, columns: int) -> None:
        """Tell the process how large the host's window is."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))

    async def wait(self) -> int:
        """Wait for the end of the process."""
        code = await self._process.wait()
        if self.stdin is not None:
            self.stdin.close()
        return code


class _TerminalReading(asyncio.StreamReaderProtocol):
    """Takes the terminal's way to say "all gone" (EIO) as an ordinary end."""

    def connection_lost(self, exc: Exception | None) -> None:
        gone = isinstance(exc, OSError) and exc.errno == errno.EIO
        super().connection_lost(None if gone else exc)


async def spawn_on_terminal(
    arguments: Sequence[str], *, env: Mapping[str, str], cwd: Path | str, user: int | None = None
) -> TerminalProcess:
    """Start a process on a new pseudo terminal, in a session of its own that the terminal controls.

    Args:
        arguments: Program and arguments.
        env: The whole environment.
        cwd: Working directory.
        user: User and group to run as; None for our own.

    Raises:
        OSError: It cannot be started.
    """
    master, slave = os.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=cwd,
            user=user,
            group=user,
            start_new_session=True,
            # Opening the terminal anew, as the first of a session, makes it the controlling one.
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),
        )
    except BaseException:
        os.close(master)
        raise
    finally:
        os.close(slave)
    terminal = TerminalProcess(process, master)
    await terminal.attach()
    return terminal
