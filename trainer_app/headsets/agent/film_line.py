"""A film's own connection to the agent: never further ahead of what is stored than a cut may cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from headset_agent.protocol.messages import FILM_WINDOW, Event, FilmBroken, FilmStored, FilmStream, Role
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.agent.channel import Channel, RequestFailed
from trainer_app.headsets.link.contents import SourceFile
from trainer_app.headsets.link.files import finished

_BUFFER = 1 << 20

_STEP_S = 180.0
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

    async def send(self, file: SourceFile, size: int, moved: Moved) -> None:
        """Send the film's bytes up to ``size``; returns when they are stored.

        Raises:
            RequestFailed: the agent can take no more.
            HeadsetVanished: the connection is lost, or nothing gets on any more.
            OSError: the file cannot be read or became shorter.
        """
        ready, spare = (memoryview(bytearray(_BUFFER)) for _ in range(2))
        count = await file.read_into(ready[: size - self.sent], self.sent)
        while count:
            await self._stored_up_to(self.sent + count - FILM_WINDOW)
            begin = self.sent + count
            reading = asyncio.create_task(file.read_into(spare[: size - begin], begin))
            try:
                async with self._in_time():
                    await self._send(ready[:count])
            finally:
                # Its thread writes into our buffer and reads our file, also when we are cancelled.
                following = await finished(reading)
            self.sent = begin
            moved(begin)
            ready, spare, count = spare, ready, following
        await self._stored_up_to(size)

    async def _send(self, data: memoryview) -> None:
        try:
            await self._channel.send_bytes(data)
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
            async with asyncio.timeout(_STEP_S):
                yield
        except TimeoutError as error:
            detail = f"nothing of the film got on within {_STEP_S:.0f} s"
            raise HeadsetVanished(headset=self._channel.headset, detail=detail) from error

    def _hear(self, event: Event) -> None:
        if isinstance(event, FilmStored):
            self.stored = event.offset
        elif isinstance(event, FilmBroken):
            self._broken = RequestFailed(event.code, event.detail)
        self._changed.set()
