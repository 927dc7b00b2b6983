"""Another clock as it is known afterwards: better than it was known then; no I/O.

Behind an uneven link it takes many packets until some were quick in either direction. What a headset told in
the first seconds of a film is placed in time by what is known half a minute later.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import NamedTuple

from headset_agent.protocol.clock import ClockEstimate, ClockPolicy
from trainer_app.domain.playback import Sample, Samples, Track

NOTED_EVERY_NS = 1_000_000_000
"""An estimate changes little from one second to the next."""

_AHEAD_NS = ClockPolicy().window_ns // 2
"""An estimate made so much later is made of as much that came before as of what came after."""


class Hindsight:
    """Of one clock that runs evenly: one that was set, or has slept, is another.

    24 bytes a second. All instants are nanoseconds.
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

    def to_local(self, remote_ns: int, then_ns: int) -> int:
        """Translate an instant of that clock; ``then_ns``: what it was taken for then, or thereabouts."""
        if not self._at_ns:
            return then_ns
        which = min(bisect_left(self._at_ns, then_ns + _AHEAD_NS), len(self._at_ns) - 1)
        at_ns, drift = self._at_ns[which], self._drift[which]
        return at_ns + round((remote_ns - at_ns - self._offset_ns[which]) / (1 + drift))


class KnownClock(NamedTuple):
    """A clock as it is known now, and who will know it better later."""

    now: ClockEstimate
    hindsight: Hindsight


class Told(NamedTuple):
    """An instant of another clock: what it was taken for then, and who will know it better."""

    own_ns: int
    then_ns: int
    hindsight: Hindsight

    @property
    def by_now_ns(self) -> int:
        """The local instant, as it is known by now."""
        return self.hindsight.to_local(self.own_ns, self.then_ns)


class ToldTrack:
    """The places that a headset tells of by its own clock.

    Attributes:
        track: By what was known of that clock then.
    """

    def __init__(self) -> None:
        self.track = Track()
        self._own_ns = array("q")
        # Places from `_open` on are by this clock; those before it will not be known any better.
        self._open = 0
        self._hindsight: Hindsight | None = None

    def hear(self, own_ns: int, clock: KnownClock) -> Told:
        """Something is told of an instant."""
        if self._hindsight is not clock.hindsight:
            self._place_anew(self.track.samples.at_ns)
            self._open, self._hindsight = len(self._own_ns), clock.hindsight
        told = Told(own_ns, clock.now.to_local(own_ns), clock.hindsight)
        self.track.hear(told.then_ns)
        return told

    def add(self, told: Told, position_s: float) -> None:
        """The film was there then."""
        if self.track.add(Sample(at_ns=told.then_ns, position_s=position_s)):
            self._own_ns.append(told.own_ns)

    def by_now(self) -> Track:
        """By what is known of the clock by now."""
        track = Track(samples=Samples(self.track.samples), heard_ns=self.track.heard_ns)
        self._place_anew(track.samples.at_ns)
        return track

    def _place_anew(self, at_ns: array[int]) -> None:
        if self._hindsight is None:
            return
        for which in range(self._open, len(at_ns)):
            placed = self._hindsight.to_local(self._own_ns[which], at_ns[which])
            at_ns[which] = placed if which == 0 else max(placed, at_ns[which - 1] + 1)
