"""An MP4 file's index (moov): where it lies, whether its film is all there, and how it is rewritten."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.boxes import (
    CONTAINERS,
    Box,
    BoxError,
    children,
    find,
    make,
    read_header,
    walk,
)
from trainer_app.library.spherical import (
    is_spherical_v1,
    sample_entries,
    spherical_box_v1,
    spherical_boxes_v2,
    video_tracks,
    with_spherical_v2,
)

LARGEST_MOOV = 128 * 1024 * 1024
"""Bytes. Ten hours of film need about a tenth of it; it is read into memory whole."""

_MOST_BOXES = 1_000_000
"""Boxes at top level: a fragmented film has some thousands; a file of empty boxes must not hold us up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLayout:
    """The boxes at a file's top level.

    Attributes:
        boxes: Those that begin inside the file, in order; the last may reach beyond its end.
        file_bytes: Length of the file.
        needed_bytes: Length it has to have for all boxes to be whole.
    """

    boxes: tuple[Box, ...]
    file_bytes: int
    needed_bytes: int

    def first(self, box_type: bytes) -> Box | None:
        """Return the first box of this type."""
        return next((box for box in self.boxes if box.type == box_type), None)

    @property
    def index_first(self) -> bool:
        """The index lies before the media."""
        moov, mdat = self.first(b"moov"), self.first(b"mdat")
        return moov is not None and (mdat is None or moov.start < mdat.start)


def read_layout(file: BinaryIO) -> FileLayout:
    """Read the headers at top level; never the payloads.

    Raises:
        BoxError: the file is not made of boxes.
    """
    size = file.seek(0, os.SEEK_END)
    boxes: list[Box] = []
    at = 0
    while size - at >= 8 and len(boxes) < _MOST_BOXES:
        file.seek(at)
        header = read_header(file.read(16))
        end = size if header.total_bytes is None else at + header.total_bytes
        boxes.append(Box(header.type, at, at + header.header_bytes, end))
        at = end
    # What is left over (less than a header) is the beginning of a box that was cut off.
    needed = at + 8 if 0 < size - at < 8 else at
    return FileLayout(boxes=tuple(boxes), file_bytes=size, needed_bytes=needed)


def read_moov(file: BinaryIO, layout: FileLayout) -> tuple[bytes, Box] | None:
    """Return the bytes of the moov box and the box as it lies in them; None: the file has none.

    Raises:
        BoxError: larger than :data:`LARGEST_MOOV`.
    """
    box = layout.first(b"moov")
    if box is None:
        return None
    if box.end - box.start > LARGEST_MOOV:
        raise BoxError("the index is larger than any film needs")
    file.seek(box.start)
    data = file.read(box.end - box.start)
    return data, Box(b"moov", 0, box.body - box.start, len(data))


def media_end(moov: bytes, root: Box) -> int:
    """Return the offset in the file just behind the last sample of any track; 0 if there is none.

    Raises:
        BoxError: the sample tables contradict themselves.
    """
    return max((_track_end(moov, trak) for trak in children(moov, root) if trak.type == b"trak"), default=0)


def _track_end(moov: bytes, trak: Box) -> int:
    stbl = find(moov, trak, b"mdia", b"minf", b"stbl")
    if stbl is None:
        return 0
    tables = {box.type: box for box in children(moov, stbl)}
    if not tables.keys() >= {b"stsz", b"stsc"} or not tables.keys() & {b"stco", b"co64"}:
        return 0
    try:
        offsets = chunk_offsets(moov, tables)
        sizes = _sample_sizes(moov, tables[b"stsz"])
        return _last_byte(offsets, list(_runs(moov, tables[b"stsc"])), sizes)
    except struct.error as error:
        raise BoxError("a sample table is shorter than it says") from error


def chunk_offsets(moov: bytes, tables: dict[bytes, Box]) -> tuple[int, ...]:
    """Return where in the file each chunk of a track begins.

    Raises:
        BoxError: the track does not say, or not for all.
    """
    if not tables.keys() & {b"stco", b"co64"}:
        raise BoxError("a track does not say where its chunks are")
    box, letter = (tables[b"stco"], "I") if b"stco" in tables else (tables[b"co64"], "Q")
    return _numbers(moov, box, letter, at=box.body + 4)


