"""Probing real files: films of several makes, films cut short, and what only looks like a film."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path
from typing import Any

import av
import pytest
from av.sidedata.sidedata import Type
from PIL import Image

from tests.integration.films.conftest import MakeFilm
from trainer_app.domain.film_errors import (
    CodecUnsupported,
    ContainerUnsupported,
    FilmIsPicture,
    FilmIsSound,
    FilmTruncated,
    FilmWithoutIndex,
)
from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.boxes import make
from trainer_app.library.moov import mark_spherical, read_layout
from trainer_app.library.probe import probe_film

QUIET_X265 = {"x265-params": "log-level=none"}


@pytest.mark.parametrize(
    ("name", "video", "options", "codec", "container"),
    [
        ("Økt på post 3.mp4", "libx264", {}, "h264", "mp4"),
        ("kamera.mov", "libx264", {}, "h264", "mp4"),
        ("hevc.mp4", "libx265", QUIET_X265, "hevc", "mp4"),
        ("film.webm", "libvpx-vp9", {}, "vp9", "webm"),
        ("av1.mp4", "libsvtav1", {}, "av1", "mp4"),
    ],
)
def test_films_that_headsets_play_are_described(
    make_film: MakeFilm,
    capfd: pytest.CaptureFixture[str],
    name: str,
    video: str,
    options: dict[str, str],
    codec: str,
    container: str,
) -> None:
    film = make_film(name, video=video, options=options)
    capfd.readouterr()
    probe = probe_film(film)
    assert (probe.video_codec, probe.container) == (codec, container)
    assert (probe.width, probe.height, probe.frame_rate) == (128, 64, 30.0)
    assert probe.duration_s == pytest.approx(1, abs=0.05)
    assert probe.sound is None
    assert probe.spherical == ()
    assert capfd.readouterr().err == ""


def test_an_index_at_the_end_is_allowed_and_told(make_film: MakeFilm) -> None:
    assert probe_film(make_film("film.mp4")).index_first is False
    fast = make_film("rask.mp4", container_options={"movflags": "faststart"})
    assert probe_film(fast).index_first is True


def test_a_fragmented_film_is_allowed(make_film: MakeFilm) -> None:
    film = make_film("delt.mp4", container_options={"movflags": "frag_keyframe+empty_moov"})
    assert probe_film(film).video_codec == "h264"


def test_metadata_is_added_to_films_of_other_makes_without_harm(make_film: MakeFilm, tmp_path: Path) -> None:
    for name, options in (("sist.mp4", {}), ("først.mp4", {"movflags": "faststart"})):
        film = make_film(name, audio="aac", container_options=options)
        marked = tmp_path / f"merket {name}"
        mark_spherical(film, marked, stereo=Stereo.LEFT_RIGHT, projection=Projection.EQUIRECT_180)
        (found,) = probe_film(marked).spherical
        assert (found.projection, found.stereo, found.bounds.left) == ("equirect", "left-right", 0.25)
        assert _decoded(marked) == _decoded(film)


def test_ffmpeg_reads_our_metadata_as_we_mean_it(make_film: MakeFilm, tmp_path: Path) -> None:
    marked = tmp_path / "merket.mp4"
    mark_spherical(
        make_film("film.mp4"), marked, stereo=Stereo.TOP_BOTTOM, projection=Projection.EQUIRECT_180
    )
    with av.open(str(marked)) as container:
        side_data: Any = next(container.decode(video=0)).side_data  # PyAV's types know other keys only
        spherical, stereo = (bytes(side_data[kind]) for kind in (Type.SPHERICAL, Type.STEREO3D))
    projection, *_, left, _, right, _, _ = struct.unpack("9I", spherical)
    assert projection == 2, "AV_SPHERICAL_EQUIRECTANGULAR_TILE"
    assert (left, right) == (2**30, 2**30)
    (layout,) = struct.unpack_from("I", stereo)
    assert layout == 2, "AV_STEREO3D_TOPBOTTOM"


def _decoded(film: Path) -> list[bytes]:
    decoded = []
    for kind in ("video", "audio"):
        with av.open(str(film)) as container:
            frames = container.decode(video=0) if kind == "video" else container.decode(audio=0)
            decoded += [bytes(frame.planes[0]) for frame in frames]
    return decoded


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("index_first", [True, False])
def test_a_film_cut_in_the_middle_is_refused(
    demo_film: Path, make_film: MakeFilm, tmp_path: Path, *, share: float, index_first: bool
) -> None:
    whole = demo_film if index_first else make_film("sist.mp4", audio="aac")
    data = whole.read_bytes()
    cut = tmp_path / "kuttet.mp4"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(FilmTruncated) as caught:
        probe_film(cut)
    expected = caught.value.params["expected"]
    assert isinstance(expected, int)
    assert cut.stat().st_size < expected <= len(data)


def test_a_film_whose_media_box_lies_about_its_length_is_found_out(demo_film: Path, tmp_path: Path) -> None:
    """Some copiers and repair programs close the last box over what there is."""
    with demo_film.open("rb") as file:
        mdat = read_layout(file).first(b"mdat")
    assert mdat is not None
    data = demo_film.read_bytes()
    short = tmp_path / "kort.mp4"
    short.write_bytes(data[: mdat.start] + make(b"mdat", data[mdat.body : mdat.end - 1]))
    with pytest.raises(FilmTruncated):
        probe_film(short)


def test_a_webm_film_cut_in_the_middle_is_refused(make_film: MakeFilm) -> None:
    film = make_film("film.webm", video="libvpx-vp9")
    film.write_bytes(film.read_bytes()[:-20])
    with pytest.raises(FilmTruncated):
        probe_film(film)


def test_a_recording_that_was_never_closed_is_refused(make_film: MakeFilm, tmp_path: Path) -> None:
    data = make_film("film.mp4").read_bytes()
    with (tmp_path / "film.mp4").open("rb") as file:
        moov = read_layout(file).first(b"moov")
    assert moov is not None
    unclosed = tmp_path / "åpen.mp4"
    unclosed.write_bytes(data[: moov.start])
    with pytest.raises(FilmWithoutIndex):
        probe_film(unclosed)


@pytest.mark.parametrize(
    "name", ["bilde.png", "bilde.jpg", "bilde.gif", "bilde.webp", "bilde.bmp", "forkledd.mp4"]
)
def test_pictures_are_called_pictures(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.new("RGB", (64, 32), "teal").save(path, format="PNG" if name == "forkledd.mp4" else None)
    with pytest.raises(FilmIsPicture):
        probe_film(path)


@pytest.mark.parametrize(
    ("name", "codec"), [("tale.wav", "pcm_s16le"), ("tale.m4a", "aac"), ("tale.mp3", "mp3")]
)
def test_sound_alone_is_called_sound(make_film: MakeFilm, name: str, codec: str) -> None:
    with pytest.raises(FilmIsSound):
        probe_film(make_film(name, video=None, audio=codec))


def test_what_no_headset_decodes_or_opens_is_named(make_film: MakeFilm) -> None:
    with pytest.raises(CodecUnsupported) as codec:
        probe_film(make_film("gammel.mp4", video="mpeg4"))
    assert codec.value.params["codec"] == "mpeg4"
    for name in ("film.avi", "film.mkv", "film.ts"):
        with pytest.raises(ContainerUnsupported) as container:
            probe_film(make_film(name))
        assert container.value.params["container"]


def test_a_film_is_told_by_its_content_not_its_name(make_film: MakeFilm, tmp_path: Path) -> None:
    renamed = tmp_path / "dokument.txt"
    shutil.copy(make_film("film.mp4"), renamed)
    assert probe_film(renamed).video_codec == "h264"
