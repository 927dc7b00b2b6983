"""One of several things to choose from, as a list shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """``key`` is what the presenter knows it by; ``short``: the words where there is little room."""

    key: str
    words: str
    short: str = ""
