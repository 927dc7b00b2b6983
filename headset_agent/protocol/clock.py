"""How far a remote clock is from ours, with an uncertainty that is never exceeded (sans-IO).

Both sides stamp an exchange with their monotonic clocks: we send at *t1*, the peer receives at *t2* and
answers at *t3*, we receive at *t4*. Nothing is assumed about the way being symmetric, so each exchange is two
facts about the offset ``remote - local``:

* at local time *t1* it was at most ``t2 - t1`` (the request cannot arrive before it was sent);
* at local time *t4* it was at least ``t3 - t4`` (neither can the answer).

A fact from another moment is worth less by the largest drift two clocks can have
(:attr:`ClockPolicy.max_drift`) times its age. The true offset lies where all facts meet. In there the
estimate is the straight line that keeps as far as possible from the facts on both sides (``clock_line``):
each way counts by its own quickest packets, and a quick one needs no quick answer. When the facts contradict
one another a clock has been set or the machine has slept: all but the newest are forgotten.

A clock that was set by less than a round trip need not contradict anything: one way may as well have become
longer and the other shorter. So the reported uncertainty reaches as far as the newest exchange allows, the
one whose request went out last: only it is known to speak of the clock as it is now. An answer that was
overtaken by that one's need not.

Interval view after K. Marzullo and S. Owicki, "Maintaining the time in a distributed system" (1983).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from headset_agent.protocol.clock_line import Fact, Line, drift_between, lateness, line_between


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPolicy:
    """The thresholds of a clock estimate.

    Attributes:
        max_drift: Largest relative drift of two quartz clocks that is believed, seconds per second. Quartz in
            consumer devices stays within 100 ppm, so two of them within 200; 250 leaves room.
        window_ns: Exchanges older than this are forgotten.
        bucket_ns: Of the exchanges in one such span only what each way's quickest packet says is kept.
        usual_drift: What one expects of two clocks before anything is measured, one standard deviation.
        least_noise_ns: No way is believed to take the same time better than this.
    """

    max_drift: float = 250e-6
    window_ns: int = 60_000_000_000
    bucket_ns: int = 1_000_000_000
    usual_drift: float = 60e-6
    least_noise_ns: int = 20_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange: t1 and t4 on the local clock, t2 and t3 on the remote one, nanoseconds."""

    t1: int
    t2: int
    t3: int
    t4: int

    @property
    def rtt_ns(self) -> int:
        """Time on the way, there and back, without the peer's own time."""
        return (self.t4 - self.t1) - (self.t3 - self.t2)

    @property
    def most(self) -> Fact:
        """The offset was at most so much, when the request went out."""
        return Fact(self.t1, self.t2 - self.t1)

    @property
    def least(self) -> Fact:
        """The offset was at least so much, when the answer came."""
        return Fact(self.t4, self.t3 - self.t4)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEstimate:
    """Offset at one local instant.

    Attributes:
        at_ns: The local instant.
        offset_ns: remote - local at that instant.
        uncertainty_ns: The true offset differs by no more than this, from the first answered request on that
            went out after a clock was set, however little; at least half the shortest round trip.
        drift: Growth of the offset, nanoseconds per nanosecond.
        rtt_ns: Shortest round trip in the window.
    """

    at_ns: int
    offset_ns: float
    uncertainty_ns: float
    drift: float
    rtt_ns: int

    def to_remote(self, local_ns: int) -> int:
        """Translate a local instant into the remote clock."""
        return local_ns + round(self.offset_ns + self.drift * (local_ns - self.at_ns))

    def to_local(self, remote_ns: int) -> int:
        """Translate a remote instant into the local clock."""
        since = remote_ns - self.at_ns - self.offset_ns
        return self.at_ns + round(since / (1 + self.drift))


class _Bucket(NamedTuple):
    """What is kept of the exchanges of one short span."""

    number: int
    most: Fact
    least: Fact
    rtt_ns: int
    until_ns: int

    def with_more(self, exchange: Exchange) -> _Bucket:
        return _Bucket(
            self.number,
            min(self.most, exchange.most, key=_offset),
            max(self.least, exchange.least, key=_offset),
            min(self.rtt_ns, exchange.rtt_ns),
            max(self.until_ns, exchange.t4),
        )


def _offset(fact: Fact) -> int:
    return fact.offset_ns


def _bounds_of(most: Sequence[Fact], least: Sequence[Fact], at_ns: int, drift: float) -> _Bounds:
    # The same as ClockFilter._limits of each, written out: this is done at every exchange.
    low = max([offset_ns - drift * abs(at_ns - fact_ns) for fact_ns, offset_ns in least])
    return _Bounds(low, min([offset_ns + drift * abs(at_ns - fact_ns) for fact_ns, offset_ns in most]))


class _Bounds(NamedTuple):
    """Between these the offset lies."""

    low: float
    high: float

    def wider(self, by: float) -> _Bounds:
        return _Bounds(self.low - by, self.high + by)


@dataclass(frozen=True, slots=True)
class _Summary:
    """What all kept facts say together about ``at_ns``, the newest of them, and what the newest alone say.

    Later instants follow from it alone: the bounds go apart with the largest drift, the line goes on. Reports
    ask ten times a second, and what is kept changes less often.
    """

    at_ns: int
    all: _Bounds
    newest: _Bounds
    line: Line
    shortest_ns: int


