"""A part of a file reaches the other end as it lies there, and the file is let go when nobody needs it."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb.connecting import TcpChannel
from headset_agent.protocol.adb.slices import FileSlice, SharedFile

CONTENT = os.urandom(300_000)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("film") / "film.mp4"
    file.write_bytes(CONTENT)
    return file


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a line that holds little at a time."""
    here, there = socket.socketpair()
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    for end in (here, there):
        end.setblocking(False)
    with here, there:
        yield here, there


async def received(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += await asyncio.get_running_loop().sock_recv(sock, 10_000)
    return data


@given(cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4))
def test_slices_of_slices_are_those_of_the_bytes(path: Path, cuts: list[tuple[int, int]]) -> None:
    part, expected = SharedFile(path).slice(1000, 300), CONTENT[1000:1300]
    for begin, end in cuts:
        part, expected = part[begin:end], expected[begin:end]
    assert bytes(part) == expected
    assert len(part) == len(expected)


async def test_it_is_sent_whole_over_a_line_that_takes_little_at_a_time(
    path: Path, ends: tuple[socket.socket, socket.socket]
) -> None:
    here, there = ends
    part = SharedFile(path).slice(5, len(CONTENT) - 5)
    sending = asyncio.create_task(TcpChannel(here).send(b"header", part))
    assert await received(there, len(part) + 6) == b"header" + CONTENT[5:]
    await sending


async def test_reading_ahead_has_it_in_memory(path: Path) -> None:
    part = SharedFile(path).slice(0, len(CONTENT))
    await part.read_ahead()
    assert part.is_in_memory()


async def test_a_file_that_became_shorter_is_told_before_and_while_it_is_sent(
    tmp_path: Path, ends: tuple[socket.socket, socket.socket]
) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(CONTENT)
    part = SharedFile(file).slice(0, len(CONTENT))
    os.truncate(file, 1000)
    for attempt in (part.read_ahead, lambda: asyncio.to_thread(bytes, part), lambda: part.send(ends[0])):
        with pytest.raises(OSError, match="shorter"):
            await attempt()
    with pytest.raises(OSError, match="shorter"):
        part.is_in_memory()


async def test_what_is_on_its_way_outlives_its_sender(
    path: Path, ends: tuple[socket.socket, socket.socket]
) -> None:
    """A film is given up while a packet of it is being sent: the packet is not cut short."""
    here, there = ends

    def begin() -> asyncio.Task[None]:
        return asyncio.create_task(SharedFile(path).slice(0, 200_000).send(here))

    sending = begin()
    gc.collect()
    assert await received(there, 200_000) == CONTENT[:200_000]
    await sending


def test_the_file_is_closed_with_the_last_slice(path: Path) -> None:
    shared = SharedFile(path)
    file, part = shared.file, shared.slice(0, 10)
    del shared
    assert bytes(part) == CONTENT[:10]
    del part
    gc.collect()
    assert file.closed


def test_on_another_system_it_is_read_in_turns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    part = SharedFile(path).slice(7, 100_000)
    assert bytes(part) == CONTENT[7:100_007]
    assert part.is_in_memory()


def test_nothing_is_a_slice_of_no_length(path: Path) -> None:
    nothing: FileSlice = SharedFile(path).slice(10, 20)[20:]
    assert not nothing
    assert bytes(nothing) == b""
