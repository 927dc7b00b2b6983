"""Boxes: whatever the bytes, they lie inside their parent or there is an error."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.library.boxes import BoxError, find, make, make_full, read_header, walk

payloads = st.lists(st.tuples(st.binary(min_size=4, max_size=4), st.binary(max_size=40)), max_size=6)


@given(payloads)
def test_boxes_that_were_written_are_read(boxes: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(make(box_type, body) for box_type, body in boxes)
    assert [(box.type, data[box.body : box.end]) for box in walk(data, 0, len(data))] == boxes


@given(st.binary(max_size=200))
def test_any_bytes_give_boxes_inside_or_one_error(data: bytes) -> None:
    try:
        boxes = list(walk(data, 0, len(data)))
    except BoxError:
        return
    assert all(0 <= box.start < box.body <= box.end <= len(data) for box in boxes)


def test_long_lengths_and_lengths_to_the_end_are_understood() -> None:
    assert read_header(struct.pack(">I4sQ", 1, b"mdat", 5_000_000_000)).total_bytes == 5_000_000_000
    assert read_header(struct.pack(">I4s", 0, b"mdat")).total_bytes is None


@pytest.mark.parametrize("length", [2, 7])
def test_a_box_shorter_than_its_header_is_an_error(length: int) -> None:
    with pytest.raises(BoxError):
        read_header(struct.pack(">I4s", length, b"free"))


def test_a_path_leads_to_a_box_or_to_nothing() -> None:
    data = make(b"moov", make(b"trak", make(b"mdia", make_full(b"hdlr", b"x"))))
    (moov,) = walk(data, 0, len(data))
    found = find(data, moov, b"trak", b"mdia", b"hdlr")
    assert found is not None
    assert data[found.end - 1 : found.end] == b"x"
    assert find(data, moov, b"trak", b"minf") is None
