"""Words that the facilitator writes to those who wear the headsets: how long they are, who has got them.

They are shown and forgotten: nothing stores them, and no log has them.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_CHARACTERS = 120
"""What can be read while a film goes on, and what the headset's panel has room for."""

_TO_NOTICE_S = 4.0
_CHARACTERS_A_SECOND = 12.0
"""Unhurried reading, by somebody who looks at something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Who has the words before their eyes, by number. ``seconds``: for so long."""

    seconds: float
    reached: tuple[int, ...]
    missed: tuple[int, ...]


def in_one_line(text: str) -> str:
    """The text without breaks and doubled spaces."""
    return " ".join(text.split())


def tidied(text: str) -> str:
    """The text as it is shown.

    Raises:
        ValueError: there is nothing to read, or more than a wearer can.
    """
    words = in_one_line(text)
    if not words or len(words) > MOST_CHARACTERS:
        raise ValueError(f"{len(words)} characters, 1 to {MOST_CHARACTERS} can be shown")
    return words


def read_within_s(words: str) -> float:
    """Seconds in which somebody has noticed and read the words."""
    return round(_TO_NOTICE_S + len(words) / _CHARACTERS_A_SECOND, 1)
