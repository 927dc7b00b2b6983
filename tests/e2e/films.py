"""Films that are as long as a test needs them, quickly made."""

from __future__ import annotations

import struct
from pathlib import Path


def padded(film: Path, out: Path, size: int) -> Path:
    """A film made larger by a ``free`` box at its end, which every player skips."""
    content = film.read_bytes()
    padding = size - len(content)
    with out.open("wb") as stream:
        stream.write(content)
        stream.write(struct.pack(">I4s", padding, b"free"))
        stream.truncate(size)
    return out
