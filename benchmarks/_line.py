"""A line of a certain speed and length between two ports of this machine; a program of its own.

    python -m benchmarks._line PORT BYTES_PER_S ONE_WAY_S

Says on standard output where it listens, and carries connections to PORT until standard input ends. What
it carries leaves no sooner than the line is free, and arrives a one-way time later; nothing is lost. Loopback
has neither speed nor length, and the kernels here cannot give it any.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_PIECE = 32 * 1024
_FULL_S = 0.02
"""What waits before the line: a router's buffer, beyond which whoever sends is held up."""


@asynccontextmanager
async def distant(port: int, *, bytes_per_s: float, one_way_s: float) -> AsyncIterator[int]:
    """Start such a line to a port; gives the port at its near end."""
    words = (sys.executable, "-m", "benchmarks._line", str(port), str(bytes_per_s), str(one_way_s))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.stdin.close()
        await process.wait()


class _Way:
    """One direction of one connection."""

    def __init__(self, writer: asyncio.StreamWriter, bytes_per_s: float, one_way_s: float) -> None:
        self._writer = writer
        self._bytes_per_s = bytes_per_s
        self._one_way_s = one_way_s
        self._free_at_s = 0.0
        self._under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def carry(self, reader: asyncio.StreamReader) -> None:
        """Until the sender has closed."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._arrive())
            with contextlib.suppress(OSError):
                while data := await reader.read(_PIECE):
                    await self._set_out(data)
            self._under_way.put_nowait((0.0, b""))

    async def _set_out(self, data: bytes) -> None:
        now_s = asyncio.get_running_loop().time()
        self._free_at_s = max(self._free_at_s, now_s) + len(data) / self._bytes_per_s
        self._under_way.put_nowait((self._free_at_s + self._one_way_s, data))
        if self._free_at_s - now_s > _FULL_S:
            await asyncio.sleep(self._free_at_s - now_s - _FULL_S)

    async def _arrive(self) -> None:
        with contextlib.suppress(OSError):
            while (parcel := await self._under_way.get())[1]:
                at_s, data = parcel
                await asyncio.sleep(max(0.0, at_s - asyncio.get_running_loop().time()))
                self._writer.write(data)
        self._writer.close()


async def _main(port: int, bytes_per_s: float, one_way_s: float) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", port)
        # What is still connected ends with the line.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(
                _Way(there[1], bytes_per_s, one_way_s).carry(reader),
                _Way(writer, bytes_per_s, one_way_s).carry(there[0]),
            )

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
