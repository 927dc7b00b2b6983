"""Small MP4 files for tests, put together from boxes; no encoder needed."""

from __future__ import annotations

import struct

from trainer_app.library.boxes import SAMPLE_ENTRY_BYTES, make, make_full

FTYP = make(b"ftyp", b"isom", bytes(4), b"isommp42")


def sample_table(
    offsets: list[int],
    sizes: list[int],
    runs: list[tuple[int, int]],
    *,
    wide: bool = False,
    each: int = 0,
    entry: bytes = make(b"avc1", bytes(SAMPLE_ENTRY_BYTES)),
) -> bytes:
    """Return ``stbl``; ``runs`` are (first chunk from 1, samples a chunk)."""
    letter, kind = ("Q", b"co64") if wide else ("I", b"stco")
    table = b"" if each else struct.pack(f">{len(sizes)}I", *sizes)
    return make(
        b"stbl",
        make_full(b"stsd", struct.pack(">I", 1), entry),
        make_full(b"stsz", struct.pack(">II", each, len(sizes)), table),
        make_full(b"stsc", struct.pack(">I", len(runs)), *(struct.pack(">3I", *run, 1) for run in runs)),
        make_full(kind, struct.pack(f">I{len(offsets)}{letter}", len(offsets), *offsets)),
    )


def moov(stbl: bytes, *more: bytes, handler: bytes = b"vide") -> bytes:
    """Return an index of one track; ``more`` are further boxes of the track."""
    media = make(b"mdia", make_full(b"hdlr", bytes(4), handler, bytes(12)), make(b"minf", stbl))
    return make(b"moov", make(b"trak", media, *more))
