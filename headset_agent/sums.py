"""The sum by which a film that has arrived is known to be the one that was sent.

A film's name is its sha256. Its laptop knows its BLAKE3 as well, found in the same reading: a sum of the same
strength that costs a processor a fifth of the time where this was measured, and filling waits for nothing
else. A film that a laptop took in before it kept that one is told by its name.
"""

from __future__ import annotations

import hashlib
from io import FileIO
from pathlib import Path
from typing import Protocol

from blake3 import blake3

from headset_agent.protocol.messages import FilmBegin

_PIECE = 1 << 20


class Sum(Protocol):
    """A sum over bytes as they come."""

    def update(self, data: memoryview, /) -> object:
        """Take the next bytes; in any thread, which holds nobody else up meanwhile."""

    def hexdigest(self) -> str:
        """The sum of all that was taken, as hexadecimal digits."""


def begun_sum(request: FilmBegin) -> Sum:
    """The sum to be taken of the film that is announced, before its first byte."""
    return blake3() if request.blake3 else hashlib.sha256()


def expected_sum(request: FilmBegin) -> str:
    """What :func:`begun_sum` comes to when the film is right."""
    return request.blake3 or request.sha256


def sum_of(file: Path, begun: Sum) -> str:
    """The sum of a whole file.

    Raises:
        OSError: It cannot be read.
    """
    buffer = memoryview(bytearray(_PIECE))
    with FileIO(file) as stream:
        while count := stream.readinto(buffer):
            begun.update(buffer[:count])
    return begun.hexdigest()