class ClockFilter:
    """Collects exchanges, answers with estimates."""

    def __init__(self, policy: ClockPolicy | None = None) -> None:
        self._policy = policy or ClockPolicy()
        self._kept: deque[_Bucket] = deque()
        self._newest: Exchange | None = None
        self._surest: Exchange | None = None
        self._summary: _Summary | None = None
        self._drift: float | None = None
        self.resets = 0
        """How often contradicting facts were forgotten (a clock was set, a machine slept)."""

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def chance_ns(self) -> float:
        """How far the estimate may be off by chance, because no packet was quick enough; no bound."""
        if not self._kept:
            return math.inf
        most, least = self._facts()
        return lateness(most, least) / len(self._kept)

    def add(self, exchange: Exchange) -> None:
        """Take one exchange in. One that is impossible by itself (negative round trip) is dropped."""
        if exchange.rtt_ns < 0 or exchange.t4 < exchange.t1:
            return
        is_newest = self._newest is None or exchange.t1 >= self._newest.t1
        if self._kept and not self._agrees(exchange):
            if not is_newest:
                return  # of the clock as it was before the newest request went out, or of both
            self._kept.clear()
            self._surest = None
            self.resets += 1
        self._keep(exchange)
        if is_newest:
            self._newest = exchange
        if self._is_surest(exchange):
            self._surest = exchange
        self._forget(exchange.t4)

    def estimate(self, at_ns: int) -> ClockEstimate | None:
        """Estimate the offset at a local instant; None before the first exchange."""
        if not self._kept:
            return None
        known = self._summarised()
        (low, high), newest = self._bounds(at_ns)
        offset = min(max(known.line.at(at_ns), low), high)
        return ClockEstimate(
            at_ns=at_ns,
            offset_ns=offset,
            uncertainty_ns=max(offset - newest.low, newest.high - offset, known.shortest_ns / 2),
            drift=known.line.drift,
            rtt_ns=known.shortest_ns,
        )

    def surest(self) -> ClockEstimate | None:
        """Estimate the offset at the instant of late at which most was known; None before the first exchange.

        How much is known of one instant hangs on how long its exchange took. A quick one stays the surest
        until the clocks may have drifted so far since that a slower one says more.
        """
        surest = self._surest
        if surest is None:
            return None
        known = self._summarised()
        low, high = self._limits(surest.most, surest.least, surest.t4)
        offset = min(max(known.line.at(surest.t4), low), high)
        return ClockEstimate(
            at_ns=surest.t4,
            offset_ns=offset,
            uncertainty_ns=max(offset - low, high - offset, known.shortest_ns / 2),
            drift=known.line.drift,
            rtt_ns=known.shortest_ns,
        )

    def _is_surest(self, exchange: Exchange) -> bool:
        surest = self._surest
        if surest is None:
            return True
        gone_apart = 2 * self._policy.max_drift * (exchange.t4 - surest.t4)
        return exchange.rtt_ns <= surest.rtt_ns + gone_apart

    def _agrees(self, exchange: Exchange) -> bool:
        (low, high), _ = self._bounds(exchange.t4)
        new_low, new_high = self._limits(exchange.most, exchange.least, exchange.t4)
        return max(low, new_low) <= min(high, new_high)

    def _keep(self, exchange: Exchange) -> None:
        number = exchange.t4 // self._policy.bucket_ns
        if self._kept and self._kept[-1].number == number:
            self._kept.append(self._kept.pop().with_more(exchange))
        else:
            self._kept.append(_Bucket(number, exchange.most, exchange.least, exchange.rtt_ns, exchange.t4))
            self._drift = None
        self._summary = None

    def _forget(self, now_ns: int) -> None:
        while len(self._kept) > 1 and now_ns - self._kept[0].until_ns > self._policy.window_ns:
            self._kept.popleft()

    def _limits(self, most: Fact, least: Fact, at_ns: int) -> tuple[float, float]:
        drift = self._policy.max_drift
        low = least.offset_ns - drift * abs(at_ns - least.at_ns)
        return low, most.offset_ns + drift * abs(at_ns - most.at_ns)

    def _bounds(self, at_ns: int) -> tuple[_Bounds, _Bounds]:
        """Between these the offset lies at a local instant, by all facts and by the newest's alone."""
        known = self._summarised()
        if at_ns < known.at_ns:
            return self._walked_bounds(at_ns)
        apart = self._policy.max_drift * (at_ns - known.at_ns)
        return known.all.wider(apart), known.newest.wider(apart)

    def _walked_bounds(self, at_ns: int) -> tuple[_Bounds, _Bounds]:
        drift = self._policy.max_drift
        newest = self._newest
        assert newest is not None, "something is kept"
        return (
            _bounds_of(*self._facts(), at_ns, drift),
            _bounds_of([newest.most], [newest.least], at_ns, drift),
        )

    def _summarised(self) -> _Summary:
        if self._summary is None:
            at_ns = max([bucket.until_ns for bucket in self._kept])
            shortest = min([bucket.rtt_ns for bucket in self._kept])
            self._summary = _Summary(at_ns, *self._walked_bounds(at_ns), self._line(), shortest)
        return self._summary

    def _facts(self) -> tuple[list[Fact], list[Fact]]:
        return [bucket.most for bucket in self._kept], [bucket.least for bucket in self._kept]

    def _line(self) -> Line:
        most, least = self._facts()
        if self._drift is None:
            # Once a bucket is enough: it takes longer than all the rest.
            self._drift = drift_between(
                most,
                least,
                usual_drift=self._policy.usual_drift,
                max_drift=self._policy.max_drift,
                least_noise_ns=self._policy.least_noise_ns,
            )
        return line_between(most, least, self._drift)
