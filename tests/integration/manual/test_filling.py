"""Films on their way to a headset without an agent: whole and named for its player, or not there."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.waiting import until
from tests.integration.manual.old_headset import CONTENT, SHA, SIZE, OldHeadset, film_at
from trainer_app.domain.filling import FilmToSend
from trainer_app.domain.films import Stereo
from trainer_app.domain.playback_errors import (
    FilmArrivedCorrupt,
    HeadsetStorageFull,
    HeadsetVanished,
)
from trainer_app.headsets.link import DirectLink, run
from trainer_app.headsets.manual.filling import CHUNK, clear_leftovers, send_film
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.headsets.manual.players import OwnPlayer, player_of
from trainer_app.headsets.manual.recognising import kind_of

NAME = f"Innkomst-pa-kvelden-{SHA[:12]}_360.mp4"
HOME = "SimKoffert/own-player"
PICO = player_of("Pico")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> FilmToSend:
    return film_at(tmp_path_factory.mktemp("library") / f"{SHA}.mp4")


async def headset_on(link: DirectLink) -> OwnPlayerHeadset:
    kind = await kind_of(link)
    assert kind is not None, "it shows films in its own player only"
    return OwnPlayerHeadset("adb", link, "S5", "Pico G2 4K", kind)


async def sent_to(
    link: DirectLink, film: FilmToSend, player: OwnPlayer = PICO
) -> tuple[int, bool, list[int]]:
    moved: list[int] = []
    sent = await send_film(link, player, film, headset="5 (S5)", progress=moved.append)
    return sent.sent_bytes, sent.verified, moved


async def test_film_is_whole_verified_and_named_for_the_player(
    old: OldHeadset, link: DirectLink, film: FilmToSend
) -> None:
    sent_bytes, verified, moved = await sent_to(link, film)
    assert (sent_bytes, verified) == (SIZE, True)
    assert moved == sorted(moved)
    assert moved[-1] == SIZE
    assert (old.storage / "Download" / NAME).read_bytes() == CONTENT
    assert old.names(HOME) == {".nomedia", f"{SHA}.json"}, "nothing half-done is left"
    told = await (await headset_on(link)).facts()
    assert (told.films, told.own_player) == ({SHA: "Innkomst på kvelden"}, True)
    assert not told.unchecked_films
    assert (await sent_to(link, film))[0] == 0, "what is there is not sent again"


async def test_film_that_was_brought_can_be_removed_and_nothing_else_is(
    old: OldHeadset, link: DirectLink, film: FilmToSend
) -> None:
    await sent_to(link, film)
    own = old.storage / "Download" / "ferie.mp4"
    own.write_bytes(b"1234")
    device = await headset_on(link)
    [stored] = (await device.facts()).stored
    assert (stored.sha256, stored.size_bytes, stored.whole) == (SHA, SIZE, True)
    await device.remove_films(["cd" * 32], label="5")
    assert (old.storage / "Download" / NAME).exists()
    await device.remove_films([SHA], label="5")
    assert (await device.facts()).stored == ()
    assert old.names("Download") == {"ferie.mp4"}


async def test_film_that_is_another_way_up_now_gets_its_new_name_without_being_sent(
    old: OldHeadset, link: DirectLink, film: FilmToSend, tmp_path: Path
) -> None:
    await sent_to(link, film)
    turned = FilmToSend(
        sha256=SHA, path=film.path, size=SIZE, title="Innkomst på kvelden", stereo=Stereo.TOP_BOTTOM
    )
    assert (await sent_to(link, turned))[0] == 0
    assert old.names("Download") == {NAME.replace("_360", "_360_TB")}
    assert (await (await headset_on(link)).facts()).films == {SHA: "Innkomst på kvelden"}


async def test_transfer_that_is_cut_goes_on_where_it_was(
    old: OldHeadset, link: DirectLink, film: FilmToSend
) -> None:
    async with await old.connect() as first:
        cut: list[object] = []

        def cut_in_the_second_chunk(there: int) -> None:
            if there > CHUNK + CHUNK // 4 and not cut:
                cut.append(asyncio.get_running_loop().create_task(first.close()))

        with pytest.raises(HeadsetVanished) as vanished:
            await send_film(first, PICO, film, headset="5 (S5)", progress=cut_in_the_second_chunk)
        assert vanished.value.params["headset"] == "5 (S5)"
    assert old.names("Download") == set()
    sent_bytes, verified, _ = await sent_to(link, film)
    assert sent_bytes <= SIZE - CHUNK, "no chunk that was joined is sent again"
    assert verified
    assert (old.storage / "Download" / NAME).read_bytes() == CONTENT


async def test_what_is_not_the_film_is_sent_twice_told_and_gone(
    old: OldHeadset, link: DirectLink, tmp_path: Path
) -> None:
    spoilt = film_at(tmp_path / "spoilt.mp4", b"?" * 4096)
    with pytest.raises(FilmArrivedCorrupt):
        await sent_to(link, spoilt)
    assert old.names("Download") == set()
    assert old.names(HOME) == {".nomedia"}


async def test_headset_that_cannot_sum_is_told_of(
    old: OldHeadset, link: DirectLink, film: FilmToSend
) -> None:
    program = old.storage.parent / "system" / "bin" / "sha256sum"
    program.write_text("#!/bin/sh\nexit 127\n")
    program.chmod(0o755)
    try:
        assert (await sent_to(link, film))[1] is False
    finally:
        program.unlink()
    assert (await (await headset_on(link)).facts()).unchecked_films == {SHA}


async def test_film_that_does_not_fit_is_refused_before_it_is_sent(
    old: OldHeadset, link: DirectLink, film: FilmToSend
) -> None:
    old.process.write(f"fault storage-full free_bytes={SIZE}")
    try:
        await until(partial(has_no_more_than, link, SIZE))
        with pytest.raises(HeadsetStorageFull) as full:
            await sent_to(link, film)
    finally:
        old.process.write("heal storage-full")
    assert full.value.params["needed"] == SIZE + CHUNK
    assert old.names("Download") == set()


async def has_no_more_than(link: DirectLink, count: int) -> bool:
    told = await run(link, "stat -f -c %S:%a /data", timeout_s=20)
    block, _, blocks = told.stdout.decode().partition(":")
    return int(block) * int(blocks) <= count


async def test_parts_of_films_that_nobody_wants_are_cleared_away(
    old: OldHeadset, link: DirectLink, film: FilmToSend
) -> None:
    home = old.storage / HOME
    await sent_to(link, film)
    other = "0" * 64
    for name in (f"{SHA}.part", f"{other}.part", f"{other}.1.chunk"):
        (home / name).write_bytes(b"x")
    await clear_leftovers(link, {SHA})
    assert old.names(HOME) == {".nomedia", f"{SHA}.json", f"{SHA}.part"}
