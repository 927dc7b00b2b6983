"""Films on their way to a headset: whole and verified, or not there; what broke goes on where it was."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from blake3 import blake3

from headset_agent.protocol.messages import FILM_ROOM, FILM_WINDOW, Role
from tests.fakes.network import Network
from tests.fakes.waiting import until
from tests.integration.agent.headsets import VirtualHeadset, describe, linked
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.filling import FilmToSend
from trainer_app.domain.playback_errors import (
    FilmArrivedCorrupt,
    HeadsetStorageFull,
    HeadsetVanished,
    NoRoomForAgent,
)
from trainer_app.headsets.agent import filling
from trainer_app.headsets.agent.channel import Channel, open_channel
from trainer_app.headsets.agent.deploy import attach
from trainer_app.headsets.agent.filling import send_film
from trainer_app.headsets.link import AdbKey, DirectLink

PIECE = 4 << 20
CONTENT = random.Random(7).randbytes(3 * PIECE + 12_345)
SIZE = len(CONTENT)
SHA = hashlib.sha256(CONTENT).hexdigest()
BLAKE3 = blake3(CONTENT).hexdigest()
FINAL = f"{SHA}.mp4"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> FilmToSend:
    path = tmp_path_factory.mktemp("library") / f"{SHA}.mp4"
    path.write_bytes(CONTENT)
    return FilmToSend(sha256=SHA, blake3=BLAKE3, path=path, size=SIZE, title="Innkomst på kvelden")


async def open_store(link: DirectLink, headset: str = "1") -> Channel:
    access = await attach(link, headset)
    return await open_channel(
        link, Role.STORE, build=access.build, token=access.token, headset=headset, holder=""
    )


@pytest.fixture
async def store(link: DirectLink) -> AsyncIterator[Channel]:
    channel = await open_store(link)
    yield channel
    await channel.close()


def via(headset: VirtualHeadset, network: Network) -> VirtualHeadset:
    """The same headset, reached by way of a network of ours."""
    return dataclasses.replace(headset, adb=network.address)


def films_on(headset: VirtualHeadset) -> set[str]:
    return headset.names() - {".nomedia", "manifest.json"}


async def test_film_is_whole_verified_and_alone(
    headset: VirtualHeadset, link: DirectLink, store: Channel, film: FilmToSend
) -> None:
    moved: list[int] = []
    sent = await send_film(store, film, headset="1", progress=lambda there, _size: moved.append(there))
    assert (sent.bytes, sent.sent_bytes) == (SIZE, SIZE)
    assert sent.seconds > 0
    assert (headset.films / FINAL).read_bytes() == CONTENT
    assert films_on(headset) == {FINAL}
    assert json.loads((headset.films / "manifest.json").read_bytes())[SHA]["title"] == "Innkomst på kvelden"
    assert moved == sorted(moved)
    assert moved[-1] == SIZE


async def test_film_that_is_there_is_not_sent(link: DirectLink, store: Channel, film: FilmToSend) -> None:
    await send_film(store, film, headset="1", progress=lambda *_: None)
    moved: list[tuple[int, int]] = []
    again = await send_film(store, film, headset="1", progress=lambda *how: moved.append(how))
    assert (again.sent_bytes, moved) == (0, [(SIZE, SIZE)])


async def test_only_the_rest_is_sent(
    headset: VirtualHeadset, link: DirectLink, store: Channel, film: FilmToSend
) -> None:
    (headset.films / f"{SHA}.part").write_bytes(CONTENT[: PIECE + 77])
    sent = await send_film(store, film, headset="1", progress=lambda *_: None)
    assert sent.sent_bytes == SIZE - PIECE - 77
    assert (headset.films / FINAL).read_bytes() == CONTENT


async def test_link_cut_on_the_way_is_told_and_a_later_run_completes(
    headset: VirtualHeadset, film: FilmToSend, link: DirectLink
) -> None:
    async with linked(headset) as first:
        store = await open_store(first, "1 (S1)")
        cut: list[object] = []

        def cut_in_the_middle(there: int, _size: int) -> None:
            if there > 2 * PIECE and not cut:  # so some of it is stored
                cut.append(asyncio.get_running_loop().create_task(first.close()))

        with pytest.raises(HeadsetVanished) as vanished:
            await send_film(store, film, headset="1 (S1)", progress=cut_in_the_middle)
        assert vanished.value.params["headset"] == "1 (S1)"
        await store.close()
    assert FINAL not in headset.names()
    store = await open_store(link)
    sent = await send_film(store, film, headset="1", progress=lambda *_: None)
    await store.close()
    assert 0 < sent.sent_bytes < SIZE, "what had arrived stays"
    assert (headset.films / FINAL).read_bytes() == CONTENT
    assert films_on(headset) == {FINAL}


async def test_corrupt_arrival_is_repeated_once(
    headset: VirtualHeadset, link: DirectLink, store: Channel, film: FilmToSend
) -> None:
    (headset.films / f"{SHA}.part").write_bytes(b"!" * PIECE)
    sent = await send_film(store, film, headset="1", progress=lambda *_: None)
    assert sent.sent_bytes == (SIZE - PIECE) + SIZE
    assert (headset.films / FINAL).read_bytes() == CONTENT


@pytest.mark.parametrize("known", [BLAKE3, ""])
async def test_film_that_never_arrives_right_is_told_and_leaves_nothing(
    headset: VirtualHeadset, link: DirectLink, store: Channel, tmp_path: Path, known: str
) -> None:
    spoilt = tmp_path / "spoilt.mp4"
    spoilt.write_bytes(CONTENT[:-1] + b"!")
    film = FilmToSend(sha256=SHA, blake3=known, path=spoilt, size=SIZE, title="Innkomst")
    with pytest.raises(FilmArrivedCorrupt) as refused:
        await send_film(store, film, headset="1", progress=lambda *_: None)
    assert refused.value.params == {"headset": "1", "film": "Innkomst"}
    assert films_on(headset) == set()


async def test_no_more_is_on_its_way_than_a_cut_may_cost(
    headset: VirtualHeadset, link: DirectLink, store: Channel, film: FilmToSend
) -> None:
    """A headset that stores nothing any more gets no further than the window."""
    agent = psutil.Process((await attach(link, "1")).pid)
    moved: list[int] = []

    def stop_at_once(there: int, _size: int) -> None:
        if there and not any(moved):
            agent.suspend()
        moved.append(there)

    sending = asyncio.create_task(send_film(store, film, headset="1", progress=stop_at_once))
    try:
        await until(lambda: any(moved) and agent.status() == psutil.STATUS_STOPPED)
        stored = (headset.films / f"{SHA}.part").stat().st_size
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await asyncio.shield(sending)
        assert moved[-1] <= stored + FILM_WINDOW
    finally:
        agent.resume()
    assert (await sending).sent_bytes == SIZE


async def test_two_that_send_the_same_film_do_not_fight_for_it(
    headset: VirtualHeadset, film: FilmToSend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app fills while somebody uses the command line: one goes on, the other waits and sees it arrive."""
    monkeypatch.setattr(filling, "_OTHERS_S", 0.5)
    async with Network(headset.adb, bytes_per_s=8e6) as slow:
        slowly = via(headset, slow)
        async with linked(slowly) as one, linked(slowly) as other:
            stores = [await open_store(one), await open_store(other)]
            moved: list[int] = []
            first = asyncio.create_task(
                send_film(stores[0], film, headset="1", progress=lambda there, _size: moved.append(there))
            )
            await until(lambda: any(there > PIECE for there in moved))
            later = await send_film(stores[1], film, headset="1", progress=lambda *_: None)
            sent = [await first, later]
            for store in stores:
                await store.close()
    assert (headset.films / FINAL).read_bytes() == CONTENT
    assert sum(one.sent_bytes for one in sent) <= SIZE + 3 * FILM_WINDOW, "hardly anything was sent twice"


