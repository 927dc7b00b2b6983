"""Another clock as it is known afterwards: better than it was known then; no I/O.

Behind an uneven link it takes many packets until some were quick in either direction. What a headset told in
the first seconds of a film is placed in time by what is known half a minute later.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from headset_agent.protocol.clock import ClockEstimate, ClockPolicy
from trainer_app.domain.tracks import Sample, Samples, Track

NOTED_EVERY_NS = 1_000_000_000
"""An estimate changes little from one second to the next."""

_AHEAD_NS = ClockPolicy().window_ns // 2
"""An estimate made so much later is made of as much that came before as of what came after."""

SETTLED_AFTER_NS = _AHEAD_NS + 2 * NOTED_EVERY_NS
"""What was told so long ago will not be known any better: the estimate that places it is there."""

_KEPT = 120
"""Estimates, two minutes of them: who asks later still gets one that was made later than was asked for."""


class Hindsight:
    """Of one clock that runs evenly: one that was set, or has slept, is another.

    It holds the last two minutes, 24 bytes a second. All instants are nanoseconds.
    """

    def __init__(self) -> None:
        self._at_ns = array("q")
        self._offset_ns = array("d")
        self._drift = array("d")

    def wants(self, at_ns: int) -> bool:
        """Whether it is time for another estimate, at a local instant."""
        return not self._at_ns or at_ns - self._at_ns[-1] >= NOTED_EVERY_NS

    def note(self, estimate: ClockEstimate) -> None:
        """Keep what is known now."""
        self._at_ns.append(estimate.at_ns)
        self._offset_ns.append(estimate.offset_ns)
        self._drift.append(estimate.drift)
        if len(self._at_ns) > _KEPT:
            for column in (self._at_ns, self._offset_ns, self._drift):
                del column[0]

    def to_local(self, remote_ns: int, then_ns: int) -> int:
        """Translate an instant of that clock; ``then_ns``: what it was taken for then, or thereabouts."""
        return next(self.all_to_local([(remote_ns, then_ns)]))

    def all_to_local(self, told: Iterable[tuple[int, int]]) -> Iterator[int]:
        """The same of many instants of that clock, each with what it was taken for then; they ascend."""
        last = len(self._at_ns) - 1
        which = -1
        for remote_ns, then_ns in told:
            if which < last and (which < 0 or self._at_ns[which] < then_ns + _AHEAD_NS):
                which = min(bisect_left(self._at_ns, then_ns + _AHEAD_NS, max(which, 0)), last)
                at_ns, offset_ns = self._at_ns[which], self._offset_ns[which]
                rate = 1 + self._drift[which]
            yield then_ns if which < 0 else at_ns + round((remote_ns - at_ns - offset_ns) / rate)


class KnownClock(NamedTuple):
    """A clock as it is known now, and who will know it better later."""

    now: ClockEstimate
    hindsight: Hindsight


class Told(NamedTuple):
    """An instant of another clock: what it was taken for then, and who will know it better; None: nobody."""

    own_ns: int
    then_ns: int
    hindsight: Hindsight | None

    @property
    def by_now_ns(self) -> int:
        """The local instant, as it is known by now."""
        return self.then_ns if self.hindsight is None else self.hindsight.to_local(self.own_ns, self.then_ns)

    def settled(self) -> Told:
        """The same for good."""
        return Told(self.own_ns, self.by_now_ns, None)


class ToldTrack:
    """The places that a headset tells of by its own clock, until they are settled.

    Attributes:
        track: By what was known of that clock then; of its places those that are not settled.
    """

    def __init__(self) -> None:
        self.track = Track()
        self._own_ns = array("q")
        # Places from `_open` on are by this clock; those before it will not be known any better.
        self._open = 0
        self._hindsight: Hindsight | None = None
        self._settled_ns: int | None = None

    def hear(self, own_ns: int, clock: KnownClock) -> Told:
        """Something is told of an instant."""
        if self._hindsight is not clock.hindsight:
            self.track.samples.at_ns = self._placed(len(self._own_ns))
            self._open, self._hindsight = len(self._own_ns), clock.hindsight
        told = Told(own_ns, clock.now.to_local(own_ns), clock.hindsight)
        self.track.hear(told.then_ns)
        return told

    def add(self, told: Told, position_s: float) -> None:
        """The film was there then."""
        if self._settled_ns is not None and told.then_ns <= self._settled_ns:
            return
        if self.track.add(Sample(at_ns=told.then_ns, position_s=position_s)):
            self._own_ns.append(told.own_ns)

    def settle(self, until_ns: int | None = None) -> Samples:
        """Hand over what was told of until a local instant (None: all), placed by what is known by now."""
        told = self.track.samples
        count = len(told) if until_ns is None else told.count_until(until_ns)
        settled = Samples.of(self._placed(count), told.position_s[:count])
        told.forget(count)
        del self._own_ns[:count]
        self._open = max(0, self._open - count)
        if settled:
            self._settled_ns = settled.at_ns[-1]
        return settled

    def by_now(self) -> Samples:
        """What is not settled, by what is known of the clock by now."""
        return Samples.of(self._placed(len(self._own_ns)), self.track.samples.position_s)

    def _placed(self, count: int) -> array[int]:
        """The instants of the first so many."""
        at_ns = self.track.samples.at_ns[:count]
        if self._hindsight is None:
            return at_ns
        before_ns = at_ns[self._open - 1] if 0 < self._open <= count else self._settled_ns
        told = zip(self._own_ns[self._open : count], at_ns[self._open :], strict=True)
        for which, placed_ns in enumerate(self._hindsight.all_to_local(told), self._open):
            # Two clocks may meet here; time goes on all the same.
            at_ns[which] = placed_ns if before_ns is None else max(placed_ns, before_ns + 1)
            before_ns = at_ns[which]
        return at_ns
