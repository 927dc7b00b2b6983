"""Gathers where the group looks while a film is shown, so that nobody can be told from it afterwards.

Even in memory a direction is never kept beside a headset: it is added to the sums of its time bin at once.
Of a headset is known only in which bins it has looked, until those are over. A bin in which fewer than three
have looked is thrown away then.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from trainer_app.domain.heat_map import (
    BIN_S,
    LEAST_HEADSETS,
    LOOKS_A_SECOND,
    HeatBin,
    HeatMap,
    added,
    cell_of,
)
from trainer_app.domain.live_kit import Gaze

_LATE_S = 4.0
"""So far apart from the group somebody may be whose look still counts."""


@dataclass(slots=True)
class _OpenBin:
    looks: Counter[int] = field(default_factory=Counter)
    who: set[str] = field(default_factory=set)


class HeatGathering:
    """Of one showing of a film."""

    def __init__(self) -> None:
        """Know of no look yet."""
        self._open: dict[int, _OpenBin] = {}
        self._kept: dict[int, HeatBin] = {}
        self._last: dict[str, int] = {}

    @property
    def seconds(self) -> int:
        """Seconds of film of which something is kept."""
        return len(self._kept) * BIN_S

    def look(self, who: str, position_s: float, gaze: Gaze) -> None:
        """Somebody looks there, so far into the film; more often than it is counted changes nothing."""
        tick = int(position_s * LOOKS_A_SECOND)
        if tick < 0 or self._last.get(who) == tick:
            return
        self._last[who] = tick
        into = self._open.setdefault(tick // (LOOKS_A_SECOND * BIN_S), _OpenBin())
        into.looks[cell_of(gaze)] += 1
        into.who.add(who)

    def group_is_at(self, position_s: float) -> None:
        """Close the bins that the group has left behind, or jumped away from."""
        for number in list(self._open):
            begin_s = number * BIN_S
            if not begin_s - _LATE_S <= position_s < begin_s + BIN_S + _LATE_S:
                self._close(number)

    def end(self) -> None:
        """The film is over, or was stopped: nobody looks any more."""
        for number in list(self._open):
            self._close(number)
        self._last.clear()

    def kept(self) -> HeatMap:
        """What may be kept of the bins that are over."""
        return HeatMap(bins=dict(self._kept))

    def _close(self, number: int) -> None:
        over = self._open.pop(number)
        if len(over.who) >= LEAST_HEADSETS:
            fresh = HeatBin(headsets=len(over.who), looks=dict(over.looks))
            self._kept[number] = added(self._kept.get(number), fresh)
