"""What is read ahead of a film so that it says how its picture lies."""

from __future__ import annotations

import contextlib
import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.trainer_app.library.mp4 import FTYP, moov, sample_table
from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.boxes import Box, BoxError, children, find, make
from trainer_app.library.moov import chunk_offsets, media_end, read_layout, read_moov
from trainer_app.library.retold import told_ahead
from trainer_app.library.spherical import (
    read_spherical,
    spherical_box_v1,
    spherical_boxes_v2,
    video_tracks,
)

MEDIA = bytes(range(256)) * 2
LAST = 4 * 2**30 - 300
"""Where a chunk lies just within 32 bits."""


def film(*, index_first: bool, wide: bool, before: int = 0) -> bytes:
    """A film of two chunks with ``before`` bytes of something else between type and media."""

    def index(at: int) -> bytes:
        return moov(sample_table([at, at + 256], [256, 256], [(1, 1)], wide=wide))

    other = make(b"free", bytes(before))
    at = len(FTYP) + len(other) + 8 + (len(index(0)) if index_first else 0)
    parts = [index(at), other, make(b"mdat", MEDIA)]
    return FTYP + b"".join(parts if index_first else [*parts[1:], parts[0]])


def told(path: Path, *, stereo: Stereo = Stereo.MONO, projection: Projection = Projection.EQUIRECT) -> bytes:
    return told_ahead(path, stereo=stereo, projection=projection)


def chunks(data: bytes) -> list[tuple[int, ...]]:
    root = Box(b"moov", 0, 8, len(data))
    found = []
    for trak in children(data, root):
        stbl = find(data, trak, b"mdia", b"minf", b"stbl")
        assert stbl is not None
        found.append(chunk_offsets(data, {box.type: box for box in children(data, stbl)}))
    return found


@given(
    index_first=st.booleans(),
    wide=st.booleans(),
    before=st.integers(0, 2000),
    stereo=st.sampled_from(Stereo),
    projection=st.sampled_from(Projection),
)
def test_read_one_after_the_other_they_are_that_film(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    index_first: bool,
    wide: bool,
    before: int,
    stereo: Stereo,
    projection: Projection,
) -> None:
    path = tmp_path_factory.getbasetemp() / "retold.mp4"
    path.write_bytes(film(index_first=index_first, wide=wide, before=before))
    padding = 1000
    ahead = told_ahead(path, stereo=stereo, projection=projection, padding=padding)
    whole = ahead + path.read_bytes() + bytes(padding)

    file = io.BytesIO(whole)
    layout = read_layout(file)
    assert [box.type for box in layout.boxes] == [b"ftyp", b"moov", b"mdat"]
    assert layout.needed_bytes == layout.file_bytes == len(whole)
    read = read_moov(file, layout)
    assert read is not None
    (first, second), *_ = chunks(read[0])
    assert whole[first : first + 256] + whole[second : second + 256] == MEDIA
    assert media_end(*read) <= len(whole) - padding
    (trak,) = video_tracks(*read)
    says = read_spherical(read[0], trak)
    assert {found.stereo for found in says} == {stereo.value}
    flat = projection is Projection.FLAT
    assert {found.projection for found in says} == ({None} if flat else {"equirect"})


def test_what_the_file_says_itself_counts_no_more(tmp_path: Path) -> None:
    """A user who knows better has said so."""
    entry = make(
        b"avc1",
        bytes(78),
        make(b"avcC", b"x"),
        spherical_boxes_v2(Stereo.LEFT_RIGHT, Projection.EQUIRECT),
        make(b"btrt", b"y"),
    )
    table = sample_table([], [], [], entry=entry)
    path = tmp_path / "film.mp4"
    path.write_bytes(FTYP + moov(table, spherical_box_v1(Stereo.LEFT_RIGHT)) + make(b"mdat", MEDIA))
    data = told(path, stereo=Stereo.TOP_BOTTOM)
    assert data.count(b"st3d") == data.count(b"sv3d") == data.count(b"SphericalVideo xmlns") == 1
    assert b"left-right" not in data
    assert data.index(b"avcC") < data.index(b"btrt") < data.index(b"st3d")


def test_padding_behind_a_sample_entry_hides_nothing(tmp_path: Path) -> None:
    entry = make(b"avc1", bytes(78), make(b"avcC", b"x"), b"\0\0\0\1QT")
    table = sample_table([], [], [], entry=entry)
    path = tmp_path / "film.mov"
    path.write_bytes(moov(table) + make(b"mdat", MEDIA))
    data = told(path, stereo=Stereo.TOP_BOTTOM)
    read = read_moov(io.BytesIO(data), read_layout(io.BytesIO(data)))
    assert read is not None
    (trak,) = video_tracks(*read)
    assert [found.stereo for found in read_spherical(read[0], trak) if found.version == 2] == ["top-bottom"]


def test_a_film_of_many_gigabytes_is_told_in_no_time(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    at = 6 * 2**30
    head = FTYP + struct.pack(">I4sQ", 1, b"mdat", at + 512 - len(FTYP))
    with path.open("wb") as file:
        file.write(head)
        file.seek(at)
        file.write(MEDIA + moov(sample_table([at, at + 256], [256, 256], [(1, 1)], wide=True)))
    ahead = told(path)
    read = read_moov(io.BytesIO(ahead), read_layout(io.BytesIO(ahead)))
    assert read is not None
    assert chunks(read[0]) == [(len(ahead) + at, len(ahead) + at + 256)]
    assert struct.unpack(">I4sQ", ahead[-16:]) == (1, b"mdat", 16 + path.stat().st_size)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1aE\xdf\xa3" + bytes(200),
        FTYP + make(b"mdat", MEDIA),
        FTYP + moov(sample_table([], [], []), handler=b"soun") + make(b"mdat", MEDIA),
        film(index_first=True, wide=False)[:-1],
        FTYP + make(b"moov", moov(sample_table([], [], []))[8:], make(b"mvex", bytes(8))) + make(b"moof"),
        FTYP + moov(sample_table([LAST], [1], [(1, 1)])) + make(b"mdat", MEDIA),
    ],
    ids=["empty", "WebM", "no index", "no picture", "cut off", "fragmented", "too far for 32 bits"],
)
def test_what_cannot_be_told_gives_one_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(data)
    with pytest.raises(BoxError):
        told(path)


@given(st.data())
def test_a_spoilt_film_gives_bytes_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "spoilt.mp4"
    spoilt = bytearray(film(index_first=True, wide=False))
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 513))] = data.draw(st.integers(0, 255))
    path.write_bytes(spoilt)
    with contextlib.suppress(BoxError):
        assert told(path)
