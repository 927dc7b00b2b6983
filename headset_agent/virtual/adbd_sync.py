"""The daemon's ``sync:`` service: status, lists, and files in both directions."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import stat
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from headset_agent.protocol.adb import sync
from headset_agent.protocol.adb.errors import RemoteProtocolError
from headset_agent.protocol.adb.peer import AdbStream
from headset_agent.virtual.adbd_device import AnyArrivals, Arrivals

_MODE = re.compile(r"[0-9]{1,9}")

Resolve = Callable[[str], Path]
"""Where a path of the headset lies on this machine; may raise OSError."""


class SyncSession:
    """One ``sync:`` stream: request after request until QUIT."""

    def __init__(self, stream: AdbStream, resolve: Resolve, arrivals: Arrivals | None = None) -> None:
        self._stream = stream
        self._resolve = resolve
        self._arrivals = arrivals or AnyArrivals()
        self._verbs: dict[bytes, Callable[[bytes, str], Awaitable[bool]]] = {
            sync.STAT: self._stat,
            sync.STAT2: self._stat,
            sync.LSTAT2: self._stat,
            sync.LIST: self._list,
            sync.LIST2: self._list,
            sync.SEND: self._send,
            sync.SEND2: self._send,
            sync.RECV: self._receive,
            sync.RECV2: self._receive,
        }

    async def run(self) -> None:
        """Serve until the host quits, or until something failed that ends the session.

        Raises:
            StreamClosed, PeerLost: The host left.
            RemoteProtocolError: It sent something that is no record.
        """
        while True:
            verb, length = sync.decode_header(await self._stream.read_exactly(sync.HEADER_SIZE))
            if verb == sync.QUIT:
                return
            serve = self._verbs.get(verb)
            if serve is None or length > sync.MAX_PATH:
                await self._stream.write(sync.encode_failure(f"bad request {verb!r}"))
                return
            path = (await self._stream.read_exactly(length)).decode(errors="surrogateescape")
            if not await serve(verb, path):
                return

    # Each gives whether the session may go on.

    async def _stat(self, verb: bytes, path: str) -> bool:
        status = await asyncio.to_thread(self._status, path, follow=verb == sync.STAT2)
        await self._stream.write(sync.encode_stat(verb, status))
        return True

    async def _list(self, verb: bytes, path: str) -> bool:
        version = 1 if verb == sync.LIST else 2
        entries = await asyncio.to_thread(self._entries, path)
        records = [sync.encode_entry(entry, version=version) for entry in entries]
        await self._stream.write(b"".join(records) + sync.encode_list_end(version=version))
        return True

    async def _send(self, verb: bytes, request: str) -> bool:
        """Take a file (or a link) from the host."""
        flags = 0
        if verb == sync.SEND2:
            path = request
            mode, flags = sync.decode_send2(await self._stream.read_exactly(sync.SEND2_SIZE))
        else:
            path, _, digits = request.rpartition(",")
            mode = int(digits) if path and _MODE.fullmatch(digits) else -1
        return await _Arrival(self._stream, self._resolve, self._arrivals, path, mode, flags).run()

    async def _receive(self, verb: bytes, path: str) -> bool:
        """Give a file to the host."""
        if verb == sync.RECV2 and sync.decode_recv2(await self._stream.read_exactly(sync.RECV2_SIZE)):
            await self._stream.write(sync.encode_failure("compression is not supported"))
            return False
        try:
            source = await asyncio.to_thread(lambda: self._resolve(path).open("rb", buffering=0))
        except OSError as error:
            await self._stream.write(sync.encode_failure(f"open failed: {error.strerror}"))
            return True
        buffer = sync.SendBuffer(1 << 20)
        with source:
            try:
                while count := await asyncio.to_thread(os.readv, source.fileno(), buffer.slots):
                    await self._stream.write(buffer.records(count))
            except OSError as error:
                await self._stream.write(sync.encode_failure(f"read failed: {error.strerror}"))
                return True
        await self._stream.write(sync.encode_header(sync.DONE, 0))
        return True

    def _status(self, path: str, *, follow: bool) -> sync.RemoteStat:
        try:
            real = self._resolve(path)
            return _remote_stat(real.stat() if follow else real.lstat())
        except OSError as error:
            return sync.RemoteStat(error=error.errno or 0)

    def _entries(self, path: str) -> list[sync.DirEntry]:
        """What a folder holds, with ``.`` and ``..`` as on a headset; nothing when it cannot be read."""
        entries: list[sync.DirEntry] = []
        with contextlib.suppress(OSError):
            real = self._resolve(path)
            names = [".", "..", *sorted(os.listdir(real))]  # noqa: PTH208 - names, not paths
            for name in names:
                with contextlib.suppress(OSError):
                    entries.append(sync.DirEntry(name, _remote_stat((real / name).lstat())))
        return entries


class _Arrival:
    """A file on its way in. After a failure the rest is drained, because the host may not look before."""

    def __init__(
        self, stream: AdbStream, resolve: Resolve, arrivals: Arrivals, path: str, mode: int, flags: int
    ) -> None:
        self._stream = stream
        self._resolve = resolve
        self._arrivals = arrivals
        self._path = path
        self._mode = mode
        self._flags = flags
        self._reader = sync.TransferReader()
        self._failed = False
        self._target: Path | None = None
        self._file = -1
        self._link = b""

    async def run(self) -> bool:
        """Take it to the end; gives whether it was stored."""
        try:
            await self._attempt("couldn't create file", self._open)
            await self._take_data()
            end = self._reader.end
            if end is None or end.verb != sync.DONE:
                raise RemoteProtocolError("neither DATA nor DONE")
            self._stream.unread(end.rest)
            await self._attempt("couldn't finish file", lambda: self._finish(end.value))
        finally:
            await asyncio.to_thread(self._clean_up)
        if not self._failed:
            await self._stream.write(sync.encode_header(sync.OKAY, 0))
        return not self._failed

    async def _take_data(self) -> None:
        while self._reader.end is None:
            chunk = await self._stream.read_some()
            if not chunk:
                self._failed = True  # the host left in the middle
                raise RemoteProtocolError("the host stopped in the middle of a file")
            pieces = list(self._reader.feed(chunk))
            if pieces and not self._failed:
                await self._attempt("write failed", partial(self._write, pieces))

    async def _attempt(self, what: str, step: Callable[[], None]) -> None:
        """Do a step on disk; the first failure is reported at once."""
        if self._failed:
            return
        try:
            await asyncio.to_thread(step)
        except OSError as error:
            self._failed = True
            await self._stream.write(sync.encode_failure(f"{what}: {error.strerror}"))

    def _open(self) -> None:
        if self._mode < 0 or self._flags:
            raise OSError(22, "bad mode or flags")
        target = self._resolve(self._path)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._target = target
        if not stat.S_ISLNK(self._mode):
            target.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            self._file = os.open(target, flags, self._mode & 0o777)
            self._arrivals.adopt(target)

    def _write(self, pieces: list[memoryview]) -> None:
        if stat.S_ISLNK(self._mode):
            self._link += b"".join(pieces)
            return
        self._arrivals.make_room(sum(map(len, pieces)))
        while pieces:
            count = os.writev(self._file, pieces)
            while pieces and count >= len(pieces[0]):
                count -= len(pieces.pop(0))
            if count:
                pieces[0] = pieces[0][count:]

    def _finish(self, mtime: int) -> None:
        assert self._target is not None
        if stat.S_ISLNK(self._mode):
            self._target.unlink(missing_ok=True)
            self._target.symlink_to(os.fsdecode(self._link.partition(b"\0")[0]))
            self._arrivals.adopt(self._target)
            return
        os.fchmod(self._file, self._mode & 0o777)
        os.utime(self._file, (mtime, mtime))

    def _clean_up(self) -> None:
        """Close the file; one that is not whole is removed."""
        if self._file >= 0:
            os.close(self._file)
            whole = self._reader.end is not None and not self._failed
            if not whole and self._target is not None:
                self._target.unlink(missing_ok=True)


def _remote_stat(status: os.stat_result) -> sync.RemoteStat:
    return sync.RemoteStat(
        mode=status.st_mode,
        size=status.st_size,
        mtime=int(status.st_mtime),
        dev=status.st_dev,
        ino=status.st_ino,
        nlink=status.st_nlink,
        uid=status.st_uid,
        gid=status.st_gid,
        atime=int(status.st_atime),
        ctime=int(status.st_ctime),
    )