def _numbers(moov: bytes, box: Box, letter: str, *, at: int, per_entry: int = 1) -> tuple[int, ...]:
    """Read a table: a 32-bit count at ``at``, then its entries."""
    if at + 4 > box.end:
        raise BoxError("a table without a count")
    (count,) = struct.unpack_from(">I", moov, at)
    form = f">{count * per_entry}{letter}"
    if at + 4 + struct.calcsize(form) > box.end:
        raise BoxError("a table is shorter than it says")
    return struct.unpack_from(form, moov, at + 4)


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Bytes of each sample: one size for all, or a table."""

    each: int
    table: tuple[int, ...]

    def total(self, first: int, count: int) -> int:
        if self.each:
            return self.each * count
        return sum(self.table[first : first + count])


def _sample_sizes(moov: bytes, stsz: Box) -> _Sizes:
    (each,) = struct.unpack_from(">I", moov, stsz.body + 4)
    return _Sizes(each, () if each else _numbers(moov, stsz, "I", at=stsz.body + 8))


def _runs(moov: bytes, stsc: Box) -> Iterator[tuple[int, int]]:
    """Yield (index of the first chunk, samples a chunk), in order."""
    numbers = _numbers(moov, stsc, "I", at=stsc.body + 4, per_entry=3)
    for first_chunk, samples in zip(numbers[0::3], numbers[1::3], strict=True):
        yield first_chunk - 1, samples


def _last_byte(offsets: tuple[int, ...], runs: list[tuple[int, int]], sizes: _Sizes) -> int:
    end = sample = run = 0
    for chunk, offset in enumerate(offsets):
        while run + 1 < len(runs) and runs[run + 1][0] <= chunk:
            run += 1
        samples = runs[run][1] if runs else 0
        end = max(end, offset + sizes.total(sample, samples))
        sample += samples
    return end


# --- rewriting ----------------------------------------------------------------------------------------


def mark_spherical(source: Path, target: Path, *, stereo: Stereo, projection: Projection) -> None:
    """Copy an MP4 file, adding spherical metadata of both versions to its video tracks.

    The index grows; where it lies before the media, every chunk offset behind it is moved along.

    Raises:
        BoxError: ``source`` is no MP4 file with an index, or too large for its 32-bit offsets.
    """
    with source.open("rb") as reading, target.open("wb") as writing:
        layout = read_layout(reading)
        place = layout.first(b"moov")
        read = read_moov(reading, layout)
        if place is None or read is None:
            raise BoxError("no index")
        marked = marked_moov(*read, stereo=stereo, projection=projection)
        growth = len(marked) - len(read[0])
        reading.seek(0)
        writing.write(reading.read(place.start))
        writing.write(with_moved_chunks(marked, behind=place.end, by=growth))
        reading.seek(place.end)
        shutil.copyfileobj(reading, writing)


def marked_moov(moov: bytes, root: Box, *, stereo: Stereo, projection: Projection) -> bytes:
    """Return an index whose video tracks say how their picture lies, in place of what they said before.

    A flat picture is said to be one by saying nothing of a sphere.

    Raises:
        BoxError: it has no video track, or is no tree of boxes.
    """
    tracks = {trak.start for trak in video_tracks(moov, root)}
    entries = {entry.start for trak in video_tracks(moov, root) for entry in sample_entries(moov, trak)}
    if not entries:
        raise BoxError("no video track")
    v1 = spherical_box_v1(stereo) if projection is Projection.EQUIRECT else b""
    v2 = spherical_boxes_v2(stereo, projection)

    def rebuilt(box: Box) -> bytes:
        if box.start in entries:
            return with_spherical_v2(moov, box, v2)
        if box.type == b"stsd":
            return make(b"stsd", moov[box.body : box.body + 8], *map(rebuilt, children(moov, box, skip=8)))
        if box.type not in CONTAINERS - {b"udta"}:
            return moov[box.start : box.end]
        parts = list(children(moov, box))
        if box.start not in tracks:
            return make(box.type, *map(rebuilt, parts))
        return make(box.type, *(rebuilt(part) for part in parts if not is_spherical_v1(moov, part)), v1)

    return rebuilt(root)


def with_moved_chunks(moov: bytes, *, behind: int, by: int) -> bytes:
    """Return the index with all chunk offsets at or behind ``behind`` raised by ``by``.

    Raises:
        BoxError: one of them cannot be said in 32 bits any more.
    """
    moved = bytearray(moov)
    (root,) = walk(moov, 0, len(moov))
    for trak in children(moov, root):
        stbl = find(moov, trak, b"mdia", b"minf", b"stbl") if trak.type == b"trak" else None
        if stbl is None:
            continue
        tables = {box.type: box for box in children(moov, stbl)}
        offsets = [offset + by if offset >= behind else offset for offset in chunk_offsets(moov, tables)]
        box, letter = (tables[b"stco"], "I") if b"stco" in tables else (tables[b"co64"], "Q")
        try:
            struct.pack_into(f">{len(offsets)}{letter}", moved, box.body + 8, *offsets)
        except struct.error as error:
            raise BoxError("the file is too large for its chunk offsets") from error
    return bytes(moved)
