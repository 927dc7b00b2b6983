"""Files to and from a headset over the ``sync:`` service."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import TypeVar

from headset_agent.protocol.adb import sync
from headset_agent.protocol.adb.banner import LS_V2, STAT_V2
from headset_agent.protocol.adb.errors import RemoteProtocolError
from headset_agent.protocol.adb.sync import DirEntry, RemoteStat
from trainer_app.domain.link_errors import LinkLost, RemoteFileError, RemoteStorageFull, ServiceEnded
from trainer_app.headsets.link.contents import Contents, GivenBytes, opened
from trainer_app.headsets.link.interface import HeadsetLink
from trainer_app.headsets.link.sync_stream import SyncStream, conversation

Progress = Callable[[int], None]
"""Told how many bytes of this transfer are on their way, as they leave."""

BUFFER_SIZE = 1 << 20
REGULAR_FILE = 0o100000

T = TypeVar("T")


async def push_range(
    link: HeadsetLink,
    source: Path,
    target: str,
    *,
    offset: int = 0,
    length: int | None = None,
    mode: int = 0o644,
    progress: Progress | None = None,
) -> int:
    """Store a part of a file as a file on the headset, with the source's time; gives its bytes.

    Args:
        link: The headset.
        source: A file here.
        target: Path on the headset; folders that are missing are made.
        offset: Where the part begins.
        length: Its bytes; None is to the end of the file.
        mode: Permissions.
        progress: Called with the bytes sent so far.

    Raises:
        RemoteStorageFull, RemoteFileError: The headset cannot store it; what it has of it is removed.
        LinkLost: The connection is gone.
        CommandTimedOut: The headset's storage hangs; see ``sync_stream``.
        OSError: ``source`` cannot be read, or is shorter than said.
    """
    async with opened(source) as file, sending(link) as sender:
        await sender.send(file.part(offset, length), target, mode=mode, mtime=file.mtime, progress=progress)
        return await sender.verdict()


async def push_bytes(
    link: HeadsetLink, content: bytes, target: str, *, mode: int = 0o644, progress: Progress | None = None
) -> int:
    """Store bytes as a file on the headset; gives their number. Raises as :func:`push_range`."""
    async with sending(link) as sender:
        now = int(datetime.now(UTC).timestamp())
        await sender.send(GivenBytes(content), target, mode=mode, mtime=now, progress=progress)
        return await sender.verdict()


@contextlib.asynccontextmanager
async def sending(link: HeadsetLink) -> AsyncIterator[FileSender]:
    """Open one conversation for many files: the next is on its way before the last was answered.

    Raises:
        LinkLost: The connection is gone.
    """
    async with conversation(link, bulk=True) as stream:
        yield FileSender(link, stream)
        # A courtesy: every file has had its verdict.
        with contextlib.suppress(LinkLost):
            await stream.write(sync.encode_header(sync.QUIT, 0))


class FileSender:
    """Sends files one after the other; the headset's verdicts on them are asked for in the same order."""

    def __init__(self, link: HeadsetLink, stream: SyncStream) -> None:
        self._link = link
        self._stream = stream
        self._buffers = (sync.SendBuffer(BUFFER_SIZE), sync.SendBuffer(BUFFER_SIZE))
        self._unanswered: deque[tuple[str, int]] = deque()
        self._broken_off: str | None = None

    async def send(
        self,
        contents: Contents,
        target: str,
        *,
        mtime: int,
        mode: int = 0o644,
        progress: Progress | None = None,
    ) -> None:
        """Send a file; returns when the last byte is on its way. Raises as :func:`push_range`."""
        length = contents.length
        try:
            await self._stream.write(sync.encode_request(sync.SEND, f"{target},{REGULAR_FILE | mode}"))
            await self._send_contents(contents, mtime, progress)
        except ServiceEnded:
            # A headset that gives up may close before we look; what it said is still there to be read. What
            # it says of an earlier file is for whoever waits for that, and comes first.
            self._broken_off = target
            if not self._unanswered:
                await self.say_why()
            raise
        self._unanswered.append((target, length))

    async def verdict(self) -> int:
        """Wait until the oldest file without a verdict is stored; gives its bytes.

        Raises:
            RemoteStorageFull, RemoteFileError: The headset cannot store it.
            LinkLost: The connection is gone.
        """
        target, length = self._unanswered[0]
        try:
            await _read_verdict(self._link, self._stream, target)
        finally:
            self._unanswered.popleft()
        return length

    async def _send_contents(self, contents: Contents, mtime: int, progress: Progress | None) -> None:
        """Send all contents; while one buffer is on its way the next is being filled."""
        ready, spare = self._buffers
        rest, total = contents.length, 0
        count = await contents.fill(ready)
        while True:
            rest -= count
            if not rest:
                await self._stream.write(ready.last_records(count, mtime))
            else:
                filling = asyncio.ensure_future(contents.fill(spare))
                try:
                    await self._stream.write(ready.records(count))
                finally:
                    following = await finished(filling)
            total += count
            if progress is not None:
                progress(total)
            if not rest:
                return
            if self._stream.has_data and not self._unanswered:
                # It said something before we were done; that can only be FAIL.
                raise ServiceEnded(headset=self._link.headset, service="sync", detail="refused the file")
            ready, spare, count = spare, ready, following

    async def say_why(self) -> None:
        """Raise what the headset said of the file in which it ended the conversation, if it said something.

        All files before have had their verdicts.

        Raises:
            RemoteStorageFull, RemoteFileError: It cannot store the file.
        """
        target, self._broken_off = self._broken_off, None
        if target is not None:
            with contextlib.suppress(LinkLost):
                await _read_verdict(self._link, self._stream, target)


