"""Real films: a demo film of ours, and small ones as other programs write them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from trainer_app.domain.films import Stereo
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import FilmRecipe, demo_recipes

MakeFilm = Callable[..., Path]


@pytest.fixture(scope="session")
def recipe() -> FilmRecipe:
    return demo_recipes()[1]


@pytest.fixture(scope="session")
def demo_film(tmp_path_factory: pytest.TempPathFactory, recipe: FilmRecipe) -> Path:
    """Eleven seconds, so that the tenth is in it."""
    out = tmp_path_factory.mktemp("demo") / "demo.mp4"
    render(recipe, out, seconds=11, width=640)
    return out


@pytest.fixture(scope="session")
def stereo_film(tmp_path_factory: pytest.TempPathFactory, recipe: FilmRecipe) -> Path:
    out = tmp_path_factory.mktemp("demo") / "stereo.mp4"
    render(recipe, out, seconds=1, width=640, lang="en", stereo=Stereo.TOP_BOTTOM)
    return out


@pytest.fixture
def make_film(tmp_path: Path) -> MakeFilm:
    """Write a grey film of one second."""

    def make(
        name: str,
        *,
        video: str | None = "libx264",
        audio: str | None = None,
        options: dict[str, str] | None = None,
        container_options: dict[str, str] | None = None,
    ) -> Path:
        path = tmp_path / name

        def write() -> None:
            _write(path, video, audio, options or {}, container_options or {})

        # As root, SVT-AV1 puts its threads in real time; where one has ended already, the system takes the
        # thread that asks instead. That must not be the tests' own: all it starts would stop the machine.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write).result()
        return path

    return make


def _write(
    path: Path,
    video: str | None,
    audio: str | None,
    options: dict[str, str],
    container_options: dict[str, str],
) -> None:
    with av.open(str(path), "w", container_options=container_options) as container:
        picture = video and _add_picture(container, video, options)
        sound = audio and container.add_stream(audio, rate=48000, layout="mono")
        if picture:
            _mux_picture(container, picture)
        if sound:
            _mux_sound(container, sound)


def _add_picture(container: OutputContainer, codec: str, options: dict[str, str]) -> VideoStream:
    stream = container.add_stream(codec, rate=30, options=options)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
    return stream


def _mux_picture(container: OutputContainer, stream: VideoStream) -> None:
    for number in range(30):
        frame = av.VideoFrame(128, 64, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([100 + number]) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, 30)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _mux_sound(container: OutputContainer, stream: Stream) -> None:
    assert isinstance(stream, AudioStream)
    frame = av.AudioFrame(format="s16", layout="mono", samples=48000)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate = 48000
    frame.pts, frame.time_base = 0, Fraction(1, 48000)
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
