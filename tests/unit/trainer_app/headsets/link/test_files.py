"""Files sent one after the other: whose the headset's words are when it gives up in the middle."""

from __future__ import annotations

import pytest

from headset_agent.protocol.adb import sync
from tests.fakes.links import FakeAgent, FakeStream
from tests.fuzz.told import ToldLink
from trainer_app.headsets.link import CommandTimedOut, RemoteStorageFull, ServiceEnded, list_folder
from trainer_app.headsets.link.contents import Contents
from trainer_app.headsets.link.files import FileSender
from trainer_app.headsets.link.sync_stream import SyncStream, conversation


class FullAtTheSecond(FakeAgent):
    """A headset that stores the first file, and gives up in the second before the first was asked about."""

    def take(self, stream: FakeStream, line: bytes) -> None:
        if b"second" not in line:
            return
        reason = b"No space left on device"
        stream.push(sync.encode_header(sync.OKAY, 0))
        stream.push(sync.encode_header(sync.FAIL, len(reason)) + reason)
        stream.end()
        raise ServiceEnded(headset=self.headset, service="sync", detail="closed")


class Some(Contents):
    def __init__(self) -> None:
        self.length = 100

    async def fill(self, buffer: sync.SendBuffer) -> int:
        count, self.length = self.length, 0
        return count


async def test_a_full_storage_is_told_also_when_the_file_before_was_not_yet_asked_about() -> None:
    headset = FullAtTheSecond()
    sender = FileSender(headset, SyncStream(headset, FakeStream(headset)))
    await sender.send(Some(), "first", mtime=0)
    with pytest.raises(ServiceEnded):
        await sender.send(Some(), "second", mtime=0)
    assert await sender.verdict() == 100
    with pytest.raises(RemoteStorageFull, match="second"):
        await sender.say_why()


@pytest.mark.parametrize("modern", [True, False])
async def test_a_folder_with_an_endless_name_ends_the_conversation(modern: bool) -> None:
    entry = sync.encode_entry(sync.DirEntry("x" * 100_000, sync.RemoteStat()), version=1 + modern)
    headset = ToldLink([entry, sync.encode_list_end(version=1 + modern)], modern=modern)
    with pytest.raises(ServiceEnded, match="100000"):
        await list_folder(headset, "/sdcard")


class Stuck(FakeAgent):
    """A headset that is there, and whose storage hangs."""

    async def open_service(self, name: str, *, bulk: bool = False) -> FakeStream:
        return FakeStream(self)


async def test_a_storage_that_hangs_is_given_up() -> None:
    headset = Stuck()
    async with conversation(headset, step_s=0.01) as stream:
        with pytest.raises(CommandTimedOut):
            await stream.read_exactly(8)
        headset.hangs = True
        with pytest.raises(CommandTimedOut):
            await stream.write(b"more")
