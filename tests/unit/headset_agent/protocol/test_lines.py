"""However TCP cuts the bytes, the same lines come out; what never ends is refused before memory fills."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.lines import LineBuffer, LineTooLong

lines = st.lists(st.binary(max_size=20).map(lambda data: data.replace(b"\n", b"")), max_size=10)


@given(lines=lines, rest=st.binary(max_size=10).map(lambda d: d.replace(b"\n", b"")), data=st.data())
def test_any_cut_gives_the_same_lines(lines: list[bytes], rest: bytes, data: st.DataObject) -> None:
    stream = b"".join(line + b"\n" for line in lines) + rest
    buffer = LineBuffer()
    found: list[bytes] = []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        found += buffer.feed(stream[:cut])
        stream = stream[cut:]
    assert found == lines
    assert buffer.feed(b"\n") == [rest]


def test_longest_line_is_taken_and_one_byte_more_is_not() -> None:
    assert LineBuffer(limit=8).feed(b"12345678\n") == [b"12345678"]
    with pytest.raises(LineTooLong):
        LineBuffer(limit=8).feed(b"123456789\n")


def test_endless_line_is_refused_before_it_ends() -> None:
    buffer = LineBuffer(limit=8)
    assert buffer.feed(b"1234") == []
    assert buffer.feed(b"5678") == []
    with pytest.raises(LineTooLong):
        buffer.feed(b"9")
