"""The sum of a growing film is that of the whole, however it grew, and costs nobody the next byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from headset_agent import following
from headset_agent.following import FollowedFile

CONTENT = bytes(range(251)) * 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "film.part"


def put(file: Path, content: bytes) -> None:
    file.write_bytes(content)


@pytest.mark.parametrize("step", [1000, 1 << 20])
async def test_it_hashes_what_was_announced_in_any_steps(
    file: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_STEP", step)
    followed = FollowedFile(file, hashlib.sha256())
    for end in (1, 7000, len(CONTENT)):
        put(file, CONTENT[:end] + b"what comes later is not read yet")
        followed.grown_to(end)
        assert await followed.hexdigest() == hashlib.sha256(CONTENT[:end]).hexdigest()


async def test_announcing_a_part_of_gigabytes_returns_before_it_is_read(file: Path) -> None:
    """A sparse file of 64 GiB: whoever announces it goes on at once, and giving up ends the reading."""
    with file.open("wb") as stream:
        stream.truncate(64 << 30)
    followed = FollowedFile(file, hashlib.sha256())
    followed.grown_to(64 << 30)
    await followed.give_up()
    with pytest.raises(OSError, match="given up"):
        await followed.hexdigest()


async def test_a_file_that_became_shorter_is_told_at_the_end(file: Path) -> None:
    put(file, CONTENT[:100])
    followed = FollowedFile(file, hashlib.sha256())
    followed.grown_to(101)
    with pytest.raises(OSError, match="shorter"):
        await followed.hexdigest()
    followed.grown_to(102)
    with pytest.raises(OSError, match="shorter"):
        await followed.hexdigest()


async def test_nothing_announced_is_the_hash_of_nothing(file: Path) -> None:
    assert await FollowedFile(file, hashlib.sha256()).hexdigest() == hashlib.sha256(b"").hexdigest()


async def test_what_is_told_is_not_read_again(file: Path) -> None:
    """A hash of told bytes that were also read would be that of no film."""
    followed = FollowedFile(file, hashlib.sha256())
    put(file, CONTENT[:100])
    followed.grown_to(100)
    assert not followed.begin_taking(100), "it has not read what lies before"
    await followed.hexdigest()
    assert followed.begin_taking(100)
    put(file, CONTENT)
    followed.grown_to(len(CONTENT))
    followed.take(memoryview(CONTENT)[100:5000])
    followed.end_taking()
    assert await followed.hexdigest() == hashlib.sha256(CONTENT).hexdigest(), "the rest is read"