async def pull(link: HeadsetLink, source: str, target: Path, *, progress: Progress | None = None) -> int:
    """Fetch a file of the headset into a file here; gives its bytes.

    ``target`` is overwritten; after an error it holds what had come.

    Raises:
        RemoteFileError: The headset cannot read it.
        LinkLost: The connection is gone.
        OSError: ``target`` cannot be written.
    """
    with await asyncio.to_thread(FileIO, target, "w") as file:

        async def store(pieces: list[memoryview]) -> None:
            await finished(asyncio.ensure_future(asyncio.to_thread(_write_all, file, pieces)))

        return await _receive(link, source, store, progress)


async def pull_bytes(link: HeadsetLink, source: str, *, limit: int = 16 << 20) -> bytes:
    """Fetch a small file of the headset.

    Raises:
        RemoteFileError: The headset cannot read it, or it has more than ``limit`` bytes.
        LinkLost: The connection is gone.
    """
    content = bytearray()

    async def store(pieces: list[memoryview]) -> None:
        for piece in pieces:
            content.extend(piece)
        if len(content) > limit:
            raise RemoteFileError(headset=link.headset, path=source, detail=f"more than {limit} bytes")

    await _receive(link, source, store, None)
    return bytes(content)


async def stat(link: HeadsetLink, path: str) -> RemoteStat | None:
    """Status of a file or folder of the headset (of what a link points to); None when there is none.

    Raises:
        LinkLost: The connection is gone.
    """
    status = await _look(link, path)
    return status if status.mode and not status.error else None


async def is_missing(link: HeadsetLink, path: str) -> bool:
    """The headset says that there is no such file or folder; False also when it cannot look.

    Raises:
        LinkLost: The connection is gone.
    """
    status = await _look(link, path)
    return status.error in (0, errno.ENOENT) and not status.mode


async def _look(link: HeadsetLink, path: str) -> RemoteStat:
    verb, size = (sync.STAT2, sync.STAT2_SIZE) if STAT_V2 in link.features else (sync.STAT, sync.STAT1_SIZE)
    async with conversation(link) as stream:
        await stream.write(sync.encode_request(verb, path))
        answer = await stream.read_exactly(size)
        with _understood(link):
            status = sync.decode_stat(answer)
        await stream.write(sync.encode_header(sync.QUIT, 0))
    return status


