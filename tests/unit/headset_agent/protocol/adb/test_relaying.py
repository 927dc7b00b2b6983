"""A tunnel whose far end does not read."""

from __future__ import annotations

import asyncio
import select
import socket
from typing import cast

from headset_agent.protocol.adb.errors import StreamClosed
from headset_agent.protocol.adb.peer import AdbStream
from headset_agent.protocol.adb.receiving import ReadableStream
from headset_agent.protocol.adb.relaying import relay
from tests.fakes.waiting import until

_LIMIT_S = 30.0
_PIECE = bytes(60 * 1024)


class Pouring(ReadableStream):
    """Has more to read as soon as something was read."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self._make_room()

    async def close(self) -> None:
        self.closed = True

    def _failure(self) -> Exception | None:
        return None

    def _cut_short(self, detail: str) -> Exception:
        return StreamClosed(detail)

    def _make_room(self) -> None:
        self._take_in(_PIECE)


async def test_who_breaks_a_tunnel_off_waits_for_nobody_who_does_not_read() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        reader, writer = await asyncio.open_connection(sock=ours)
        stream = Pouring()
        relaying = asyncio.create_task(relay(cast(AdbStream, stream), reader, writer))
        await until(lambda: not select.select([], [ours], [], 0)[1])
        relaying.cancel()
        await asyncio.wait([relaying], timeout=_LIMIT_S)
        assert relaying.cancelled()
        assert stream.closed
