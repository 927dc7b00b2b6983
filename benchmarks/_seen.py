"""Figures of what an onlooker has seen of several players; no I/O.

Terms as in ``trainer_app/domain/tracks.py`` and ``playback.py``, taken of what is seen from outside. All
instants are this machine's monotonic clock, nanoseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from tests.e2e.outside import Seen, Watch
from trainer_app.domain.playback import START_MARK_S
from trainer_app.domain.tracks import INSTANT_NS

_JUMP_S = 0.05
"""What the rate cannot have done between two looks."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment, and where each player that plays is then, by the headset's number."""

    at_ns: int
    positions: dict[int, float]

    @property
    def spread_ms(self) -> float:
        """Largest minus smallest position."""
        return (max(self.positions.values()) - min(self.positions.values())) * 1e3


def instants(watches: Sequence[Watch]) -> Iterator[Instant]:
    """Every 100 ms from the first look to the last, on whole tenths of the machine's clock, as in receipts.

    Where players are apart for half a second in a minute, that decides the 99th percentile; between two
    sets of instants it differed by up to 45 ms.
    """
    first = min(watch.seen[0].at_ns for watch in watches if watch.seen)
    last = max(watch.seen[-1].at_ns for watch in watches if watch.seen)
    for at_ns in range(-(-first // INSTANT_NS) * INSTANT_NS, last, INSTANT_NS):
        found = {watch.headset.number: watch.position_at(at_ns) for watch in watches}
        yield Instant(at_ns, {number: at for number, at in found.items() if at is not None})


def starts_ns(watches: Sequence[Watch]) -> dict[int, int]:
    """When each player passed the mark at which starts are judged; without those that never did.

    The last time counts: a page that prepares plays a little for itself.
    """
    passed = {watch.headset.number: _passes(watch.seen, START_MARK_S) for watch in watches}
    return {number: at_ns for number, at_ns in passed.items() if at_ns is not None}


def _passes(seen: Sequence[Seen], position_s: float) -> int | None:
    for before, after in reversed([*pairwise(seen)]):
        if after.playing and before.position_s <= position_s < after.position_s:
            # Back from there: between the two it may have begun only.
            return after.at_ns - round((after.position_s - position_s) * 1e9)
    return None


def moves(watch: Watch, from_ns: int, until_ns: int) -> int:
    """How often the film was moved between two instants."""
    looks = [seen for seen in watch.seen if from_ns <= seen.at_ns <= until_ns]
    return sum(
        abs(after.position_s - before.position_s - (after.at_ns - before.at_ns) * 1e-9) > _JUMP_S
        for before, after in pairwise(looks)
        if after.position_s != before.position_s and after.at_ns - before.at_ns < 2 * INSTANT_NS
    )


def by_frames(watch: Watch) -> Watch:
    """The same headset as its presented frames tell of it."""
    return Watch(watch.headset, [Seen(frame.at_ns, frame.media_s, True, True) for frame in watch.frames])


def summed(values: Sequence[float]) -> dict[str, float] | None:
    """Nearest-rank percentiles of a spread, for the output; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    ranks = {f"p{percent}": ordered[-(-percent * len(ordered) // 100) - 1] for percent in (50, 95, 99)}
    return {name: round(value, 2) for name, value in {**ranks, "max": ordered[-1]}.items()}


def apart_ms(whole: Sequence[Instant]) -> dict[int, float]:
    """How far each player is from the middle of all, as a rule."""
    apart: dict[int, list[float]] = {}
    for instant in whole:
        middle = median(instant.positions.values())
        for number, position in instant.positions.items():
            apart.setdefault(number, []).append((position - middle) * 1e3)
    return {number: round(median(values), 2) for number, values in sorted(apart.items())}


def judged(watches: Sequence[Watch]) -> dict[str, Any]:
    """All figures of one playback."""
    started = starts_ns(watches)
    if len(started) < len(watches):
        return {"never_started": sorted({watch.headset.number for watch in watches} - set(started))}
    begin_ns = round(median(started.values()) - START_MARK_S * 1e9)
    return {
        "start_spread_ms": round((max(started.values()) - min(started.values())) / 1e6, 2),
        "begin_ns": begin_ns,
        **spreads(watches, begin_ns),
    }


def spreads(watches: Sequence[Watch], begin_ns: int) -> dict[str, Any]:
    """How far apart they were from an instant on."""
    whole = [i for i in instants(watches) if i.at_ns >= begin_ns and len(i.positions) > 1]
    later = {s: [i for i in whole if i.at_ns >= begin_ns + s * 1e9] for s in (3, 6)}
    return {
        "all_ms": summed([i.spread_ms for i in whole]),
        "from_3_s_ms": summed([i.spread_ms for i in later[3]]),
        "from_6_s_ms": summed([i.spread_ms for i in later[6]]),
        "instants": len(whole),
        "of_all": sum(len(i.positions) == len(watches) for i in whole),
        "moved_after_3_s": [moves(watch, begin_ns + 3_000_000_000, whole[-1].at_ns) for watch in watches],
        "apart_ms": apart_ms(later[6]),
    }