async def list_folder(link: HeadsetLink, path: str) -> list[DirEntry]:
    """What a folder of the headset holds, without ``.`` and ``..``; empty also when there is no such folder.

    Raises:
        LinkLost: The connection is gone.
    """
    second = LS_V2 in link.features
    verb, size = (sync.LIST2, sync.DENT2_SIZE) if second else (sync.LIST, sync.DENT1_SIZE)
    entries: list[DirEntry] = []
    async with conversation(link) as stream:
        await stream.write(sync.encode_request(verb, path))
        while (header := await _read_entry_header(link, stream, size)) is not None:
            status, length = header
            name = (await stream.read_exactly(length)).decode(errors="surrogateescape")
            if name not in (".", ".."):
                entries.append(DirEntry(name, status))
        await stream.write(sync.encode_header(sync.QUIT, 0))
    return entries


async def _read_entry_header(
    link: HeadsetLink, stream: SyncStream, size: int
) -> tuple[RemoteStat, int] | None:
    record = await stream.read_exactly(size)
    with _understood(link):
        return sync.decode_entry_header(record)


@contextlib.contextmanager
def _understood(link: HeadsetLink) -> Iterator[None]:
    """A headset that answers in no known format has ended the conversation, as far as we are concerned."""
    try:
        yield
    except RemoteProtocolError as error:
        raise ServiceEnded(headset=link.headset, service="sync", detail=str(error)) from error


async def finished(working: asyncio.Future[T]) -> T:
    """Wait for a thread also when we are cancelled: it uses our file, and our buffer."""
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise


async def _read_verdict(link: HeadsetLink, stream: SyncStream, path: str) -> None:
    verb, length = sync.decode_header(await stream.read_exactly(sync.HEADER_SIZE))
    if verb == sync.FAIL:
        await _raise_fail(link, stream, path, length)
    if verb != sync.OKAY:
        raise ServiceEnded(headset=link.headset, service="sync", detail=f"answered {verb!r}")


async def _raise_fail(link: HeadsetLink, stream: SyncStream, path: str, length: int) -> None:
    reason = (await stream.read_exactly(min(length, sync.MAX_DATA))).decode(errors="replace")
    kind = RemoteStorageFull if _FULL in reason else RemoteFileError
    raise kind(headset=link.headset, path=path, detail=reason)


_FULL = "No space left on device"
"""What a headset says of a full storage, whatever language this laptop speaks."""

_Store = Callable[[list[memoryview]], Awaitable[None]]


async def _receive(link: HeadsetLink, source: str, store: _Store, progress: Progress | None) -> int:
    total = 0
    reader = sync.TransferReader()
    async with conversation(link, bulk=True) as stream:
        await stream.write(sync.encode_request(sync.RECV, source))
        while reader.end is None:
            chunk = await stream.read_some()
            if not chunk:
                raise ServiceEnded(headset=link.headset, service="sync", detail="stopped within the file")
            with _understood(link):
                pieces = list(reader.feed(chunk))
            if pieces:
                await store(pieces)
            total += sum(map(len, pieces))
            if progress is not None:
                progress(total)
        stream.unread(reader.end.rest)
        if reader.end.verb == sync.FAIL:
            await _raise_fail(link, stream, source, reader.end.value)
        if reader.end.verb != sync.DONE:
            raise ServiceEnded(headset=link.headset, service="sync", detail=f"answered {reader.end.verb!r}")
        await stream.write(sync.encode_header(sync.QUIT, 0))
    return total


def _write_all(file: FileIO, pieces: list[memoryview]) -> None:
    for piece in pieces:
        while piece:
            piece = piece[file.write(piece) :]
