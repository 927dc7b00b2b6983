"""Filling headsets with films: what is to be sent, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmToSend:
    """A film of the library, to be sent. ``size`` in bytes."""

    sha256: str
    path: Path
    size: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of it.

    Attributes:
        bytes: The film's size.
        sent_bytes: What had to be sent; less when a part or all of it was there.
        seconds: From the first byte to the verified rename.
    """

    bytes: int
    sent_bytes: int
    seconds: float
