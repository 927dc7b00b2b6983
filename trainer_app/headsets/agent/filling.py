"""Fills a headset with a film: chunks by ADB's file transfer, appended and verified by the agent.

While one chunk is appended on the headset the next is already on its way, under the other of two names. What
was interrupted goes on where it was: at the byte behind the last chunk that was appended.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable
from time import perf_counter
from typing import Any

from headset_agent.protocol.adb import sync
from headset_agent.protocol.messages import FilmAppend, FilmBegin, FilmCommit, FilmList, FilmOffset, Films
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.playback_errors import (
    AgentFault,
    FilmArrivedCorrupt,
    HeadsetProblem,
    HeadsetStorageFault,
    HeadsetStorageFull,
    HeadsetVanished,
    SourceUnreadable,
)
from trainer_app.headsets.agent.access import FILMS
from trainer_app.headsets.agent.channel import Channel, RequestFailed
from trainer_app.headsets.link import HeadsetLink, LinkLost, RemoteFileError, RemoteStorageFull
from trainer_app.headsets.link.contents import SourceFile, opened
from trainer_app.headsets.link.files import BUFFER_SIZE, FileSender, sending

CHUNK = 4 * sync.SendBuffer(BUFFER_SIZE).capacity
"""Bytes; what a headset must have to spare beside the film.

Two chunks are on the way at most, so that a cut costs less than 8 MiB that have to be sent again.
"""

_VERIFY_S = 600.0
"""Reading a part of many gigabytes again takes minutes on a slow headset."""

_ATTEMPTS = {"film_corrupt": 2, "film_offset": 4}
"""By what the agent says. A film that arrived corrupt is sent a second time before that is told; one whose
end was moved by an attempt that nobody waits for any more is gone on with.
"""


Progress = Callable[[int, int], None]
"""Called with the bytes that are safely on the headset, and the film's size."""


async def send_film(
    link: HeadsetLink, store: Channel, film: FilmToSend, *, headset: str, progress: Progress
) -> Sent:
    """Bring a film to a headset, verified; at once when it is there already.

    Raises:
        HeadsetProblem: vanished, full, faulty storage, or corrupt in spite of a second try.
    """
    sender = _Sender(link, store, film, headset, progress)
    failures: Counter[str] = Counter()
    while True:
        try:
            return await sender.send()
        except RequestFailed as failed:
            failures[failed.code] += 1
            if failures[failed.code] >= _ATTEMPTS.get(failed.code, 1):
                raise await sender.translated(failed) from failed


class _Sender:
    def __init__(
        self, link: HeadsetLink, store: Channel, film: FilmToSend, headset: str, progress: Progress
    ) -> None:
        self._link = link
        self._store = store
        self._film = film
        self._headset = headset
        self._progress = progress
        self._sent = 0
        self._there = 0
        self._arriving: asyncio.Task[None] | None = None

    async def send(self) -> Sent:
        film = self._film
        reply: FilmOffset = await self._ask(
            FilmBegin, sha256=film.sha256, size=film.size, title=film.title, suffix=film.path.suffix
        )
        if reply.verified:
            self._progress(film.size, film.size)
            return Sent(bytes=film.size, sent_bytes=self._sent, seconds=0.0)
        self._there, self._arriving = reply.offset, None
        if reply.free_bytes < film.size - reply.offset + CHUNK:
            raise self._too_big(reply.free_bytes)
        self._progress(reply.offset, film.size)
        started = perf_counter()
        try:
            await self._send_from(reply.offset)
        except (LinkLost, RemoteFileError) as error:
            raise await self._explained(error) from error
        await self._ask(FilmCommit, sha256=film.sha256)
        return Sent(bytes=film.size, sent_bytes=self._sent, seconds=perf_counter() - started)

    async def _send_from(self, offset: int) -> None:
        async with self._source() as file, sending(self._link) as sender:
            try:
                await self._send_chunks(sender, file, offset)
            except LinkLost:
                if self._arriving is not None:
                    # What the headset says of the chunk before tells more, if it still says something.
                    with contextlib.suppress(LinkLost, HeadsetVanished):
                        await self._arriving
                await sender.say_why()
                raise
            finally:
                if self._arriving is not None:
                    # Also when it has failed already: the first failure is the one that is told.
                    self._arriving.cancel()
                    await asyncio.gather(self._arriving, return_exceptions=True)

    async def _send_chunks(self, sender: FileSender, file: SourceFile, offset: int) -> None:
        attempt, turn = secrets.token_hex(4), 0
        while offset < self._film.size:
            length = min(CHUNK, self._film.size - offset)
            chunk = f"{self._film.sha256}.{attempt}.chunk{turn}"
            await self._push(sender, file, chunk, offset, length)
            await self._arrived()
            self._arriving = asyncio.create_task(self._arrive(sender, chunk, offset, length))
            offset += length
            turn = 1 - turn
        await self._arrived()

    async def _arrived(self) -> None:
        if self._arriving is not None:
            await self._arriving

    @contextlib.asynccontextmanager
    async def _source(self) -> AsyncIterator[SourceFile]:
        try:
            async with opened(self._film.path) as file:
                yield file
        except OSError as error:
            raise SourceUnreadable(film=self._film.title, detail=str(error)) from error

    async def _push(self, sender: FileSender, file: SourceFile, chunk: str, offset: int, length: int) -> None:
        def moved(done: int) -> None:
            self._progress(min(offset + done, self._film.size), self._film.size)

        part = file.part(offset, length)
        await sender.send(part, f"{FILMS}/{chunk}", mtime=file.mtime, progress=moved)
        self._sent += length

    async def _arrive(self, sender: FileSender, chunk: str, offset: int, length: int) -> None:
        """Wait until a chunk is stored and have it appended to the film."""
        await sender.verdict()
        await self._append(chunk, offset, length)

    async def _append(self, chunk: str, offset: int, length: int) -> None:
        await self._ask(FilmAppend, sha256=self._film.sha256, chunk=chunk, offset=offset, length=length)
        self._there = offset + length

    async def _ask(self, kind: type, **fields: Any) -> Any:
        return await self._store.request(kind, wait_s=_VERIFY_S, **fields)

    async def _explained(self, error: LinkLost | RemoteFileError) -> HeadsetProblem:
        """What broke off the transfer, as people meet it."""
        if isinstance(error, LinkLost):
            return HeadsetVanished(headset=self._headset, detail=str(error))
        if isinstance(error, RemoteStorageFull):
            return await self._full()
        return HeadsetStorageFault(headset=self._headset, film=self._film.title, detail=str(error))

    async def translated(self, failed: RequestFailed) -> HeadsetProblem:
        """The agent's refusal as people meet it."""
        if failed.code == "storage_full":
            return await self._full()
        if failed.code == "storage_error":
            return HeadsetStorageFault(headset=self._headset, film=self._film.title, detail=failed.detail)
        if failed.code == "film_corrupt":
            return FilmArrivedCorrupt(headset=self._headset, film=self._film.title)
        return AgentFault(headset=self._headset, code=failed.code, detail=failed.detail)

    async def _full(self) -> HeadsetProblem:
        """The storage filled up on the way; ask how much is free once the chunks are gone."""
        try:
            listed: Films = await self._ask(FilmList)
        except (RequestFailed, HeadsetProblem):
            return self._too_big(0)
        return self._too_big(listed.free_bytes)

    def _too_big(self, free: int) -> HeadsetStorageFull:
        needed = self._film.size - self._there + CHUNK
        return HeadsetStorageFull(headset=self._headset, film=self._film.title, needed=needed, free=free)
