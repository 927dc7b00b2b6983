"""Reads the boxes of ISO base media files (MP4, QuickTime): sans-IO, for files nobody has vouched for.

A box is a length, a four-letter type and a payload; some payloads are boxes again. Nothing here trusts a
length: whatever the bytes, a reader gets boxes that lie inside their parent, or :class:`BoxError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"udta"})
"""Boxes whose payload is nothing but boxes."""

SAMPLE_ENTRY_BYTES = 78
"""Fields of a visual sample entry before its own boxes."""


class BoxError(ValueError):
    """The bytes are no boxes."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box lies in the buffer or file: offsets in bytes from its beginning."""

    type: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class BoxHeader:
    """A box's type, the length of its header, and of all of it (None: to the end of the file)."""

    type: bytes
    header_bytes: int
    total_bytes: int | None


def read_header(data: bytes | memoryview) -> BoxHeader:
    """Read a box header from up to 16 bytes.

    Raises:
        BoxError: too short, or a length smaller than the header itself.
    """
    if len(data) < 8:
        raise BoxError("a box header needs 8 bytes")
    length, box_type = struct.unpack_from(">I4s", data)
    header = 8
    if length == 1:
        if len(data) < 16:
            raise BoxError("a long box header needs 16 bytes")
        (length,) = struct.unpack_from(">Q", data, 8)
        header = 16
    elif length == 0:
        return BoxHeader(box_type, header, None)
    if length < header:
        raise BoxError(f"box {box_type!r} says it has {length} bytes")
    return BoxHeader(box_type, header, length)


def walk(data: bytes | memoryview, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes that lie side by side in ``data[start:end]``.

    Raises:
        BoxError: one of them is malformed or reaches beyond ``end``.
    """
    at = start
    # QuickTime ends some lists with four zero bytes; nothing shorter than a header can be a box.
    while end - at >= 8:
        header = read_header(data[at : min(at + 16, end)])
        stop = end if header.total_bytes is None else at + header.total_bytes
        if stop > end:
            raise BoxError(f"box {header.type!r} is longer than its parent")
        yield Box(header.type, at, at + header.header_bytes, stop)
        at = stop


def children(data: bytes | memoryview, box: Box, *, skip: int = 0) -> Iterator[Box]:
    """Yield the boxes inside ``box``, after ``skip`` bytes of other fields."""
    yield from walk(data, min(box.body + skip, box.end), box.end)


def find(data: bytes | memoryview, box: Box, *path: bytes) -> Box | None:
    """Return the first box at ``path`` below ``box``, or None."""
    for wanted in path:
        found = next((child for child in children(data, box) if child.type == wanted), None)
        if found is None:
            return None
        box = found
    return box


def make(box_type: bytes, *parts: bytes) -> bytes:
    """Return a box with a 32-bit length."""
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, box_type) + body


def make_full(box_type: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box that begins with version and flags."""
    return make(box_type, struct.pack(">I", version << 24 | flags), *parts)