# --- a headset with little room --------------------------------------------------------------------------


async def test_film_that_does_not_fit_is_refused_with_numbers_and_leaves_nothing(
    film: FilmToSend, tmp_path: Path
) -> None:
    key = AdbKey(tmp_path / "adbkey")
    with VirtualProcess("--number", "2", "--free-bytes", str(SIZE)) as process:
        headset = describe(process, key)
        async with linked(headset) as link:
            store = await open_store(link)
            with pytest.raises(HeadsetStorageFull) as refused:
                await send_film(store, film, headset="2", progress=lambda *_: None)
            await store.close()
        params = refused.value.params
        assert (params["film"], params["needed"]) == ("Innkomst på kvelden", SIZE + FILM_ROOM)
        free = params["free"]
        assert isinstance(free, int)
        assert 0 < free < SIZE
        assert films_on(headset) == set()


async def test_storage_that_fills_up_on_the_way_is_told_and_completed_later(
    film: FilmToSend, tmp_path: Path
) -> None:
    key = AdbKey(tmp_path / "adbkey")
    with VirtualProcess("--number", "2", "--free-bytes", str(SIZE + 3 * PIECE)) as process:
        headset = describe(process, key)
        photos = headset.films.parents[1] / "photos.bin"

        def others_write(there: int, _size: int) -> None:
            if there > 2 * PIECE and not photos.exists():  # so some of it is stored
                photos.write_bytes(b"")
                with photos.open("r+b") as file:
                    file.truncate(3 * PIECE + SIZE)

        # So slow that others come to write.
        async with Network(headset.adb, bytes_per_s=2e6) as slow, linked(via(headset, slow)) as link:
            store = await open_store(link)
            with pytest.raises(HeadsetStorageFull) as refused:
                await send_film(store, film, headset="2", progress=others_write)
            assert refused.value.params["free"] == 0
            needed = refused.value.params["needed"]
            assert isinstance(needed, int)
            assert needed < SIZE + FILM_ROOM, "less the part that is there"
            photos.unlink()
            await send_film(store, film, headset="2", progress=lambda *_: None)
            await store.close()
        assert (headset.films / FINAL).read_bytes() == CONTENT
        assert films_on(headset) == {FINAL}


async def test_no_room_for_the_agent_itself_is_told(tmp_path: Path) -> None:
    with VirtualProcess("--number", "2", "--free-bytes", "1000") as process:
        headset = describe(process, AdbKey(tmp_path / "adbkey"))
        async with linked(headset) as link:
            with pytest.raises(NoRoomForAgent):
                await attach(link, "2")
