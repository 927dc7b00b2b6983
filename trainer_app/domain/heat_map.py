"""Where the group looked while a film was shown: sums over headsets, and nothing else.

The panorama is divided into cells, the film's time into bins. For every bin there is how often somebody
looked at each cell, and how many headsets looked at all. Which of them looked where is told by nothing here:
it is not kept, not even while the film is on (``domain.heat_gathering``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from trainer_app.domain.live_kit import Gaze
from trainer_app.domain.playback_records import PlaybackId

LOOKS_A_SECOND = 5
"""Every headset is counted so often, at most."""

BIN_S = 2
"""Seconds of film that are one time bin."""

COLUMNS, ROWS = 72, 36
"""Cells of five degrees: a head direction says no more about what somebody looks at."""

STRETCH_S = 10
"""A moment that is looked at is so much of the film, up to where it stands."""

LEAST_HEADSETS = 3
"""Of fewer nothing is kept: what one of two did the other one knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBin:
    """What is kept of one time bin.

    Attributes:
        headsets: So many looked.
        looks: How often each cell was looked at, by cell; those that nobody looked at are left out.
    """

    headsets: int
    looks: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMoment:
    """Where the group looked from one second of film to another.

    Attributes:
        fewest: So many headsets looked in the bin with the fewest, and ``most`` in that with the most; bins
            of which nothing is kept do not count. 0: nothing is kept of any.
        looks: How often each cell was looked at.
    """

    from_s: float
    to_s: float
    fewest: int = 0
    most: int = 0
    looks: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """A film's map: its time bins by number, from 0; those of which nothing is kept are left out."""

    bins: Mapping[int, HeatBin] = field(default_factory=dict)

    @classmethod
    def sum_of(cls, maps: Iterable[Self]) -> Self:
        """Lay the maps of several showings of a film on one another."""
        bins: dict[int, HeatBin] = {}
        for one in maps:
            for number, kept in one.bins.items():
                bins[number] = added(bins.get(number), kept)
        return cls(bins=bins)

    def replaced_by(self, newer: Self) -> Self:
        """Take the bins of a map of the same showing where it has them, and keep one's own elsewhere."""
        return type(self)(bins={**self.bins, **newer.bins})

    def between(self, from_s: float, to_s: float) -> HeatMoment:
        """Sum all bins that have a part in a stretch of the film."""
        wanted = range(max(0, int(from_s // BIN_S)), -int(-to_s // BIN_S))
        found = [self.bins[number] for number in wanted if number in self.bins]
        looks: Counter[int] = Counter()
        for one in found:
            looks.update(one.looks)
        counts = [one.headsets for one in found]
        return HeatMoment(
            from_s=from_s,
            to_s=to_s,
            fewest=min(counts, default=0),
            most=max(counts, default=0),
            looks=dict(looks),
        )

    def up_to(self, at_s: float) -> HeatMoment:
        """Sum the whole bins that lie in the seconds up to a place, or in the film's first seconds."""
        last = max(STRETCH_S, -int(-at_s // BIN_S) * BIN_S)
        return self.between(last - STRETCH_S, last)

    def first_place(self, stops_s: Sequence[float], length_s: float) -> float:
        """Where to look first: the first stop-point of which something is kept, else amid all that is."""
        for stop in stops_s:
            if self.up_to(stop).looks:
                return stop
        kept = sorted(self.bins)
        return min(length_s, float((kept[len(kept) // 2] + 1) * BIN_S)) if kept else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHeatMap:
    """The map of one showing as it is stored; ``domain.heat_encoding`` reads and writes ``encoded``."""

    playback_id: PlaybackId
    encoded: bytes


def added(one: HeatBin | None, other: HeatBin) -> HeatBin:
    """Sum two bins of the same time; the headsets of both may be the same ones."""
    if one is None:
        return other
    looks = Counter(one.looks)
    looks.update(other.looks)
    return HeatBin(headsets=max(one.headsets, other.headsets), looks=dict(looks))


def cell_of(gaze: Gaze) -> int:
    """The cell of a direction: row by row from the top, each from the panorama's left edge."""
    column = int((gaze.yaw_deg + 180.0) % 360.0 * COLUMNS / 360.0)
    row = int((90.0 - max(-90.0, min(90.0, gaze.pitch_deg))) * ROWS / 180.0)
    return min(row, ROWS - 1) * COLUMNS + min(column, COLUMNS - 1)


def middle_of(cell: int) -> Gaze:
    """The direction of a cell's middle."""
    row, column = divmod(cell, COLUMNS)
    return Gaze(yaw_deg=(column + 0.5) * 360.0 / COLUMNS - 180.0, pitch_deg=90.0 - (row + 0.5) * 180.0 / ROWS)
