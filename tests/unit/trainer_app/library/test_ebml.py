"""The beginning of WebM and Matroska files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer_app.library.ebml import is_matroska, read_segment

HEAD = bytes.fromhex("1a45dfa3 87 4282 84") + b"webm"


def test_the_document_type_and_the_segments_end_are_found() -> None:
    segment = read_segment(HEAD + bytes.fromhex("18538067 4100"))
    assert segment is not None
    assert segment.doc_type == "webm"
    assert segment.end == len(HEAD) + 6 + 0x100


def test_a_live_recording_has_no_known_end() -> None:
    segment = read_segment(HEAD + bytes.fromhex("18538067 01ffffffffffffff"))
    assert segment is not None
    assert segment.end is None


@given(st.binary(max_size=100))
def test_any_bytes_give_a_segment_or_none(data: bytes) -> None:
    read_segment(bytes.fromhex("1a45dfa3") + data)
    assert is_matroska(HEAD)
