"""What lies on the headset under a film's name is that film, whatever broke on the way."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import shutil
import socket
import tempfile
from io import FileIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from blake3 import blake3
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from headset_agent import arriving, films
from headset_agent.arriving import Arrival
from headset_agent.films import MANIFEST, FilmStore
from headset_agent.protocol.messages import FilmBegin
from headset_agent.store_errors import StoreError

FILM = bytes(range(256)) * 40
SHA = hashlib.sha256(FILM).hexdigest()
BLAKE3 = blake3(FILM).hexdigest()
OTHER = "cd" * 32


def begin(**changes: object) -> FilmBegin:
    """A film as the laptop announces it now."""
    fields: dict[str, object] = {
        "id": 1,
        "sha256": SHA,
        "blake3": BLAKE3,
        "size": len(FILM),
        "title": "Innkomst",
    }
    return msgspec.convert(fields | changes | {"type": "film_begin"}, FilmBegin)


class Line:
    """A connection that brings a film, and stays open until it is hung up."""

    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._here, self._there = socket.socketpair()
        self._there.setblocking(False)
        self._stored = asyncio.Event()
        self.offset = 0
        self.taking = asyncio.create_task(arrival.take(self._there, self._on_stored))

    async def send(self, data: bytes, end: int) -> None:
        """Send what brings the film to ``end``; returns when it is stored."""
        self._here.sendall(data)
        while self.offset < end:
            self._stored.clear()
            await self._stored.wait()

    async def hang_up(self) -> None:
        """Send no more. Raises what came of it."""
        self._here.shutdown(socket.SHUT_WR)
        try:
            await self.taking
        finally:
            await self.close()

    async def close(self) -> None:
        await self._arrival.close()
        await asyncio.wait([self.taking])
        self._here.close()
        self._there.close()

    def _on_stored(self, offset: int) -> None:
        self.offset = offset
        self._stored.set()


async def push(store: FilmStore, offset: int, end: int, *, content: bytes = FILM) -> None:
    """What a connection brings before it is gone."""
    line = Line(await store.arrive(SHA, offset))
    await line.send(content[offset:end], 0)
    await line.hang_up()


async def fill(store: FilmStore) -> None:
    offset, verified = await store.begin(begin())
    if not verified:
        await push(store, offset, len(FILM))
        await store.commit(SHA)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".nomedia", MANIFEST}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "films"


@pytest.fixture
def store(folder: Path) -> FilmStore:
    return FilmStore(folder)


async def test_film_arrives_in_pieces_and_gets_its_name(store: FilmStore, folder: Path) -> None:
    assert await store.begin(begin()) == (0, False)
    await push(store, 0, 4000)
    await push(store, 4000, 8000)
    await push(store, 8000, len(FILM))
    assert store.path(SHA) is None, "not before it is verified"
    await store.commit(SHA)
    path = store.path(SHA)
    assert path == folder / f"{SHA}.mp4"
    assert path.read_bytes() == FILM
    assert names(folder) == {f"{SHA}.mp4"}


async def test_nothing_to_send_when_it_is_there(store: FilmStore, folder: Path) -> None:
    await fill(store)
    assert await store.begin(begin()) == (len(FILM), True)
    assert await FilmStore(folder).begin(begin()) == (len(FILM), True)


async def test_films_stay_out_of_the_gallery(folder: Path, store: FilmStore) -> None:
    assert (folder / ".nomedia").is_file()


async def test_listing_tells_what_is_whole_and_what_is_not(store: FilmStore, folder: Path) -> None:
    await fill(store)
    (folder / f"{OTHER}.part").write_bytes(b"x" * 7)
    listed = await store.listing(9)
    assert {(film.sha256, film.size, film.verified, film.title) for film in listed.films} == {
        (SHA, len(FILM), True, "Innkomst"),
        (OTHER, 7, False, ""),
    }
    assert listed.id == 9


@pytest.mark.parametrize("arrived", [1, 255, 4096, len(FILM) - 1, len(FILM)])
async def test_restarted_agent_goes_on_at_any_byte(store: FilmStore, folder: Path, arrived: int) -> None:
    await store.begin(begin())
    await push(store, 0, arrived)
    again = FilmStore(folder)
    assert await again.begin(begin()) == (arrived, False)
    if arrived < len(FILM):
        await push(again, arrived, len(FILM))
    await again.commit(SHA)
    assert (folder / f"{SHA}.mp4").read_bytes() == FILM


async def test_a_part_of_many_gigabytes_is_gone_on_with_at_once(folder: Path, store: FilmStore) -> None:
    """What is there is read beside the arrival of the rest: 64 GiB of it would take a minute."""
    with (folder / f"{SHA}.part").open("wb") as part:
        part.truncate(64 << 30)
    assert await store.begin(begin(size=(64 << 30) + 1)) == (64 << 30, False)
    await store.remove(SHA)
    assert names(folder) == set()


async def test_second_sender_goes_on_where_the_first_was(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, 100)
    assert await store.begin(begin()) == (100, False)


async def test_corrupt_content_never_gets_the_name(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, len(FILM), content=FILM[:-1] + b"!")
    with pytest.raises(StoreError, match="film_corrupt"):
        await store.commit(SHA)
    assert names(folder) == set()
    assert await store.begin(begin()) == (0, False), "from the beginning"


async def test_part_spoilt_between_two_runs_is_noticed(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, 5000)
    (folder / f"{SHA}.part").write_bytes(b"!" * 5000)
    again = FilmStore(folder)
    offset, _ = await again.begin(begin())
    await push(again, offset, len(FILM))
    with pytest.raises(StoreError, match="film_corrupt"):
        await again.commit(SHA)
    assert names(folder) == set()


async def test_a_film_without_that_sum_is_verified_by_its_name(store: FilmStore, folder: Path) -> None:
    """Films that a laptop took in before it kept the sum."""
    announced = begin(blake3="")
    await store.begin(announced)
    await push(store, 0, len(FILM), content=FILM[:-1] + b"!")
    with pytest.raises(StoreError, match="film_corrupt"):
        await store.commit(SHA)
    await store.begin(announced)
    await push(store, 0, len(FILM))
    await store.commit(SHA)
    assert (folder / f"{SHA}.mp4").read_bytes() == FILM


async def test_the_sum_of_another_film_is_not_taken_for_the_name(store: FilmStore, folder: Path) -> None:
    await store.begin(begin(blake3=blake3(b"another").hexdigest()))
    await push(store, 0, len(FILM))
    with pytest.raises(StoreError, match="film_corrupt"):
        await store.commit(SHA)
    (folder / f"{SHA}.mp4").write_bytes(FILM)
    assert await store.begin(begin(blake3=blake3(b"another").hexdigest())) == (0, False)
    assert names(folder) == set()


@pytest.mark.parametrize("first", ["", BLAKE3])
async def test_a_laptop_that_knows_another_sum_goes_on_where_the_first_was(
    store: FilmStore, folder: Path, first: str
) -> None:
    await store.begin(begin(blake3=first))
    await push(store, 0, 5000)
    assert await store.begin(begin(blake3="" if first else BLAKE3)) == (5000, False)
    await push(store, 5000, len(FILM))
    await store.commit(SHA)
    assert (folder / f"{SHA}.mp4").read_bytes() == FILM


async def test_part_longer_than_the_film_is_thrown_away(store: FilmStore, folder: Path) -> None:
    (folder / f"{SHA}.part").write_bytes(FILM + b"more")
    assert await store.begin(begin()) == (0, False)


async def test_half_a_film_is_not_committed(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, 5000)
    with pytest.raises(StoreError, match="film_offset"):
        await store.commit(SHA)
    assert store.path(SHA) is None


async def test_killed_between_rename_and_manifest_the_film_is_adopted(folder: Path, store: FilmStore) -> None:
    (folder / f"{SHA}.mp4").write_bytes(FILM)
    assert await store.begin(begin()) == (len(FILM), True)
    assert FilmStore(folder).path(SHA) is not None, "and remembered"


async def test_file_under_the_name_with_other_content_is_not_adopted(folder: Path, store: FilmStore) -> None:
    (folder / f"{SHA}.mp4").write_bytes(b"!" * len(FILM))
    assert await store.begin(begin()) == (0, False)
    assert names(folder) == set()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"x": 1}', b"\xff\xfe"])
async def test_damaged_manifest_costs_a_look_and_no_film(
    store: FilmStore, folder: Path, damage: bytes
) -> None:
    await fill(store)
    (folder / MANIFEST).write_bytes(damage)
    again = FilmStore(folder)
    assert again.path(SHA) is None, "unknown is not verified"
    assert await again.begin(begin()) == (len(FILM), True)
    assert again.path(SHA) is not None


async def test_film_that_was_cut_short_behind_our_back_is_no_film(store: FilmStore, folder: Path) -> None:
    await fill(store)
    (folder / f"{SHA}.mp4").write_bytes(FILM[:-1])
    assert store.path(SHA) is None
    assert await store.begin(begin()) == (0, False)
    await fill(store)
    assert (folder / f"{SHA}.mp4").read_bytes() == FILM


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": "../" + "a" * 61},
        {"sha256": SHA.upper()},
        {"sha256": SHA[:-1]},
        {"sha256": SHA + "\n"},
        {"blake3": BLAKE3[:-1]},
        {"blake3": BLAKE3.upper()},
        {"suffix": "/../x"},
        {"suffix": ".mp4/"},
        {"suffix": ""},
        {"suffix": ".MP4"},
        {"size": 0},
        {"size": -1},
    ],
)
async def test_names_that_lead_elsewhere_are_refused(
    store: FilmStore, folder: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(StoreError, match="malformed"):
        await store.begin(begin(**changes))
    assert names(folder) == set()


@pytest.mark.parametrize("offset", [-1, 1, 99, 101, len(FILM)])
async def test_bytes_for_another_place_are_refused(store: FilmStore, folder: Path, offset: int) -> None:
    await store.begin(begin())
    await push(store, 0, 100)
    with pytest.raises(StoreError, match="film_offset"):
        await store.arrive(SHA, offset)
    await push(store, 100, len(FILM))
    await store.commit(SHA)


async def test_what_comes_after_a_films_last_byte_is_no_part_of_it(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, 100)
    await push(store, 100, len(FILM) + 1, content=FILM + b"!")
    assert (folder / f"{SHA}.part").read_bytes() == FILM
    await store.commit(SHA)


@pytest.mark.parametrize("left", [0, 60])
async def test_part_that_lost_what_had_arrived_is_not_taken_for_the_film(
    store: FilmStore, folder: Path, left: int
) -> None:
    """Zeros in the place of what is gone would be inside a film that is called verified."""
    await store.begin(begin())
    await push(store, 0, 100)
    (folder / f"{SHA}.part").write_bytes(FILM[:left])
    with pytest.raises(StoreError, match="film_offset"):
        await push(store, 100, len(FILM))
    assert await store.begin(begin()) == (left, False)
    await push(store, left, len(FILM))
    await store.commit(SHA)
    path = store.path(SHA)
    assert path is not None
    assert path.read_bytes() == FILM


async def test_film_without_a_beginning_is_refused(store: FilmStore) -> None:
    with pytest.raises(StoreError, match="film_offset"):
        await store.arrive(SHA, 0)
    with pytest.raises(StoreError, match="film_offset"):
        await store.commit(SHA)


@pytest.mark.parametrize("how", ["begins", "goes on"])
async def test_a_connection_that_comes_later_takes_the_film_over(store: FilmStore, how: str) -> None:
    """Its laptop has lost the first one, which may hang and must write into the film no more."""
    await store.begin(begin())
    lost = Line(await store.arrive(SHA, 0))
    await lost.send(FILM[:100], 100)
    if how == "begins":
        assert await store.begin(begin()) == (100, False)
    later = Line(await store.arrive(SHA, 100))
    with pytest.raises(StoreError, match="begun by another"):
        await lost.taking
    await later.send(FILM[100:], len(FILM))
    await later.hang_up()
    await lost.close()
    await store.commit(SHA)


async def test_film_is_committed_though_its_connection_is_still_there(store: FilmStore) -> None:
    await store.begin(begin())
    line = Line(await store.arrive(SHA, 0))
    await line.send(FILM, len(FILM))
    await store.commit(SHA)
    await line.close()
    path = store.path(SHA)
    assert path is not None
    assert path.read_bytes() == FILM


async def test_film_removed_while_it_arrives_stays_removed(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    line = Line(await store.arrive(SHA, 0))
    await line.send(FILM[:100], 100)
    await store.remove(SHA)
    with pytest.raises(StoreError, match="film_taken_over"):
        await line.taking
    await line.close()
    assert names(folder) == set()


async def test_an_arrival_whose_agent_ends_keeps_what_has_come(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    line = Line(await store.arrive(SHA, 0))
    await line.send(FILM[:100], 100)
    line.taking.cancel()
    await line.close()
    assert line.taking.cancelled()
    assert (folder / f"{SHA}.part").read_bytes() == FILM[:100]
    assert await store.begin(begin()) == (100, False)


async def test_start_clears_what_a_killed_agent_left(store: FilmStore, folder: Path) -> None:
    for name in (f"{SHA}.chunk0", f"{MANIFEST}.new"):
        (folder / name).touch()
    (folder / f"{SHA}.part").write_bytes(FILM[:10])
    FilmStore(folder)
    assert names(folder) == {f"{SHA}.part"}


async def test_removed_film_leaves_nothing(store: FilmStore, folder: Path) -> None:
    await fill(store)
    await store.remove(SHA)
    assert (names(folder), store.path(SHA)) == (set(), None)
    assert FilmStore(folder).path(SHA) is None
    with pytest.raises(StoreError, match="malformed"):
        await store.remove("../x")


async def test_what_there_is_of_a_film_can_be_removed(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, 100)
    await store.remove(SHA)
    assert names(folder) == set()
    assert await store.begin(begin()) == (0, False)


async def test_whole_file_that_the_manifest_has_lost_is_removed_and_no_other(
    store: FilmStore, folder: Path
) -> None:
    other = "cd" * 32
    for name in (f"{SHA}.mp4", f"{SHA}.part", f"{other}.mp4", "notes.txt"):
        (folder / name).write_bytes(b"film")
    await store.remove(SHA)
    assert names(folder) >= {f"{other}.mp4", "notes.txt"}
    assert not [name for name in names(folder) if name.startswith(SHA)]


async def test_free_bytes_are_those_of_the_storage(store: FilmStore, folder: Path) -> None:
    here = os.statvfs(folder)
    free = await store.free_bytes()
    assert abs(free - here.f_bavail * here.f_frsize) < 1 << 30, "others write here as well"


async def test_storage_that_fills_up_is_told_and_the_film_completed_later(
    store: FilmStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.begin(begin())
    await push(store, 0, 100)
    with monkeypatch.context() as patched:
        patched.setattr(films, "FileIO", FullAfterTen)
        with pytest.raises(StoreError, match="storage_full"):
            await push(store, 100, 5000)
    assert names(folder) == {f"{SHA}.part"}
    offset, _ = await store.begin(begin())
    assert offset == 110, "what fitted is right and stays"
    await push(store, offset, len(FILM))
    await store.commit(SHA)


class FullAfterTen(FileIO):
    """A file on a disk with room for ten bytes more."""

    def write(self, data: Any, /) -> int:
        if self.tell() >= 110:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(data[:10])


async def test_others_that_fill_the_storage_are_noticed_on_the_way(
    store: FilmStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last byte a film must not go: with a full storage a headset misbehaves."""
    monkeypatch.setattr(arriving, "_LOOK_NS", 0)
    await store.begin(begin())
    await push(store, 0, 100)

    async def little() -> int:
        return 1_000_000

    monkeypatch.setattr(store, "free_bytes", little)
    with pytest.raises(StoreError, match="storage_full"):
        await push(store, 100, 5000)


