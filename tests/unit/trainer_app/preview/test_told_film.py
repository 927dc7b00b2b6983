"""What VLC is handed: the film's own file, or the film and what tells how its picture lies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest

from tests.fakes.films import PROBE, a_film
from trainer_app.domain.films import Film, Projection, SphericalMetadata, Stereo
from trainer_app.preview.told_film import ToldFilm

SPHERE = SphericalMetadata(version=2, projection="equirect", stereo="mono")


class Shelf:
    """One film, in a folder whose name has what parts addresses and names options."""

    def __init__(self, folder: Path, *, ahead: bytes | None = b"ahead") -> None:
        self.path = folder / "Økt, 1 %20=a" / "film.mp4"
        self.path.parent.mkdir()
        self.path.write_bytes(b"film")
        self._ahead = ahead
        self.asked: list[tuple[Projection, Stereo]] = []

    def path_of(self, _film: Film) -> Path:
        return self.path

    def told_ahead(
        self, _film: Film, *, projection: Projection, stereo: Stereo, padding: int = 0
    ) -> bytes | None:
        self.asked.append((projection, stereo))
        return self._ahead


class Vlc:
    """Remembers what it is given."""

    def __init__(self) -> None:
        self.path = ""
        self.address = ""
        self.added: list[str] = []

    def media_new_path(self, path: str) -> Vlc:
        self.path = path
        return self

    def media_new(self, address: str) -> Vlc:
        self.address = address
        return self

    def add_option(self, option: str) -> None:
        self.added.append(option)

    def parts(self) -> list[Path]:
        (option,) = self.added
        addresses = option.removeprefix(":concat-list=").split(",")
        return [Path(url2pathname(urlparse(address).path)) for address in addresses]


def opened(told: ToldFilm) -> Vlc:
    vlc = Vlc()
    told.open(vlc)
    return vlc


def test_a_film_that_says_it_itself_is_opened_as_it_is(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    told = ToldFilm(shelf, a_film(probe=replace(PROBE, spherical=(SPHERE,))))
    assert opened(told).path == str(shelf.path)
    assert (told.options, shelf.asked) == ((), [])


def test_a_film_that_says_nothing_is_read_behind_what_says_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    told = ToldFilm(shelf, a_film(stereo=Stereo.TOP_BOTTOM))
    assert shelf.asked == [(Projection.EQUIRECT, Stereo.TOP_BOTTOM)]
    vlc = opened(told)
    assert vlc.address == "concat://"
    head, film, tail = vlc.parts()
    assert (head.read_bytes(), film) == (b"ahead", shelf.path)
    assert tail.stat().st_size > 0
    assert told.is_here
    told.close()
    assert not head.parent.exists()
    assert not told.is_here


def test_a_film_that_cannot_be_told_of_is_opened_as_it_is(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, ahead=None)
    told = ToldFilm(shelf, a_film(projection=Projection.EQUIRECT_180))
    assert opened(told).path == str(shelf.path)
    assert told.options == ()


def test_a_film_that_is_gone_is_seen_to_be_gone(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    told = ToldFilm(shelf, a_film())
    shelf.path.unlink()
    assert not told.is_here
    told.close()


@pytest.mark.parametrize(
    ("stereo", "cut"),
    [
        (Stereo.MONO, "paddleft=960,paddright=960"),
        (Stereo.LEFT_RIGHT, "cropright=960,paddleft=480,paddright=480"),
        (Stereo.TOP_BOTTOM, "cropbottom=480,paddleft=960,paddright=960"),
    ],
)
def test_half_a_sphere_is_made_whole(tmp_path: Path, stereo: Stereo, cut: str) -> None:
    """Also where the file says it itself: VLC would draw the half all around."""
    half = replace(SPHERE, stereo=stereo.value)
    film = a_film(projection=Projection.EQUIRECT_180, stereo=stereo, probe=replace(PROBE, spherical=(half,)))
    shelf = Shelf(tmp_path)
    told = ToldFilm(shelf, film)
    assert shelf.asked == [(Projection.EQUIRECT, Stereo.MONO)]
    assert told.options[0] == f"--video-filter=croppadd{{{cut}}}"
    told.close()
