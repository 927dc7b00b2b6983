"""Carries bytes between an ADB stream and a socket, on asyncio; what every tunnel is made of."""

from __future__ import annotations

import asyncio
import contextlib
import sys

from headset_agent.protocol.adb.errors import AdbError
from headset_agent.protocol.adb.peer import AdbStream
from headset_agent.protocol.patience import until_one_ends

READ_SIZE = 256 * 1024


async def relay(stream: AdbStream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes both ways until either side closes; then close both. Never fails."""
    try:
        await until_one_ends(_to_stream(reader, stream), _to_socket(stream, writer))
    except asyncio.CancelledError:
        writer.transport.abort()
        raise
    finally:
        await stream.close()
        await _flushed_and_closed(writer)


async def _flushed_and_closed(writer: asyncio.StreamWriter) -> None:
    """Close when all is written. Whoever cancels does not wait for somebody who may never read it."""
    writer.close()
    try:
        await writer.wait_closed()
    except OSError:
        pass  # it has gone
    except asyncio.CancelledError:
        writer.transport.abort()
        raise


async def _to_stream(reader: asyncio.StreamReader, stream: AdbStream) -> None:
    with contextlib.suppress(AdbError, OSError):
        while data := await reader.read(READ_SIZE):
            await stream.write(data)
        await stream.drain()


async def _to_socket(stream: AdbStream, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(AdbError, OSError):
        if sys.platform == "win32":
            while data := await stream.read_some():
                writer.write(data)
                await writer.drain()
            return
        # A transport copies what the socket does not take at once, and again with every step.
        loop = asyncio.get_running_loop()
        with writer.get_extra_info("socket").dup() as sock:
            sock.setblocking(False)
            while data := await stream.read_some():
                await loop.sock_sendall(sock, data)
