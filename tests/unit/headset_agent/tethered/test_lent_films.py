"""Films that are lent are played and never touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.protocol.messages import FilmBegin
from headset_agent.store_errors import StoreError
from headset_agent.tethered.lent_films import LentFilms

SHA = "ab" * 32
OTHER = "cd" * 32
CONTENT = b"film" * 100


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / f"{SHA}.mp4").write_bytes(CONTENT)
    return folder


async def test_film_of_the_library_is_there_whole(library: Path) -> None:
    films = LentFilms(library)
    assert films.path(SHA) == library / f"{SHA}.mp4"
    begun = await films.begin(FilmBegin(id=1, sha256=SHA, size=len(CONTENT)))
    assert begun == (len(CONTENT), True), "nothing is to be sent"


async def test_film_from_elsewhere_is_there_once_it_is_lent(library: Path, tmp_path: Path) -> None:
    films = LentFilms(library)
    elsewhere = tmp_path / "examination.mp4"
    elsewhere.write_bytes(b"short")
    assert films.path(OTHER) is None
    films.lend(OTHER, elsewhere)
    assert films.path(OTHER) == elsewhere
    listed = await films.listing(7)
    assert [(film.sha256, film.size, film.verified) for film in listed.films] == [(OTHER, 5, True)]
    await films.remove(OTHER)
    assert films.path(OTHER) is None
    assert elsewhere.exists()


@pytest.mark.parametrize("name", ["../secret", "*", "", SHA.upper(), f"{SHA}/../{SHA}"])
async def test_what_is_no_film_is_not_looked_for(library: Path, name: str) -> None:
    (library.parent / "secret.mp4").write_bytes(b"x")
    assert LentFilms(library).path(name) is None


async def test_nothing_can_be_brought_or_changed(library: Path) -> None:
    films = LentFilms(library)
    for wrong in (FilmBegin(id=1, sha256=OTHER, size=5), FilmBegin(id=1, sha256=SHA, size=5)):
        with pytest.raises(StoreError, match="film_missing"):
            await films.begin(wrong)
    with pytest.raises(StoreError, match="not_allowed"):
        await films.arrive(SHA, 0)
    with pytest.raises(StoreError, match="not_allowed"):
        await films.commit(SHA)
    await films.remove(SHA)
    assert (library / f"{SHA}.mp4").read_bytes() == CONTENT
