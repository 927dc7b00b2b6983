"""The index of an MP4 file: how far its samples reach, and how it is rewritten."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.trainer_app.library.mp4 import FTYP, moov, sample_table
from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.boxes import Box, BoxError, children, find, make
from trainer_app.library.moov import chunk_offsets, mark_spherical, media_end, read_layout, read_moov


def _root(data: bytes) -> Box:
    return Box(b"moov", 0, 8, len(data))


def _end(data: bytes) -> int:
    return media_end(data, _root(data))


def test_the_last_sample_of_the_last_chunk_tells_where_the_media_ends() -> None:
    assert _end(moov(sample_table([1000, 2000], [10, 20, 30, 40], [(1, 2)]))) == 2070


def test_chunks_may_lie_in_any_order_and_hold_different_numbers_of_samples() -> None:
    table = sample_table([5000, 100, 300], [1, 2, 3, 4, 5, 6], [(1, 3), (2, 1), (3, 2)])
    assert _end(moov(table)) == 5006


def test_samples_of_one_size_and_wide_offsets_are_understood() -> None:
    table = sample_table([6_000_000_000], [0] * 50, [(1, 50)], wide=True, each=100)
    assert _end(moov(table)) == 6_000_005_000


def test_a_track_without_samples_ends_nowhere() -> None:
    assert _end(moov(sample_table([], [], []))) == 0


@given(st.data())
def test_a_spoilt_index_gives_a_number_or_one_error(data: st.DataObject) -> None:
    good = moov(sample_table([1000, 2000], [10, 20, 30, 40], [(1, 2)]))
    spoilt = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(8, len(good) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BoxError):
        assert _end(bytes(spoilt)) >= 0


@given(st.binary(max_size=300))
def test_any_bytes_have_a_layout_or_give_one_error(data: bytes) -> None:
    try:
        layout = read_layout(io.BytesIO(data))
    except BoxError:
        return
    assert layout.file_bytes == len(data)
    assert layout.needed_bytes >= max((box.end for box in layout.boxes), default=0)


def test_a_file_cut_inside_a_box_header_is_seen_to_lack_something() -> None:
    whole = FTYP + make(b"mdat", bytes(100))
    for cut in range(1, 8):
        layout = read_layout(io.BytesIO(whole + make(b"moov", bytes(50))[:cut]))
        assert layout.needed_bytes > layout.file_bytes


def test_an_index_of_absurd_size_is_not_read() -> None:
    head = FTYP + b"\x00\x00\x00\x01moov" + (1 << 40).to_bytes(8, "big")
    file = io.BytesIO(head)
    with pytest.raises(BoxError):
        read_moov(file, read_layout(file))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("index_first", [False, True])
def test_marking_moves_exactly_the_chunks_behind_the_index(
    tmp_path: Path, *, index_first: bool, wide: bool
) -> None:
    media = bytes(range(200))

    def index(at: int) -> bytes:
        return moov(sample_table([at, at + 100], [100, 100], [(1, 1)], wide=wide))

    length = len(index(0))
    at = len(FTYP) + 8 + (length if index_first else 0)
    parts = [index(at), make(b"mdat", media)]
    source, target = tmp_path / "plain.mp4", tmp_path / "marked.mp4"
    source.write_bytes(FTYP + b"".join(parts if index_first else reversed(parts)))
    mark_spherical(source, target, stereo=Stereo.MONO, projection=Projection.EQUIRECT)

    data = target.read_bytes()
    with target.open("rb") as file:
        layout = read_layout(file)
        read = read_moov(file, layout)
    assert read is not None
    assert layout.index_first is index_first
    (tables,) = _tables(read[0])
    first, second = chunk_offsets(read[0], tables)
    assert data[first : first + 200] == media
    assert second == first + 100
    assert media_end(*read) <= len(data)


def _tables(data: bytes) -> list[dict[bytes, Box]]:
    tables = []
    for trak in children(data, _root(data)):
        stbl = find(data, trak, b"mdia", b"minf", b"stbl")
        assert stbl is not None
        tables.append({box.type: box for box in children(data, stbl)})
    return tables
