"""Fills a headset with a film: its bytes go straight to the agent, which stores and verifies them.

What was interrupted goes on where it was: at the byte behind the last one that is in the headset's file.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from headset_agent.protocol.adb.slices import SharedFile
from headset_agent.protocol.messages import (
    FILM_ROOM,
    TAKEN_OVER,
    FilmBegin,
    FilmCommit,
    FilmList,
    FilmOffset,
    Films,
)
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.playback_errors import (
    AgentFault,
    FilmArrivedCorrupt,
    HeadsetProblem,
    HeadsetStorageFault,
    HeadsetStorageFull,
    SourceUnreadable,
)
from trainer_app.headsets.agent.channel import Channel, RequestFailed
from trainer_app.headsets.agent.film_line import film_line

_VERIFY_S = 600.0
"""Reading a part of many gigabytes again takes minutes on a slow headset."""

_OTHERS_S = 3.0
"""Between two looks at how far another sender of the same film is; something comes meanwhile on any line."""

_ATTEMPTS = {"film_corrupt": 2, "film_offset": 4}
"""By what the agent says. A film that arrived corrupt is sent a second time before that is told; one whose
end was moved by an attempt that nobody waits for any more is gone on with.
"""


Progress = Callable[[int, int], None]
"""Called with the bytes that are safely on the headset, and the film's size."""


async def send_film(store: Channel, film: FilmToSend, *, headset: str, progress: Progress) -> Sent:
    """Bring a film to a headset, verified; at once when it is there already.

    Args:
        store: A connection to its agent.
        film: Which one.
        headset: What people call it.
        progress: Told as it goes.

    Raises:
        HeadsetProblem: vanished, full, faulty storage, or corrupt in spite of a second try.
    """
    sender = _Sender(store, film, headset, progress)
    failures: Counter[str] = Counter()
    while True:
        try:
            return await sender.send()
        except RequestFailed as failed:
            if failed.code == TAKEN_OVER:
                await sender.wait_for_the_other()
                continue
            failures[failed.code] += 1
            if failures[failed.code] >= _ATTEMPTS.get(failed.code, 1):
                raise await sender.translated(failed) from failed


class _Sender:
    def __init__(self, store: Channel, film: FilmToSend, headset: str, progress: Progress) -> None:
        self._store = store
        self._film = film
        self._headset = headset
        self._progress = progress
        self._sent = 0
        self._there = 0

    async def send(self) -> Sent:
        film = self._film
        reply: FilmOffset = await self._ask(
            FilmBegin,
            sha256=film.sha256,
            blake3=film.blake3,
            size=film.size,
            title=film.title,
            suffix=film.path.suffix,
        )
        if reply.verified:
            self._progress(film.size, film.size)
            return Sent(bytes=film.size, sent_bytes=self._sent, seconds=0.0)
        self._there = reply.offset
        if reply.free_bytes < film.size - reply.offset + FILM_ROOM:
            raise self._too_big(reply.free_bytes)
        self._progress(reply.offset, film.size)
        started = perf_counter()
        await self._send_from(reply.offset)
        await self._ask(FilmCommit, sha256=film.sha256)
        return Sent(bytes=film.size, sent_bytes=self._sent, seconds=perf_counter() - started)

    async def wait_for_the_other(self) -> None:
        """Somebody else sends the same film there; it is ours again when nothing more of it comes."""
        there = -1
        while True:
            listed: Films = await self._ask(FilmList)
            film = next((film for film in listed.films if film.sha256 == self._film.sha256), None)
            if film is None or film.verified or film.size == there:
                return
            there = film.size
            self._progress(there, self._film.size)
            await asyncio.sleep(_OTHERS_S)

    async def _send_from(self, offset: int) -> None:
        film = self._film
        with self._reading():
            source = await asyncio.to_thread(SharedFile, film.path)
            async with film_line(self._store, film.sha256, offset) as line:
                try:
                    rest = source.slice(offset, film.size - offset)
                    await line.send(rest, lambda moved: self._progress(moved, film.size))
                finally:
                    self._sent += line.sent - offset
                    self._there = line.stored

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SourceUnreadable(film=self._film.title, detail=str(error)) from error

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
        """The storage filled up on the way; ask how much is free."""
        try:
            listed: Films = await self._ask(FilmList)
        except (RequestFailed, HeadsetProblem):
            return self._too_big(0)
        return self._too_big(listed.free_bytes)

    def _too_big(self, free: int) -> HeadsetStorageFull:
        needed = self._film.size - self._there + FILM_ROOM
        return HeadsetStorageFull(headset=self._headset, film=self._film.title, needed=needed, free=free)
