"""Fills a headset with a film: chunks by ADB's file transfer, appended and verified by the agent.

While one chunk is appended on the headset the next is already on its way, under the other of two names, so
that a film needs its own size plus two half chunks. What was interrupted goes on where it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Any

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
from trainer_app.headsets.link import HeadsetLink, LinkLost, RemoteFileError, RemoteStorageFull, push_range

CHUNK = 4 << 20
"""Bytes; two of them are on the way at most (together the 8 MiB a headset must have to spare)."""

_VERIFY_S = 600.0
"""Reading a part of many gigabytes again takes minutes on a slow headset."""

_ATTEMPTS = 2
"""A film that arrived corrupt is sent once more from the beginning before it counts as a fault."""


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
    for attempt in range(_ATTEMPTS):
        try:
            return await sender.send()
        except RequestFailed as failed:
            last = failed.code != "film_corrupt" or attempt == _ATTEMPTS - 1
            if last:
                raise await sender.translated(failed) from failed
    raise AssertionError("unreachable")


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

    async def send(self) -> Sent:
        film = self._film
        reply: FilmOffset = await self._ask(
            FilmBegin, sha256=film.sha256, size=film.size, title=film.title, suffix=film.path.suffix
        )
        if reply.verified:
            self._progress(film.size, film.size)
            return Sent(bytes=film.size, sent_bytes=self._sent, seconds=0.0)
        self._there = reply.offset
        if reply.free_bytes < film.size - reply.offset + CHUNK:
            raise self._too_big(reply.free_bytes)
        started = perf_counter()
        await self._send_from(reply.offset)
        await self._ask(FilmCommit, sha256=film.sha256)
        return Sent(bytes=film.size, sent_bytes=self._sent, seconds=perf_counter() - started)

    async def _send_from(self, offset: int) -> None:
        appending: asyncio.Task[Any] | None = None
        turn = 0
        try:
            while offset < self._film.size:
                length = min(CHUNK, self._film.size - offset)
                chunk = f"{self._film.sha256}.chunk{turn}"
                await self._push(chunk, offset, length)
                if appending is not None:
                    await appending
                appending = asyncio.create_task(self._append(chunk, offset, length))
                offset += length
                turn = 1 - turn
            if appending is not None:
                await appending
        finally:
            if appending is not None:
                # Also when it has failed already: the first failure is the one that is told.
                appending.cancel()
                await asyncio.gather(appending, return_exceptions=True)

    async def _push(self, chunk: str, offset: int, length: int) -> None:
        def moved(done: int) -> None:
            self._progress(min(offset + done, self._film.size), self._film.size)

        try:
            await push_range(
                self._link, self._film.path, f"{FILMS}/{chunk}", offset=offset, length=length, progress=moved
            )
        except OSError as error:
            raise SourceUnreadable(film=self._film.title, detail=str(error)) from error
        except LinkLost as error:
            raise HeadsetVanished(headset=self._headset, detail=str(error)) from error
        except RemoteStorageFull as error:
            raise await self._full() from error
        except RemoteFileError as error:
            raise HeadsetStorageFault(
                headset=self._headset, film=self._film.title, detail=str(error)
            ) from error
        self._sent += length

    async def _append(self, chunk: str, offset: int, length: int) -> None:
        await self._ask(FilmAppend, sha256=self._film.sha256, chunk=chunk, offset=offset, length=length)
        self._there = offset + length

    async def _ask(self, kind: type, **fields: Any) -> Any:
        return await self._store.request(kind, wait_s=_VERIFY_S, **fields)

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
