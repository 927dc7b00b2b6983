"""Films that are as long as a test needs them, quickly made."""

from __future__ import annotations

import struct
from pathlib import Path

import av

from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.moov import mark_spherical


def padded(film: Path, out: Path, size: int) -> Path:
    """A film made larger by a ``free`` box at its end, which every player skips."""
    content = film.read_bytes()
    padding = size - len(content)
    with out.open("wb") as stream:
        stream.write(content)
        is_long = padding >= 1 << 32
        stream.write(
            struct.pack(">I4sQ", 1, b"free", padding) if is_long else struct.pack(">I4s", padding, b"free")
        )
        stream.truncate(size)
    return out


def repeated(film: Path, out: Path, *, times: int, seconds: int) -> Path:
    """A spherical film that is shown several times over: encoding a long one takes longer than most tests.

    ``seconds`` is how long it takes once: a multiple of 8, which is a whole number of AAC's frames.
    """
    plain = out.with_suffix(".plain")
    with (
        av.open(str(film)) as once,
        av.open(str(plain), "w", format="mp4", container_options={"movflags": "+faststart"}) as long,
    ):
        copies = [long.add_stream_from_template(stream) for stream in once.streams]
        for turn in range(times):
            once.seek(0)
            for packet in once.demux():
                if packet.pts is None or packet.dts is None:
                    continue  # the end of a stream
                begins_s = packet.pts * packet.time_base
                if begins_s >= seconds or (begins_s < 0 and turn):
                    continue  # what an encoder adds before the start and after the end
                later = round(turn * seconds / packet.time_base)
                packet.pts, packet.dts = packet.pts + later, packet.dts + later
                packet.stream = copies[packet.stream.index]
                long.mux(packet)
    mark_spherical(plain, out, stereo=Stereo.MONO, projection=Projection.EQUIRECT)
    plain.unlink()
    return out
