"""What a headset without an agent says of a film on its way, and what is made of it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.fakes.shells import ShellLink
from trainer_app.domain.filling import FilmToSend
from trainer_app.domain.link_errors import CommandTimedOut
from trainer_app.domain.playback_errors import HeadsetStorageFault, HeadsetVanished
from trainer_app.headsets.manual.filling import send_film
from trainer_app.headsets.manual.players import player_of

GIB = 1 << 30
SHA = hashlib.sha256(b"").hexdigest()


def film_of(size: int, path: Path) -> FilmToSend:
    return FilmToSend(sha256=SHA, path=path, size=size, title="Innkomst")


@pytest.mark.parametrize(("part", "goes_on_at"), [(3 * GIB, 3 * GIB), (5 * GIB, 0)])
async def test_a_film_of_any_length_goes_on_where_it_was(part: int, goes_on_at: int, tmp_path: Path) -> None:
    """Android's shell counts with 32 bits: no length may be compared there."""
    there = part

    def answer(script: str) -> str:
        nonlocal there
        if script.startswith("rm -f"):
            there = 0
        return f"part={there}\nspace=4096:9999999\n"

    path = tmp_path / "film.mp4"
    path.write_bytes(b"")
    link, moved = ShellLink(answer, takes_files=False), list[int]()
    with pytest.raises(HeadsetVanished):
        await send_film(link, player_of(""), film_of(4 * GIB, path), headset="5", progress=moved.append)
    assert moved == [goes_on_at]
    assert not [script for script in link.scripts if re.search(r"-[lg][te]\b|\$\(\(", script)]


@pytest.mark.parametrize("told", ["check=1 ", "check=137 ", "check=0 "])
async def test_a_film_that_the_headset_cannot_read_is_a_fault_of_its_storage(
    told: str, tmp_path: Path
) -> None:
    def answer(script: str) -> str:
        return f"{told}\n" if "sha256sum" in script else "part=0\nspace=4096:9999999\n"

    with pytest.raises(HeadsetStorageFault):
        await send_film(
            ShellLink(answer),
            player_of(""),
            film_of(0, tmp_path / "film.mp4"),
            headset="5",
            progress=lambda _: None,
        )


async def test_a_storage_that_is_read_for_ever_is_no_headset_that_vanished(tmp_path: Path) -> None:
    """It would be reached again, and the film read again, without an end."""

    def answer(script: str) -> str:
        if "sha256sum" in script:
            raise CommandTimedOut(headset="5", seconds=900.0)
        return "part=0\nspace=4096:9999999\n"

    film = film_of(0, tmp_path / "film.mp4")
    with pytest.raises(HeadsetStorageFault):
        await send_film(ShellLink(answer), player_of(""), film, headset="5", progress=lambda _: None)
