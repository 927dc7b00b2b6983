"""A tunnel whose far end does not read."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

import pytest

from headset_agent.protocol.adb.errors import StreamClosed
from headset_agent.protocol.adb.peer import AdbStream
from headset_agent.protocol.adb.receiving import ReadableStream
from headset_agent.protocol.adb.relaying import relay
from tests.fakes.waiting import until

_LIMIT_S = 30.0
_PIECE = bytes(60 * 1024)
"""More than the socket holds, less than what makes the writer wait."""


class Pouring(ReadableStream):
    """Has more to read as soon as something was read; or one piece only, and then the end."""

    def __init__(self, *, ends: bool) -> None:
        super().__init__()
        self.closed = False
        self._closed_by_peer = ends
        self._take_in(_PIECE)

    async def close(self) -> None:
        self.closed = True

    def _failure(self) -> Exception | None:
        return None

    def _cut_short(self, detail: str) -> Exception:
        return StreamClosed(detail)

    def _make_room(self) -> None:
        if not self._closed_by_peer:
            self._take_in(_PIECE)


@pytest.mark.parametrize("ends", [False, True], ids=["more to come", "all there"])
async def test_who_breaks_a_tunnel_off_waits_for_nobody_who_does_not_read(ends: bool) -> None:
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    with theirs:
        reader, writer = await asyncio.open_connection(sock=ours)
        stream = Pouring(ends=ends)
        relaying = asyncio.create_task(relay(cast(AdbStream, stream), reader, writer))
        await until(lambda: writer.transport.get_write_buffer_size() > 0 and stream.closed is ends)
        relaying.cancel()
        await asyncio.wait([relaying], timeout=_LIMIT_S)
        assert relaying.cancelled()
        assert stream.closed
