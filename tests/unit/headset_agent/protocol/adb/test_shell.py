from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb.errors import RemoteProtocolError
from headset_agent.protocol.adb.shell import Frame, FrameKind, FrameReader, encode_frame

FRAMES = st.lists(st.builds(Frame, st.sampled_from(FrameKind), st.binary(max_size=50)), max_size=8)


def test_a_frame_has_the_documented_bytes() -> None:
    assert encode_frame(FrameKind.STDERR, b"abc") == b"\x02\x03\x00\x00\x00abc"


@given(FRAMES, st.integers(1, 20))
def test_whole_and_any_cut_agree(frames: list[Frame], cut: int) -> None:
    data = b"".join(encode_frame(frame.kind, frame.data) for frame in frames)
    for step in (len(data) or 1, cut):
        reader = FrameReader()
        found: list[Frame] = []
        for start in range(0, len(data), step):
            found += reader.feed(data[start : start + step])
        assert found == frames


def test_frames_of_kinds_to_come_are_skipped() -> None:
    data = b"\x63\x02\x00\x00\x00??" + encode_frame(FrameKind.EXIT, b"\x07")
    assert FrameReader().feed(data) == [Frame(FrameKind.EXIT, b"\x07")]


def test_an_absurd_length_is_an_error_of_the_peer() -> None:
    with pytest.raises(RemoteProtocolError):
        FrameReader().feed(b"\x01\xff\xff\xff\xff")
