"""Renders the demo films: H.264 and AAC in MP4, index first, spherical metadata of both versions."""

from __future__ import annotations

import math
import tempfile
from array import array
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.demo_picture import DemoPicture
from trainer_app.library.demo_recipe import FilmRecipe, SoundRecipe
from trainer_app.library.moov import mark_spherical
from trainer_app.services.ports import Progress

_SOFT_EDGE_S = 0.002
"""A tone that begins at once clicks; one that rises slowly cannot be timed."""

_BT709 = 1
# The picture stands still but for a clock: searching for motion would cost half of the time and find none.
_X264 = {
    "preset": "veryfast",
    "crf": "23",
    "x264-params": "partitions=none:ref=1:me=dia:subme=1:trellis=0:rc-lookahead=10:weightp=0",
}


def render(
    recipe: FilmRecipe,
    out: Path,
    *,
    seconds: float | None = None,
    width: int | None = None,
    lang: str = "nb",
    stereo: Stereo = Stereo.MONO,
    progress: Progress | None = None,
) -> None:
    """Render a demo film; the same arguments give the same bytes on the same machine.

    Args:
        recipe: One of :func:`~trainer_app.library.demo_recipe.demo_recipes`.
        out: The MP4 file to write; replaced only when the film is complete.
        seconds: Running time; the recipe's own when None.
        width: Pixels, a multiple of 16; the recipe's own when None.
        lang: Language of title and compass.
        stereo: Mono or top-bottom (then the picture is as high as wide).
        progress: Told about every frame; may raise to break off.

    Raises:
        ValueError: a width that cannot be encoded, or a stereo layout the renderer does not draw.
    """
    width = width or recipe.picture.width
    if width < 320 or width % 16 or stereo is Stereo.LEFT_RIGHT:
        raise ValueError(f"cannot render {width} pixels wide, {stereo.value}")
    frames = round((seconds or recipe.picture.seconds) * recipe.picture.frame_rate)
    picture = DemoPicture(
        recipe, width=width, seconds=frames / recipe.picture.frame_rate, lang=lang, stereo=stereo
    )
    with tempfile.TemporaryDirectory(prefix=".render-", dir=out.parent) as folder:
        plain, marked = Path(folder, "plain.mp4"), Path(folder, "marked.mp4")
        _encode(recipe, picture, plain, frames=frames, progress=progress)
        mark_spherical(plain, marked, stereo=stereo, projection=Projection.EQUIRECT)
        marked.replace(out)


def _encode(
    recipe: FilmRecipe, picture: DemoPicture, out: Path, *, frames: int, progress: Progress | None
) -> None:
    rate = recipe.picture.frame_rate
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(out), "w", format="mp4", container_options=options) as container:
        first = picture.frame(0)
        video = _video_stream(container, first.y.width, first.y.height, rate)
        audio = container.add_stream("aac", rate=recipe.sound.sample_rate, layout="stereo")
        audio.bit_rate = 128_000
        for number in range(frames):
            if number % rate == 0:
                part = min(rate, frames - number) / rate
                _mux_sound(container, audio, recipe.sound, number // rate, part)
            frame = picture.frame(number).to_frame()
            frame.pts, frame.time_base = number, Fraction(1, rate)
            container.mux(video.encode(frame))
            if progress is not None:
                progress(number + 1, frames)
        container.mux(video.encode(None))
        container.mux(audio.encode(None))


def _video_stream(container: OutputContainer, width: int, height: int, rate: int) -> VideoStream:
    # One thread, because x264's result depends on their number. No B-frames: the first frame is at 0
    # without an edit list, which not every player heeds. A key frame every second makes seeking quick.
    options = _X264 | {
        "g": str(rate),
        "keyint_min": str(rate),
        "sc_threshold": "0",
        "bf": "0",
        "threads": "1",
    }
    stream = container.add_stream("libx264", rate=rate, options=options)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    context = stream.codec_context
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = context.color_trc = _BT709
    return stream


def _mux_sound(
    container: OutputContainer, stream: AudioStream, sound: SoundRecipe, second: int, part: float
) -> None:
    """Encode one second (or ``part`` of it) that begins with its tone."""
    samples = round(sound.sample_rate * part)
    frame = av.AudioFrame(format="fltp", layout="stereo", samples=samples)
    wave = _second_of_sound(sound, second)[:samples].tobytes()
    for plane in frame.planes:
        plane.update(wave.ljust(plane.buffer_size, b"\0"))
    frame.sample_rate = sound.sample_rate
    frame.pts, frame.time_base = second * sound.sample_rate, Fraction(1, sound.sample_rate)
    container.mux(stream.encode(frame))


def _second_of_sound(sound: SoundRecipe, second: int) -> array[float]:
    hertz, length_s = (sound.ten_hz, sound.ten_s) if second % 10 == 0 else (sound.tone_hz, sound.tone_s)
    wave = array("f", bytes(4 * sound.sample_rate))
    for index in range(round(length_s * sound.sample_rate)):
        time_s = index / sound.sample_rate
        envelope = min(1.0, time_s / _SOFT_EDGE_S, (length_s - time_s) / (length_s / 2))
        # A cosine is at full height at once: the tone is there from its first sample on.
        wave[index] = sound.level * envelope * math.cos(2 * math.pi * hertz * time_s)
    return wave
