"""How long a headset's battery lasts: as such headsets do, or as this one was seen to.

A battery is known in whole percents, so only the time from one step down to another is exact: what is learned
begins at the first step that was seen, and counts once :data:`ENOUGH_PERCENT` have gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from trainer_app.domain.headset_state import HeadsetFacts

MINUTES_A_PERCENT = 1.5
"""Stand-alone headsets last two and a half hours with a full battery: what is assumed."""

ENOUGH_PERCENT = 3
"""So much has to have gone before what was seen is believed."""

WEAKEST, STRONGEST = 0.5, 2.0
"""Minutes a percent that are believed of any headset: 50 minutes to 3 hours 20 with a full battery."""

_BLIND_S = 120.0
"""Not seen for so long, it may have been charged or asleep: what is learned begins anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drain:
    """How fast a battery gives out while it is watched.

    Attributes:
        percent: When it was seen last; None: it has not been, or was being charged or asleep then.
        seen_s: When that was.
        first: Percent and instant of the first step down that was seen.
        last: The same of the latest.
        learned: Minutes a percent; None: not enough was seen yet.
    """

    percent: int | None = None
    seen_s: float = 0.0
    first: tuple[int, float] | None = None
    last: tuple[int, float] | None = None
    learned: float | None = None

    @property
    def minutes_a_percent(self) -> float:
        """What was learned, or else is assumed."""
        return MINUTES_A_PERCENT if self.learned is None else self.learned

    def watched(self, facts: HeadsetFacts, at_s: float) -> Self:
        """The same with one more look at the headset; ``at_s`` on a clock that never steps."""
        percent = facts.battery_percent
        if percent is None or facts.charging or facts.awake is False:
            return type(self)(learned=self.learned)
        if self.percent is None or percent > self.percent or at_s - self.seen_s > _BLIND_S:
            return type(self)(percent=percent, seen_s=at_s, learned=self.learned)
        step = (percent, at_s) if percent < self.percent else self.last
        first = self.first or step
        learned = _rate(first, step)
        return type(self)(
            percent=percent,
            seen_s=at_s,
            first=first,
            last=step,
            learned=self.learned if learned is None else learned,
        )


def _rate(first: tuple[int, float] | None, last: tuple[int, float] | None) -> float | None:
    if first is None or last is None or first[0] - last[0] < ENOUGH_PERCENT:
        return None
    rate = (last[1] - first[1]) / 60 / (first[0] - last[0])
    return min(max(rate, WEAKEST), STRONGEST)


def minutes_left(facts: HeadsetFacts, minutes_a_percent: float = MINUTES_A_PERCENT) -> int | None:
    """How long a headset's battery lasts, about; None: not known, or on a charger."""
    if facts.battery_percent is None or facts.charging:
        return None
    return round(facts.battery_percent * minutes_a_percent)


def minutes_needed(booked: int, phases: int) -> int:
    """How long a battery has to last: as long as is booked, or as the phases with the debriefing take."""
    return max(booked, phases)
