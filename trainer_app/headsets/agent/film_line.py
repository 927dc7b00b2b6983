"""A film's own connection to the agent: never further ahead of what is stored than a cut may cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from headset_agent.protocol.adb.slices import FileSlice
from headset_agent.protocol.messages import FILM_WINDOW, Event, FilmBroken, FilmStored, FilmStream, Role
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.agent.channel import Channel, RequestFailed

_STEP = 2 << 20
"""Bytes after which the headset is looked at, and those after the next are read."""

_PATIENCE_S = 180.0
"""A slow line carries what the agent stores at a time in less; beyond it the headset's storage hangs."""

Moved = Callable[[int], None]
"""Called with where the film's next byte to be sent is."""


@asynccontextmanager
async def film_line(store: Channel, sha256: str, offset: int) -> AsyncIterator[FilmLine]:
    """Open the connection for a film of which the headset has ``offset`` bytes.

    Raises:
        RequestFailed: the agent does not take it from there.
        HeadsetProblem: the connection is lost.
    """
    channel = await store.beside(Role.FILM, bulk=True)
    try:
        # Before the answer: what follows it at once is heard as well.
        line = FilmLine(channel, offset)
        await channel.request(FilmStream, sha256=sha256, offset=offset)
        yield line
    finally:
        await channel.close()


class FilmLine:
    """Sends one film; get it from :func:`film_line`.

    Attributes:
        stored: How many bytes of the film the headset is known to have in its file.
        sent: Where the next byte to be sent is.
    """

    def __init__(self, channel: Channel, offset: int) -> None:
        self.stored = self.sent = offset
        self._channel = channel
        self._broken: RequestFailed | None = None
        self._changed = asyncio.Event()
        channel.on_event = self._hear
        channel.on_lost = self._changed.set

    async def send(self, film: FileSlice, moved: Moved) -> None:
        """Send the film's bytes from :attr:`sent` on; returns when they are stored.

        Raises:
            RequestFailed: the agent can take no more.
            HeadsetVanished: the connection is lost, or nothing gets on any more.
            OSError: the file cannot be read or became shorter.
        """
        step, rest = film[:_STEP], film[_STEP:]
        if not step.is_in_memory():
            await step.read_ahead()
        while step:
            following, rest = rest[:_STEP], rest[_STEP:]
            async with _read_ahead(following):
                await self._stored_up_to(self.sent + len(step) - FILM_WINDOW)
                async with self._in_time():
                    await self._send(step)
            self.sent += len(step)
            moved(self.sent)
            step = following
        await self._stored_up_to(self.sent)

    async def _send(self, data: FileSlice) -> None:
        try:
            await self._channel.send_slice(data)
        except HeadsetVanished:
            # An agent that can take no more has said so before it closed.
            while self._channel.lost is None and self._broken is None:
                await self._until_changed()
            if self._broken is not None:
                raise self._broken from None
            raise

    async def _stored_up_to(self, offset: int) -> None:
        while self.stored < offset:
            if self._broken is not None:
                raise self._broken
            if self._channel.lost is not None:
                raise self._channel.lost
            await self._until_changed()

    async def _until_changed(self) -> None:
        self._changed.clear()
        async with self._in_time():
            await self._changed.wait()

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                yield
        except TimeoutError as error:
            detail = f"nothing of the film got on within {_PATIENCE_S:.0f} s"
            raise HeadsetVanished(headset=self._channel.headset, detail=detail) from error

    def _hear(self, event: Event) -> None:
        if isinstance(event, FilmStored):
            self.stored = event.offset
        elif isinstance(event, FilmBroken):
            self._broken = RequestFailed(event.code, event.detail)
        self._changed.set()


@asynccontextmanager
async def _read_ahead(following: FileSlice) -> AsyncIterator[None]:
    """Have the bytes after those that are being sent read meanwhile: disk and line share the time."""
    if following.is_in_memory():
        yield
        return
    reading = asyncio.create_task(following.read_ahead())
    try:
        yield
        await reading
    finally:
        reading.cancel()
