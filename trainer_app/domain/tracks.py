"""Where headsets were in a film, as they told of it, and where they were at one and the same instant.

Terms: the *spread* at an instant is the largest minus the smallest media position of all headsets that play
at that instant, taken every 100 ms. All instants are the laptop's monotonic clock, nanoseconds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import overload

INSTANT_NS = 100_000_000
"""The spread is taken every 100 ms."""

_LONGEST_GAP_NS = 500_000_000
"""Between two reports further apart than this, nothing is known of the position."""

_UNHEARD_NS = 1_000_000_000
"""And further apart than this, the headset was out of contact meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A media position while the film was playing: laptop instant and seconds of film."""

    at_ns: int
    position_s: float


class Samples(Sequence[Sample]):
    """Positions in the order of their instants, 16 bytes each."""

    __slots__ = ("at_ns", "position_s")

    def __init__(self, given: Iterable[Sample] = ()) -> None:
        self.at_ns = array("q")
        self.position_s = array("d")
        for sample in given:
            self.append(sample)

    @classmethod
    def of(cls, at_ns: Iterable[int], position_s: Iterable[float]) -> Samples:
        """Of instants and positions side by side: without a :class:`Sample` for each of hundreds."""
        made = cls()
        made.at_ns.extend(at_ns)
        made.position_s.extend(position_s)
        return made

    def append(self, sample: Sample) -> None:
        """Add one."""
        self.at_ns.append(sample.at_ns)
        self.position_s.append(sample.position_s)

    def extend(self, later: Samples) -> None:
        """Add those that follow."""
        self.at_ns.extend(later.at_ns)
        self.position_s.extend(later.position_s)

    def count_until(self, at_ns: int) -> int:
        """How many there are until an instant, that one included."""
        return bisect_right(self.at_ns, at_ns)

    def forget(self, count: int) -> None:
        """Drop the first so many."""
        del self.at_ns[:count]
        del self.position_s[:count]

    def outside(self, spans_ns: Sequence[tuple[int, int]]) -> Samples:
        """Those that are not in some spans: while a film is moved, it is nowhere."""
        kept = [not any(begin <= at < end for begin, end in spans_ns) for at in self.at_ns]
        return Samples.of(compress(self.at_ns, kept), compress(self.position_s, kept))

    def __len__(self) -> int:
        return len(self.at_ns)

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> list[Sample]: ...

    def __getitem__(self, index: int | slice) -> Sample | list[Sample]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        return Sample(at_ns=self.at_ns[index], position_s=self.position_s[index])

    def positions_at(self, instants_ns: Iterable[int]) -> Iterator[float | None]:
        """Positions between two reports by a straight line; None where nothing is known.

        The instants ascend, so that one walk along the reports finds them all.
        """
        after = 0
        for at_ns in instants_ns:
            while after < len(self) and self.at_ns[after] <= at_ns:
                after += 1
            known = 0 < after < len(self)
            yield _between(self[after - 1], self[after], at_ns) if known else None


def _between(before: Sample, behind: Sample, at_ns: int) -> float | None:
    gap = behind.at_ns - before.at_ns
    if gap > _LONGEST_GAP_NS:
        return None
    share = (at_ns - before.at_ns) / gap
    return before.position_s + (behind.position_s - before.position_s) * share


@dataclass(slots=True)
class Track:
    """The reports of one headset during a playback, in the order they came.

    Attributes:
        samples: Its positions while the film ran.
        heard_ns: Spans in which it was heard, also while it waited or was paused: begin, end, begin, end, …
    """

    samples: Samples = field(default_factory=Samples)
    heard_ns: array[int] = field(default_factory=lambda: array("q"))

    def add(self, sample: Sample) -> bool:
        """Add a position; one that is not newer than the last is dropped, and the answer is False."""
        self.hear(sample.at_ns)
        is_newer = not self.samples or sample.at_ns > self.samples.at_ns[-1]
        if is_newer:
            self.samples.append(sample)
        return is_newer

    def hear(self, at_ns: int) -> None:
        """Note that the headset was heard."""
        if self.heard_ns and at_ns - self.heard_ns[-1] <= _UNHEARD_NS:
            self.heard_ns[-1] = max(at_ns, self.heard_ns[-1])
        else:
            self.heard_ns.extend((at_ns, at_ns))

    def absences(
        self, start_ns: int, end_ns: int, *, since_ns: int | None = None
    ) -> tuple[tuple[float, float], ...]:
        """Spans without a report, seconds from ``start_ns``, until ``end_ns``.

        ``since_ns``: nobody has listened before; None: from the start on.
        """
        since_ns = start_ns if since_ns is None else since_ns
        silences = zip([since_ns, *self.heard_ns[1::2]], [*self.heard_ns[::2], end_ns], strict=True)
        cut = ((max(a, since_ns), min(b, end_ns)) for a, b in silences)
        return tuple(((a - start_ns) * 1e-9, (b - start_ns) * 1e-9) for a, b in cut if b - a > _UNHEARD_NS)


def together(
    places: Mapping[str, Samples], *, from_ns: int | None = None, until_ns: int | None = None
) -> Iterator[tuple[int, dict[str, float]]]:
    """Every 100 ms at which at least two headsets play, and their positions in the film, seconds.

    Args:
        places: Where each was, by serial.
        from_ns: The first instant that is wanted; None: of all there are.
        until_ns: The last one.
    """
    places = {serial: samples for serial, samples in places.items() if samples}
    if len(places) < 2:
        return
    first = min(samples.at_ns[0] for samples in places.values())
    last = max(samples.at_ns[-1] for samples in places.values())
    first = first if from_ns is None else max(first, from_ns)
    last = last if until_ns is None else min(last, until_ns)
    instants_ns = range(-(-first // INSTANT_NS) * INSTANT_NS, last + 1, INSTANT_NS)
    columns = (samples.positions_at(instants_ns) for samples in places.values())
    for at_ns, row in zip(instants_ns, zip(*columns, strict=True), strict=True):
        known = {serial: at_s for serial, at_s in zip(places, row, strict=True) if at_s is not None}
        if len(known) >= 2:
            yield at_ns, known
