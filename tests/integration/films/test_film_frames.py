"""Pictures of a film for the run screen, from real films."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.films import a_film
from trainer_app.domain.films import Film, Stereo
from trainer_app.library.film_frames import WIDTH, FilmFrames, FrameReader
from trainer_app.library.films import FilmFolder
from trainer_app.library.probe import probe_film
from trainer_app.services.ports.pictures import FilmPicture

_WAIT_S = 30
_BUSY_S = 5


def _film(path: Path, stereo: Stereo = Stereo.MONO) -> Film:
    return a_film(probe=probe_film(path), stereo=stereo, file_name=path.name)


@pytest.mark.parametrize("wanted", [0.0, 0.5, 3.03, 7.0, 2.0])
def test_the_picture_is_the_one_of_the_moment(demo_film: Path, wanted: float) -> None:
    film = _film(demo_film)
    frame_s = 1 / (film.probe.frame_rate or 30)
    with FrameReader(demo_film, film) as reader:
        reader.at(1.0)
        picture = reader.at(wanted)
    assert picture is not None
    assert wanted - 1.5 * frame_s <= picture.position_s <= wanted
    assert (picture.width, picture.height) == (WIDTH, WIDTH // 2)
    assert len(picture.pixels) == picture.stride * picture.height


def test_the_same_moment_has_no_new_picture(demo_film: Path) -> None:
    with FrameReader(demo_film, _film(demo_film)) as reader:
        assert reader.at(2.0) is not None
        assert reader.at(2.001) is None


def test_beyond_the_end_stands_the_last_picture(demo_film: Path) -> None:
    film = _film(demo_film)
    with FrameReader(demo_film, film) as reader:
        picture = reader.at(3600.0)
        assert picture is not None
        assert picture.position_s == pytest.approx(film.probe.duration_s, abs=0.15)
        assert reader.at(3601.0) is None


def test_of_a_stereo_film_one_eye_is_shown(stereo_film: Path) -> None:
    with FrameReader(stereo_film, _film(stereo_film, Stereo.TOP_BOTTOM)) as reader:
        picture = reader.at(0.0)
    assert picture is not None
    assert (picture.width, picture.height) == (WIDTH, WIDTH // 2)


def _library(folder: Path, file: Path) -> tuple[FilmFolder, Film]:
    library = FilmFolder(folder / "films")
    film = _film(file)
    stored = library.store(file, film.probe)
    return library, a_film(probe=film.probe, file_name=file.name, sha256=stored.sha256)


def _as_it_is(picture: FilmPicture) -> FilmPicture:
    return picture


@pytest.fixture
def frames(tmp_path: Path) -> Iterator[FilmFrames]:
    frames = FilmFrames(FilmFolder(tmp_path / "films"))
    yield frames
    frames.end()


def test_a_film_is_followed_until_it_is_let_go_of(
    frames: FilmFrames, demo_film: Path, tmp_path: Path
) -> None:
    _, film = _library(tmp_path, demo_film)
    came: queue.Queue[FilmPicture] = queue.Queue()
    at = [1.0]
    following = frames.follow(film, lambda: at[0], _as_it_is, came.put, lambda: None)
    try:
        assert came.get(timeout=_WAIT_S).position_s == pytest.approx(1.0, abs=0.1)
        at[0] = 5.0
        assert came.get(timeout=_WAIT_S).position_s == pytest.approx(5.0, abs=0.1)
    finally:
        following.close()
    at[0] = 8.0
    assert came.empty()


def test_a_film_that_is_watched_shows_its_pictures_in_order_and_stands_where_it_is_paused(
    frames: FilmFrames, demo_film: Path, tmp_path: Path
) -> None:
    _, film = _library(tmp_path, demo_film)
    came: queue.Queue[FilmPicture] = queue.Queue()
    began_s, stands_at_s = time.perf_counter(), threading.Event()

    def position() -> float:
        return 7.0 if stands_at_s.is_set() else 1.0 + time.perf_counter() - began_s

    busy: list[None] = [None] * 3

    def prepared(picture: FilmPicture) -> FilmPicture | None:
        """Now and then the screen has no time; it is asked again, and no picture is lost."""
        if busy:
            return busy.pop()
        busy.extend([None] * 2)
        return picture

    following = frames.follow(film, position, prepared, came.put, lambda: None, smooth=True)
    try:
        seen = [came.get(timeout=_WAIT_S).position_s for _ in range(15)]
        assert seen == sorted(set(seen))
        stands_at_s.set()
        while (last_s := came.get(timeout=_WAIT_S).position_s) < 6.9:
            pass
        assert last_s == pytest.approx(7.0, abs=0.001)
        with pytest.raises(queue.Empty):
            came.get(timeout=0.2)
    finally:
        following.close()


@pytest.mark.parametrize("slow", ["decoding", "preparing"])
def test_who_lets_go_of_a_film_waits_for_none_of_its_pictures(
    frames: FilmFrames, demo_film: Path, tmp_path: Path, slow: str
) -> None:
    _, film = _library(tmp_path, demo_film)
    came: queue.Queue[FilmPicture] = queue.Queue()
    busy, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def take_long() -> None:
        busy.set()
        go_on.wait(_BUSY_S)
        done.set()

    def position() -> float:
        """Stands for a picture that takes long to decode."""
        if slow == "decoding":
            take_long()
        return 1.0

    def prepared(picture: FilmPicture) -> FilmPicture:
        if slow == "preparing":
            take_long()
        return picture

    following = frames.follow(film, position, prepared, came.put, lambda: None)
    assert busy.wait(_WAIT_S)
    following.close()
    assert not done.is_set()
    go_on.set()
    frames.end()
    assert done.is_set()
    assert came.empty()


@pytest.mark.expects_log("no pictures of the film")
def test_a_film_that_is_gone_is_said_to_be_gone(frames: FilmFrames, demo_film: Path, tmp_path: Path) -> None:
    library, film = _library(tmp_path, demo_film)
    library.path_of(film).unlink()
    failed: queue.Queue[None] = queue.Queue()
    following = frames.follow(film, lambda: 0.0, _as_it_is, lambda _picture: None, lambda: failed.put(None))
    failed.get(timeout=_WAIT_S)
    following.close()
