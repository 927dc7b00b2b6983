"""Makes an MP4 film say how its picture lies, though its file does not, without writing the film anew.

What is made is read ahead of the file, as if both were one: the file's type, its index (moov) with spherical
metadata in it, and the header of a media box that holds all of the file as it is. Players take the first
index that they find, and its chunk offsets lead into the file.
"""

from __future__ import annotations

import struct
from pathlib import Path

from trainer_app.domain.films import Projection, Stereo
from trainer_app.library.boxes import BoxError, find
from trainer_app.library.moov import marked_moov, read_layout, read_moov, with_moved_chunks

_HEADER_BYTES = 16
"""Of a box whose length is said in 64 bits."""

_LONGEST_TYPE = 4096
"""Bytes of a file type box; usual ones have some forty."""


def told_ahead(path: Path, *, projection: Projection, stereo: Stereo, padding: int = 0) -> bytes:
    """Return what is to be read ahead of a film so that all its video tracks say this, and nothing else.

    Args:
        path: The film.
        projection: How its picture lies on the sphere.
        stereo: Where each eye's picture lies in it.
        padding: Bytes that are going to be read behind the film; they belong to the same box.

    Raises:
        BoxError: it is no MP4 file, is not whole, is fragmented, or too large for its chunk offsets.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        layout = read_layout(file)
        read, kind = read_moov(file, layout), layout.first(b"ftyp")
        if read is None or layout.needed_bytes != layout.file_bytes:
            raise BoxError("no index, or not all of the file")
        if find(*read, b"mvex") is not None:
            raise BoxError("its fragments could not be found again")
        file_type = b""
        if kind is not None and kind.end - kind.start <= _LONGEST_TYPE:
            file.seek(kind.start)
            file_type = file.read(kind.end - kind.start)
    moov = marked_moov(*read, stereo=stereo, projection=projection)
    header = struct.pack(">I4sQ", 1, b"mdat", _HEADER_BYTES + layout.file_bytes + padding)
    ahead = len(file_type) + len(moov) + _HEADER_BYTES
    return file_type + with_moved_chunks(moov, behind=0, by=ahead) + header
