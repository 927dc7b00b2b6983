"""A film is verified by the sum that its laptop has told, and both mean the same by it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from headset_agent.protocol.messages import FilmBegin
from headset_agent.sums import begun_sum, expected_sum, sum_of

NOTHING = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
"""BLAKE3 of no bytes, as its authors' test vectors give it."""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    file = tmp_path / "film.mp4"
    file.touch()
    return file


def test_the_sum_that_is_told_is_the_one_that_is_taken(empty: Path) -> None:
    request = FilmBegin(id=1, sha256="ab" * 32, size=1, blake3=NOTHING)
    assert sum_of(empty, begun_sum(request)) == expected_sum(request) == NOTHING


def test_without_one_it_is_the_name(empty: Path) -> None:
    request = FilmBegin(id=1, sha256=hashlib.sha256().hexdigest(), size=1)
    assert sum_of(empty, begun_sum(request)) == expected_sum(request) == request.sha256


def test_every_byte_of_a_file_counts(tmp_path: Path) -> None:
    """Longer than what is read at once, and no multiple of it."""
    content = bytearray(b"film" * 800_001)
    file = tmp_path / "film.mp4"
    request = FilmBegin(id=1, sha256="ab" * 32, size=1)
    sums = set()
    for place in (None, 0, 1 << 20, len(content) - 1):
        if place is not None:
            content[place] ^= 1
        file.write_bytes(content)
        sums.add(sum_of(file, begun_sum(request)))
        assert sum_of(file, begun_sum(request)) == hashlib.sha256(content).hexdigest()
    assert len(sums) == 4
