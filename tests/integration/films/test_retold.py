"""A film that is told how its picture lies is the same film to a decoder, and says so."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import av
import pytest
from av.sidedata.sidedata import Type

from tests.integration.films.conftest import MakeFilm
from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.retold import told_ahead

SPHERE, TOP_BOTTOM = 0, 2
"""AV_SPHERICAL_EQUIRECTANGULAR and AV_STEREO3D_TOPBOTTOM."""


def packets(path: Path) -> list[tuple[int, int | None, bytes]]:
    with av.open(str(path)) as container:
        return [
            (packet.stream.index, packet.pts, bytes(packet)) for packet in container.demux() if packet.size
        ]


@pytest.mark.parametrize(
    ("name", "audio", "options"),
    [
        ("sist.mp4", "aac", {}),
        ("først.mp4", "aac", {"movflags": "faststart"}),
        ("kamera.mov", None, {}),
    ],
)
def test_a_decoder_finds_every_sample_and_what_was_told(
    make_film: MakeFilm, tmp_path: Path, name: str, audio: str | None, options: dict[str, str]
) -> None:
    film = make_film(name, audio=audio, container_options=options)
    ahead = told_ahead(film, projection=Projection.EQUIRECT, stereo=Stereo.TOP_BOTTOM, padding=500)
    both = tmp_path / f"fortalt{film.suffix}"
    both.write_bytes(ahead + film.read_bytes() + bytes(500))
    assert packets(both) == packets(film)
    with av.open(str(both)) as container:
        side_data: Any = next(container.decode(video=0)).side_data  # PyAV's types know other keys only
        spherical, stereo = (bytes(side_data[kind]) for kind in (Type.SPHERICAL, Type.STEREO3D))
    assert struct.unpack_from("I", spherical) == (SPHERE,)
    assert struct.unpack_from("I", stereo) == (TOP_BOTTOM,)
