"""The time left of a phase in words, and how the phases share the band. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from trainer_app.domain.phases import PhaseGroup
from trainer_app.texts.catalogue import Texts

SOON_S = 120
"""Below this a steady pill says that the phase ends."""


class PhaseState(Enum):
    """Where a phase of the band stands."""

    DONE = "done"
    CURRENT = "current"
    NEXT = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandPhase:
    """A phase of the band.

    Attributes:
        short: The name where there is little room.
        part: Of the current phase, 0 to 1.
    """

    name: str
    short: str
    minutes: float
    group: PhaseGroup
    state: PhaseState
    part: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RingWords:
    """What stands in the ring.

    Attributes:
        fraction: Of the phase that is left, 0 to 1.
        pill: Words of the attention pill; empty most of the time.
    """

    digits: str
    caption: str
    pill: str
    fraction: float
    is_over: bool


def ring_words(left_s: float, planned_s: float, texts: Texts) -> RingWords:
    """Put the time left into words; a phase may be over time."""
    if left_s < 0:
        digits = "+" + texts("looks.clock", seconds=math.floor(-left_s))
        return RingWords(
            digits=digits, caption=texts("looks.phase.over"), pill="", fraction=0.0, is_over=True
        )
    fraction = min(1.0, left_s / planned_s) if planned_s > 0 else 0.0
    return RingWords(
        digits=texts("looks.clock", seconds=math.ceil(left_s)),
        caption=texts("looks.phase.left"),
        pill=texts("looks.phase.soon") if left_s < SOON_S else "",
        fraction=fraction,
        is_over=False,
    )


def shared_widths(minutes: Sequence[float], smallest: Sequence[float], total: float) -> list[float]:
    """Share a width by minutes, but give none less than its smallest; they always sum to ``total``.

    Where even the smallest do not fit, all are narrowed by the same factor.
    """
    if sum(smallest) >= total:
        return [each * total / sum(smallest) for each in smallest]
    fixed: set[int] = set()
    while True:
        open_minutes = sum(each for at, each in enumerate(minutes) if at not in fixed)
        rest = total - sum(smallest[at] for at in fixed)
        widths = [
            smallest[at] if at in fixed else rest * each / open_minutes for at, each in enumerate(minutes)
        ]
        too_narrow = {at for at, width in enumerate(widths) if at not in fixed and width < smallest[at]}
        if not too_narrow:
            return widths
        fixed |= too_narrow
