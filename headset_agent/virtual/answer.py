"""What a stand-in command answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command printed and how it ended."""

    out: str = ""
    err: str = ""
    code: int = 0
