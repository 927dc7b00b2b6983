"""Small real films whose pixels say where on the sphere, and in which eye, they lie."""

from __future__ import annotations

import functools
import math
import struct
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw

RATE = 10
"""Pictures a second: few, because every one is decoded and drawn without a graphics processor."""

SOUND_RATE = 48_000

TONE_HZ = 440.0

Colour = tuple[int, int, int]

LEFT: dict[str, Colour] = {
    "N": (200, 40, 40),
    "E": (40, 180, 40),
    "S": (40, 60, 200),
    "W": (200, 190, 30),
    "up": (230, 230, 230),
    "down": (90, 30, 110),
}
"""What the left eye (or both) finds in each direction; far apart, so that no codec blurs one into another."""

RIGHT: dict[str, Colour] = {
    "N": (30, 170, 170),
    "E": (190, 40, 180),
    "S": (230, 120, 20),
    "W": (110, 150, 240),
    "up": (120, 120, 120),
    "down": (20, 90, 40),
}
"""The same for the right eye of a stereo film."""


def panorama(colours: dict[str, Colour], width: int, height: int) -> Image.Image:
    """An equirectangular picture: a colour a quarter of the horizon, another above and below 45 degrees."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    # Column 0 is straight behind; quarters are centred on their direction, so the south is in two parts.
    for name, centre in (("S", 0.0), ("W", 0.25), ("N", 0.5), ("E", 0.75), ("S", 1.0)):
        left, right = (centre - 0.125) * width, (centre + 0.125) * width - 1
        pen.rectangle((max(left, 0), 0, min(right, width - 1), height), fill=colours[name])
    pen.rectangle((0, 0, width, height // 4 - 1), fill=colours["up"])
    pen.rectangle((0, height - height // 4, width, height), fill=colours["down"])
    return picture


def stacked() -> Image.Image:
    """Top-bottom stereo: the left eye's panorama above the right eye's."""
    picture = Image.new("RGB", (640, 640))
    picture.paste(panorama(LEFT, 640, 320), (0, 0))
    picture.paste(panorama(RIGHT, 640, 320), (0, 320))
    return picture


def halves() -> Image.Image:
    """Left-right stereo: the left eye's panorama beside the right eye's."""
    picture = Image.new("RGB", (320, 160))
    picture.paste(panorama(LEFT, 160, 160), (0, 0))
    picture.paste(panorama(RIGHT, 160, 160), (160, 0))
    return picture


def make_film(path: Path, picture: Image.Image, seconds: float, *, sound: bool = True) -> Path:
    """Write an H.264 (and AAC) film, moov first, of a still picture with a moving mark far down."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as film:
        stream = film.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "crf": "20"})
        stream.width, stream.height = picture.size
        stream.pix_fmt = "yuv420p"
        stream.gop_size = RATE
        audio = film.add_stream("aac", rate=SOUND_RATE, layout="mono") if sound else None
        for number in range(round(seconds * RATE)):
            drawn = picture.copy()
            at = number * 4 % picture.width
            ImageDraw.Draw(drawn).rectangle(
                (at, picture.height - 8, at + 8, picture.height), fill=(255, 255, 255)
            )
            frame = av.VideoFrame.from_image(drawn)  # type: ignore[no-untyped-call]  # PyAV leaves it so
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
        if audio is not None:
            for packet_start in range(0, round(seconds * SOUND_RATE), 1024):
                film.mux(audio.encode(_sound(packet_start)))
            film.mux(audio.encode(None))
    return path


def slowed(source: Path, path: Path, times: int) -> Path:
    """Write a film's pictures, each so many times as long, without sound: a long film made in no time."""
    with av.open(str(source)) as given, av.open(str(path), "w", options={"movflags": "faststart"}) as film:
        stream = film.add_stream_from_template(given.streams.video[0])
        for packet in given.demux(video=0):
            if packet.dts is None or packet.pts is None:
                continue
            packet.pts, packet.dts = packet.pts * times, packet.dts * times
            packet.duration = (packet.duration or 0) * times
            packet.stream = stream
            film.mux(packet)
    return path


def _sound(start: int) -> av.AudioFrame:
    """1024 samples of a quiet tone that never ends."""
    at = start % SOUND_RATE * 2
    frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
    frame.planes[0].update((_second_of_sound() * 2)[at : at + 2048])
    frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
    return frame


@functools.cache
def _second_of_sound() -> bytes:
    step = 2 * math.pi * TONE_HZ / SOUND_RATE
    tone = [round(8_000 * math.sin(index * step)) for index in range(SOUND_RATE)]
    return struct.pack(f"<{len(tone)}h", *tone)
