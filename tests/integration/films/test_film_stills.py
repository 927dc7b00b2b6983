"""Single pictures of real films, for paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.films import LibraryInMemory, a_film
from trainer_app.domain.films import Film
from trainer_app.library.film_stills import LibraryStills
from trainer_app.library.probe import probe_film


class OneFilm(LibraryInMemory):
    """A library that has every film at one place."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def path_of(self, film: Film) -> Path:
        return self._path


def test_the_picture_of_a_moment_and_none_beyond_the_end(demo_film: Path) -> None:
    film = a_film(probe=probe_film(demo_film), file_name=demo_film.name)
    stills = LibraryStills(OneFilm(demo_film))
    picture = stills.still(film, 2.0)
    assert picture is not None
    assert picture.position_s == pytest.approx(2.0, abs=0.05)
    assert picture.width == 2 * picture.height
    last = stills.still(film, 3600.0)
    assert last is not None
    assert last.position_s <= film.probe.duration_s


@pytest.mark.expects_log("no picture of a film for paper")
def test_what_is_no_film_has_none(tmp_path: Path) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(b"no film")
    assert LibraryStills(OneFilm(torn)).still(a_film(), 1.0) is None
