"""A film whose frames carry their number as bars, and a virtual screen on which it is read again."""

from __future__ import annotations

import math
import mmap
import os
import struct
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av

from trainer_app.domain.films import Film, Projection, Stereo
from trainer_app.library.moov import mark_spherical
from trainer_app.library.retold import told_ahead

BITS = 16
_BAR_DEG = 3.0
_BARS = BITS + 2
_SIDE_DEG = _BAR_DEG * _BARS / 2
_HIGH_DEG = 12.0
_GREY, _BLACK, _WHITE = 90, 16, 235
_FILM_WIDTH = 960


def render_numbers(out: Path, *, seconds: int, frame_rate: int = 30, width: int = _FILM_WIDTH) -> None:
    """Render the film, without spherical metadata: grey all around, and in front a field of bars."""
    height, degree = width // 2, width / 360
    top, bottom = int(height / 2 - _HIGH_DEG * degree), int(height / 2 + _HIGH_DEG * degree)
    # A key frame a second, as the films of the suitcase have; no B-frames.
    options = {"preset": "veryfast", "crf": "20", "g": str(frame_rate), "sc_threshold": "0", "bf": "0"}
    with av.open(str(out), "w", format="mp4", container_options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=frame_rate, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(seconds * frame_rate):
            frame = av.VideoFrame(width, height, "yuv420p")
            line = frame.planes[0].line_size
            plain, barred = bytes([_GREY]) * line, _line_of(number, width).ljust(line, b"\0")
            frame.planes[0].update(plain * top + barred * (bottom - top) + plain * (height - bottom))
            for plane in frame.planes[1:]:
                plane.update(bytes([128]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, frame_rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def numbered_film(folder: Path, *, seconds: int, frame_rate: int = 30) -> Path:
    """Make that film in a folder, as one all around."""
    plain, film = folder / "plain.mp4", folder / "film.mp4"
    render_numbers(plain, seconds=seconds, frame_rate=frame_rate)
    mark_spherical(plain, film, stereo=Stereo.MONO, projection=Projection.EQUIRECT)
    return film


class OneFilm:
    """A library of one film."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def path_of(self, _film: Film) -> Path:
        return self._path

    def told_ahead(
        self, _film: Film, *, projection: Projection, stereo: Stereo, padding: int = 0
    ) -> bytes | None:
        return told_ahead(self._path, projection=projection, stereo=stereo, padding=padding)


def _line_of(number: int, width: int) -> bytes:
    """White, the number's bits from the lowest, white; black at both sides."""
    degree = width / 360
    line = bytearray([_GREY]) * width

    def paint(from_deg: float, to_deg: float, colour: int) -> None:
        left, right = round(width / 2 + from_deg * degree), round(width / 2 + to_deg * degree)
        line[left:right] = bytes([colour]) * (right - left)

    paint(-_SIDE_DEG - _BAR_DEG, _SIDE_DEG + _BAR_DEG, _BLACK)
    bits = [1, *((number >> bit) & 1 for bit in range(BITS)), 1]
    for place, bit in enumerate(bits):
        if bit:
            paint(-_SIDE_DEG + place * _BAR_DEG, -_SIDE_DEG + (place + 1) * _BAR_DEG, _WHITE)
    return bytes(line)


class VirtualScreen:
    """Xvfb with its picture in a file that is read without asking it.

    Attributes:
        name: For ``DISPLAY``.
    """

    def __init__(self, width: int = 640, height: int = 360) -> None:
        self.width, self.height = width, height
        self._folder = tempfile.TemporaryDirectory(prefix="simkoffert-screen-")
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-fbdir",
             self._folder.name, "-nolisten", "tcp", "-nocursor"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = f":{told.readline().strip()}"
        with Path(self._folder.name, "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # An X window dump: 25 numbers, a title, the colours, and the picture.
        header = struct.unpack(">25I", self._memory[:100])
        self._start, self._line = header[0] + header[19] * 12, header[12]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._memory.close()
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()

    def picture(self) -> bytes:
        """The whole picture: blue, green, red and an unused byte each, without gaps."""
        return self._memory[self._start : self._start + self._line * self.height]

    def number(self, *, flat: bool = False) -> int | None:
        """The number of the frame that is on the screen; None: none can be read.

        ``flat``: the film lies there as it is stored; else the view looks straight ahead.
        """
        at = self._start + self.height // 2 * self._line
        return read_number(self._memory[at : at + self.width * 4][1::4], flat=flat)


def read_number(line: bytes, *, flat: bool = False) -> int | None:
    """Read the bars of a line of grey values through the middle of a view."""
    white = [x for x, value in enumerate(line) if value > 190]
    if not white or abs(white[0] + white[-1] + 1 - len(line)) > 8:
        return None
    # What looks ahead is as far from the middle as the tangent of its angle.
    away = math.radians if flat else lambda angle_deg: math.tan(math.radians(angle_deg))
    scale = (white[-1] + 1 - white[0]) / 2 / away(_SIDE_DEG)
    number = 0
    for bit in range(BITS):
        value = line[round(len(line) / 2 + scale * away(-_SIDE_DEG + (bit + 1.5) * _BAR_DEG))]
        if 55 < value < 190:
            return None
        number |= (value > 190) << bit
    return number
