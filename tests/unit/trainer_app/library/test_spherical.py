"""Spherical metadata: what is written is read, and strange files do no harm."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.trainer_app.library.mp4 import moov
from trainer_app.domain.films import Bounds, Projection, SphericalMetadata, Stereo
from trainer_app.library.boxes import SAMPLE_ENTRY_BYTES, Box, make, make_full
from trainer_app.library.spherical import (
    V1_UUID,
    read_spherical,
    spherical_box_v1,
    spherical_boxes_v2,
    video_tracks,
)

XML = """<?xml version="1.0"?><rdf:SphericalVideo
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns:GSpherical="http://ns.google.com/videos/1.0/spherical/">{}</rdf:SphericalVideo>"""


def _read(entry: bytes = b"", *more: bytes) -> tuple[SphericalMetadata, ...]:
    stsd = make_full(b"stsd", struct.pack(">I", 1), make(b"avc1", bytes(SAMPLE_ENTRY_BYTES), entry))
    data = moov(make(b"stbl", stsd), *more)
    (trak,) = video_tracks(data, Box(b"moov", 0, 8, len(data)))
    return read_spherical(data, trak)


def _v1(inner: str) -> tuple[SphericalMetadata, ...]:
    tags = "".join(
        f"<GSpherical:{name}>{value}</GSpherical:{name}>"
        for name, value in (pair.split("=") for pair in inner.split())
    )
    return _read(b"", make(b"uuid", V1_UUID, XML.format(tags).encode()))


@pytest.mark.parametrize("stereo", list(Stereo))
def test_both_versions_are_read_back(stereo: Stereo) -> None:
    found = _read(spherical_boxes_v2(stereo, Projection.EQUIRECT), spherical_box_v1(stereo))
    assert [(metadata.version, metadata.projection, metadata.stereo) for metadata in found] == [
        (2, "equirect", stereo.value),
        (1, "equirect", stereo.value),
    ]


def test_half_a_sphere_is_told_by_its_bounds() -> None:
    (found,) = _read(spherical_boxes_v2(Stereo.LEFT_RIGHT, Projection.EQUIRECT_180))
    assert found.bounds == Bounds(left=0.25, right=0.25)


@pytest.mark.parametrize(("box", "word"), [(b"cbmp", "cubemap"), (b"mshp", "mesh")])
def test_other_projections_are_named(box: bytes, word: str) -> None:
    (found,) = _read(make(b"sv3d", make(b"proj", make_full(box, bytes(8)))))
    assert found.projection == word


def test_the_cropped_area_of_version_1_becomes_bounds() -> None:
    (found,) = _v1(
        "Spherical=true ProjectionType=equirectangular StereoMode=left-right "
        "FullPanoWidthPixels=4000 FullPanoHeightPixels=2000 CroppedAreaImageWidthPixels=2000 "
        "CroppedAreaImageHeightPixels=2000 CroppedAreaLeftPixels=1000 CroppedAreaTopPixels=0"
    )
    assert found.bounds == Bounds(left=0.25, right=0.25)
    assert found.stereo == "left-right"


def test_a_film_that_says_it_is_not_spherical_is_believed() -> None:
    assert _v1("Spherical=false ProjectionType=equirectangular") == ()


def test_xml_that_defines_entities_is_not_parsed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XML.format(
        "<GSpherical:Spherical>true</GSpherical:Spherical>"
    )
    assert _read(b"", make(b"uuid", V1_UUID, bomb.encode())) == ()


@given(st.binary(max_size=300))
def test_any_bytes_as_version_1_do_no_harm(data: bytes) -> None:
    _read(b"", make(b"uuid", V1_UUID, data))


@given(st.binary(max_size=120))
def test_any_bytes_behind_a_sample_entry_do_no_harm(data: bytes) -> None:
    _read(data)


@given(st.integers(0, 255))
def test_any_stereo_code_has_a_word(code: int) -> None:
    (found,) = _read(make_full(b"st3d", bytes([code])))
    assert found.stereo
    assert (found.stereo in {"mono", "top-bottom", "left-right"}) == (code < 3)
