"""Lines from standard input, without a thread that would outlive the program."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

_STDIN = 0

_LONGEST = 4096
"""Bytes; what runs on without an end, such as /dev/zero, is no line for us."""


async def stdin_lines() -> AsyncIterator[str]:
    """Yield each line; ends with standard input, which may be a pipe, a terminal, a file or closed."""
    # A program in a terminal's background would be stopped for reading; so it reads an error instead.
    signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    pending = b""
    while part := await _read():
        *lines, pending = (pending + part).split(b"\n")
        pending = pending[:_LONGEST]
        for line in lines:
            yield line.decode(errors="replace").strip()


async def _read() -> bytes:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    try:
        loop.add_reader(_STDIN, readable.set)
    except OSError:
        # A plain file or /dev/null can always be read, a closed one says so below; others have their turn.
        await asyncio.sleep(0)
    else:
        try:
            await readable.wait()
        finally:
            loop.remove_reader(_STDIN)
    try:
        return os.read(_STDIN, _LONGEST)
    except OSError:
        return b""
