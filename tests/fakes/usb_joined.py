"""Joins a fake cable to a virtual headset in another process, whose daemon listens on the network only."""

from __future__ import annotations

import asyncio
import contextlib

from headset_agent.protocol.adb.framing import HEADER_SIZE
from headset_agent.protocol.patience import until_one_ends
from tests.fakes.usb import UsbGadget

_READ = 16 * 1024


class JoinedDaemon:
    """What a :class:`~tests.fakes.usb.FakeUsbDevice` needs of a daemon; ``adb``: its ``host:port``."""

    def __init__(self, adb: str) -> None:
        self._host, _, port = adb.rpartition(":")
        self._port = int(port)
        self._joins: set[asyncio.Task[None]] = set()

    def attach(self, channel: UsbGadget) -> None:
        task = asyncio.get_running_loop().create_task(self._join(channel))
        self._joins.add(task)
        task.add_done_callback(self._joins.discard)

    async def close(self) -> None:
        for task in self._joins:
            task.cancel()
        await asyncio.gather(*self._joins, return_exceptions=True)

    async def _join(self, channel: UsbGadget) -> None:
        """Connect once the host says something; hang up when either side does."""
        first = bytearray(_READ)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            count = await channel.receive_into(memoryview(first))
            reader, writer = await asyncio.open_connection(self._host, self._port)
            try:
                writer.write(first[:count])
                await until_one_ends(_to_daemon(channel, writer), _to_cable(reader, channel))
            finally:
                writer.close()


async def _to_daemon(channel: UsbGadget, writer: asyncio.StreamWriter) -> None:
    buffer = bytearray(_READ)
    while count := await channel.receive_into(memoryview(buffer)):
        writer.write(bytes(buffer[:count]))
        await writer.drain()


async def _to_cable(reader: asyncio.StreamReader, channel: UsbGadget) -> None:
    while True:
        header = await reader.readexactly(HEADER_SIZE)
        length = int.from_bytes(header[12:16], "little")
        await channel.send(header, await reader.readexactly(length))
