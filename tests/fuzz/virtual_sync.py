"""The virtual headset's file transfer, asked by a host that says whatever it likes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec, TypeVar, cast

from headset_agent.protocol.adb import sync
from headset_agent.protocol.adb.peer import AdbStream
from headset_agent.virtual.adbd_sync import SyncSession
from headset_agent.virtual.folders import Folders
from tests.fuzz.told import ToldStream

P = ParamSpec("P")
T = TypeVar("T")

_CONTENT = sync.encode_header(sync.DATA, 5) + b"hello" + sync.encode_header(sync.DONE, 1_700_000_000)

SENDS = b"".join(
    (
        sync.encode_request(sync.SEND, f"/sdcard/film.mp4,{0o100644}"),
        _CONTENT,
        sync.encode_request(sync.SEND, f"/sdcard/link,{0o120777}"),
        _CONTENT,
        sync.encode_request(sync.SEND2, "/data/local/tmp/a/b"),
        sync.SEND2 + bytes((0o44, 0o201, 0, 0, 0, 0, 0, 0)),
        _CONTENT,
        sync.encode_header(sync.QUIT, 0),
    )
)
ASKS = b"".join(
    (
        *(sync.encode_request(verb, "/sdcard") for verb in (sync.STAT, sync.STAT2, sync.LSTAT2)),
        *(sync.encode_request(verb, "/sdcard") for verb in (sync.LIST, sync.LIST2)),
        sync.encode_request(sync.RECV, "/sdcard/nothing"),
        sync.encode_request(sync.RECV2, "/sdcard/../nothing"),
        sync.RECV2 + bytes(4),
        sync.encode_header(sync.QUIT, 0),
    )
)


class _Here(ThreadPoolExecutor):
    """Does everything at once: no thread stays behind, and none is waited for a million times."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


async def requests(pieces: Sequence[bytes]) -> None:
    """Serve one conversation, on a headset that holds nothing before and is gone afterwards."""
    asyncio.get_running_loop().set_default_executor(_Here())
    with TemporaryDirectory() as root:
        folders = Folders(Path(root))
        folders.create()
        stream = cast(AdbStream, ToldStream(pieces))
        await SyncSession(stream, folders.resolve).run()
