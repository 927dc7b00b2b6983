"""A headset that has said all it will ever say: streams and connections on which only that is read."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

import aiohttp

from headset_agent.protocol.adb.banner import LS_V2, SHELL_V2, STAT_V2
from headset_agent.protocol.adb.framing import Sendable
from headset_agent.protocol.adb.receiving import ReadableStream
from trainer_app.domain.link_errors import LinkLost, ServiceEnded

HEADSET = "told"


class ToldStream(ReadableStream):
    """A stream of known bytes; what is written to it goes nowhere."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        super().__init__()
        for piece in pieces:
            self._take_in(piece)
        self._closed_by_peer = True

    async def write(self, data: Sendable) -> None:
        """Nobody reads it."""

    async def close(self) -> None:
        self._drop()

    def _failure(self) -> LinkLost | None:
        return None

    def _cut_short(self, detail: str) -> LinkLost:
        return ServiceEnded(headset=HEADSET, service="told", detail=detail)

    def _make_room(self) -> None:
        """Nothing more comes."""


class ToldLink:
    """A link every service of which says the same."""

    headset = HEADSET
    lost: LinkLost | None = None

    def __init__(self, pieces: Sequence[bytes], *, modern: bool = True) -> None:
        self._pieces = pieces
        self.features = frozenset({SHELL_V2, LS_V2, STAT_V2} if modern else ())
        self.properties: Mapping[str, str] = {}

    async def wait_lost(self) -> LinkLost:
        return LinkLost(headset=HEADSET, detail="over")

    async def open_service(self, name: str, *, bulk: bool = False) -> ToldStream:
        return ToldStream(self._pieces)

    async def close(self) -> None:
        """Nothing to close."""


class ToldSocket:
    """A web socket on which text frames come, one a piece, and which is then closed."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._frames = deque(piece.decode(errors="replace") for piece in pieces)
        self.closed = False

    async def send_json(self, _command: object) -> None:
        """Nobody reads it."""

    async def close(self) -> None:
        self.closed = True

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> aiohttp.WSMessage:
        # Whoever has asked is to wait already when the answer comes.
        await asyncio.sleep(0)
        if not self._frames:
            self.closed = True
            raise StopAsyncIteration
        return aiohttp.WSMessage(aiohttp.WSMsgType.TEXT, self._frames.popleft(), None)

    def for_real(self) -> aiohttp.ClientWebSocketResponse:
        return cast(aiohttp.ClientWebSocketResponse, self)


class HeardWriter:
    """The other half of a connection: remembers what was answered."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self._closing = False

    @property
    def transport(self) -> Any:
        return self

    def get_write_buffer_size(self) -> int:
        return 0

    def write(self, data: bytes) -> None:
        self.heard += data

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        self._closing = True

    async def wait_closed(self) -> None:
        """At once."""

    def for_real(self) -> asyncio.StreamWriter:
        return cast(asyncio.StreamWriter, self)


def reader_of(pieces: Sequence[bytes]) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    for piece in pieces:
        reader.feed_data(piece)
    reader.feed_eof()
    return reader
