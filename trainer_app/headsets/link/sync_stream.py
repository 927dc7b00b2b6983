"""A conversation with the ``sync:`` service of a headset, every step of which comes to an end.

A headset whose storage hangs still answers whoever asks whether it is there. Without a limit of its own a
transfer would wait for ever, and with it everything that waits for the transfer.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from headset_agent.protocol.adb.framing import Payload
from trainer_app.domain.link_errors import CommandTimedOut
from trainer_app.headsets.link.interface import HeadsetLink, Stream

STEP_S = 90.0
"""A slow Wi-Fi takes a megabyte, and a slow storage the part of a film that was sent, in less."""


class SyncStream:
    """The stream of a conversation. Its steps raise LinkLost; CommandTimedOut is one of these."""

    def __init__(self, link: HeadsetLink, stream: Stream, step_s: float = STEP_S) -> None:
        self._link = link
        self._stream = stream
        self._step_s = step_s

    @property
    def has_data(self) -> bool:
        """A read would not wait: there is data, or the end."""
        return self._stream.has_data

    async def read_some(self) -> memoryview:
        """The next piece as it came; empty at the end."""
        async with in_time(self._link, self._step_s):
            return await self._stream.read_some()

    async def read_exactly(self, count: int) -> bytes:
        """Exactly ``count`` bytes."""
        async with in_time(self._link, self._step_s):
            return await self._stream.read_exactly(count)

    def unread(self, data: Payload) -> None:
        """Put back what was read too much."""
        self._stream.unread(data)

    async def write(self, data: Payload) -> None:
        """Send; returns when ``data`` may be reused."""
        async with in_time(self._link, self._step_s):
            await self._stream.write(data)


@contextlib.asynccontextmanager
async def conversation(
    link: HeadsetLink, *, bulk: bool = False, step_s: float = STEP_S
) -> AsyncIterator[SyncStream]:
    """Open the service for a block.

    Raises:
        ServiceRefused: The headset does not offer it.
        LinkLost: The connection is gone; CommandTimedOut: it does not answer within ``step_s``.
    """
    async with in_time(link, step_s):
        stream = await link.open_service("sync:", bulk=bulk)
    async with stream:
        yield SyncStream(link, stream, step_s)


@contextlib.asynccontextmanager
async def in_time(link: HeadsetLink, seconds: float) -> AsyncIterator[None]:
    """Raise CommandTimedOut when the block is not done in time."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise CommandTimedOut(headset=link.headset, seconds=round(seconds), detail="sync") from error