async def test_no_room_for_the_manifest_is_told_and_loses_no_film(store: FilmStore, folder: Path) -> None:
    await store.begin(begin())
    await push(store, 0, len(FILM))
    (folder / f"{MANIFEST}.new").symlink_to("/dev/full")
    with pytest.raises(StoreError, match="storage_full"):
        await store.commit(SHA)
    assert await FilmStore(folder).begin(begin()) == (len(FILM), True)


async def test_film_can_be_removed_from_a_full_storage(store: FilmStore, folder: Path) -> None:
    await fill(store)
    fresh = folder / f"{MANIFEST}.new"
    fresh.symlink_to("/dev/full")
    with pytest.raises(StoreError, match="storage_full"):
        await store.remove(SHA)
    assert not (folder / f"{SHA}.mp4").exists(), "room is made before the manifest is written"
    assert store.path(SHA) is None
    assert FilmStore(folder).path(SHA) is None


class StoreMachine(RuleBasedStateMachine):
    """Any order of begin, push, spoiling, commit and restart: the name stands for the content."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="simkoffert-store-"))
        self.store = FilmStore(self.folder)
        self.begun = False
        self.arrived = 0
        self.spoilt = False
        self.whole = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule()
    def begin(self) -> None:
        offset, verified = asyncio.run(self.store.begin(begin()))
        assert verified == self.whole
        assert offset == (len(FILM) if self.whole else self.arrived)
        self.begun = not self.whole

    @precondition(lambda self: self.begun and self.arrived < len(FILM))
    @rule(share=st.floats(0.1, 1.0), good=st.booleans())
    def push(self, share: float, good: bool) -> None:
        length = max(1, round((len(FILM) - self.arrived) * share))
        data = FILM[self.arrived : self.arrived + length]
        asyncio.run(self._arrive(data if good else bytes(255 - byte for byte in data)))
        self.arrived += length
        self.spoilt |= not good

    async def _arrive(self, data: bytes) -> None:
        line = Line(await self.store.arrive(SHA, self.arrived))
        await line.send(data, 0)
        await line.hang_up()

    @precondition(lambda self: self.begun)
    @rule()
    def commit(self) -> None:
        complete = self.arrived == len(FILM)
        if complete and not self.spoilt:
            asyncio.run(self.store.commit(SHA))
            self.whole = True
        else:
            with pytest.raises(StoreError, match="film_corrupt" if complete else "film_offset"):
                asyncio.run(self.store.commit(SHA))
        self.begun = False
        if complete:
            self.arrived, self.spoilt = 0, False

    @rule(kind=st.sampled_from(["restart", "stray chunk", "no manifest"]))
    def trouble(self, kind: str) -> None:
        if kind == "stray chunk":
            (self.folder / f"{SHA}.chunk0").write_bytes(b"stray")
        if kind == "no manifest":
            (self.folder / MANIFEST).unlink(missing_ok=True)
        self.store = FilmStore(self.folder)
        self.begun = False

    @rule()
    def remove(self) -> None:
        asyncio.run(self.store.remove(SHA))
        self.begun = self.spoilt = self.whole = False
        self.arrived = 0

    @invariant()
    def the_name_stands_for_the_content(self) -> None:
        final = self.folder / f"{SHA}.mp4"
        assert final.exists() == self.whole
        assert not self.whole or final.read_bytes() == FILM


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=25, stateful_step_count=20)
