"""How far a remote clock is from ours, with an uncertainty that is never exceeded (sans-IO).

Both sides stamp an exchange with their monotonic clocks: we send at *t1*, the peer receives at *t2* and
answers at *t3*, we receive at *t4*. Nothing is assumed about the way being symmetric, so each exchange is two
facts about the offset ``remote - local``:

* at local time *t1* it was at most ``t2 - t1`` (the request cannot arrive before it was sent);
* at local time *t4* it was at least ``t3 - t4`` (neither can the answer).

A fact from another moment is worth less by the largest drift two clocks can have
(:attr:`ClockPolicy.max_drift`) times its age. The true offset lies where all facts meet; that interval is
what the reported uncertainty is made of. Inside it the estimate follows the exchanges with the shortest round
trip and a straight line through them, as NTP and Snapcast do. When the facts contradict one another a clock
has been set or the machine has slept: all but the newest are forgotten.

Interval view after K. Marzullo and S. Owicki, "Maintaining the time in a distributed system" (1983).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPolicy:
    """The thresholds of a clock estimate.

    Attributes:
        max_drift: Largest relative drift of two quartz clocks that is believed, seconds per second. Quartz in
            consumer devices stays within 100 ppm, so two of them within 200; 250 leaves room.
        window_ns: Exchanges older than this are forgotten.
        bucket_ns: Of the exchanges in one such span only the one with the shortest round trip is kept.
        fit_span_ns: A drift is fitted only over at least this span; shorter ones give noise.
        usual_drift: What one expects of two clocks before anything is measured, one standard deviation.
        least_noise_ns: No offset is believed to be better than this.
        rtt_slack_ns: How much longer than the shortest a round trip may be and still count fully.
    """

    max_drift: float = 250e-6
    window_ns: int = 40_000_000_000
    bucket_ns: int = 500_000_000
    fit_span_ns: int = 4_000_000_000
    usual_drift: float = 60e-6
    least_noise_ns: int = 20_000
    rtt_slack_ns: int = 200_000


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
    def offset_ns(self) -> float:
        """Offset remote - local if both ways took equally long."""
        return ((self.t2 - self.t1) + (self.t3 - self.t4)) / 2

    @property
    def middle_ns(self) -> float:
        """The local instant that :attr:`offset_ns` belongs to."""
        return (self.t1 + self.t4) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEstimate:
    """Offset at one local instant.

    Attributes:
        at_ns: The local instant.
        offset_ns: remote - local at that instant.
        uncertainty_ns: The true offset differs by no more than this; at least half the shortest round trip.
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """An exchange with what is computed of it again and again."""

    exchange: Exchange
    rtt_ns: int
    offset_ns: float
    middle_ns: float

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        return cls(exchange, exchange.rtt_ns, exchange.offset_ns, exchange.middle_ns)


@dataclass(frozen=True, slots=True)
class _Summary:
    """What all kept exchanges say together about ``at_ns``, the newest of them.

    Later instants follow from it alone: the bounds go apart with the largest drift, the line goes on. Reports
    ask ten times a second, and what is kept changes less often.
    """

    at_ns: int
    low: float
    high: float
    offset: float
    drift: float
    shortest_ns: int


class ClockFilter:
    """Collects exchanges, answers with estimates."""

    def __init__(self, policy: ClockPolicy | None = None) -> None:
        self._policy = policy or ClockPolicy()
        self._kept: deque[_Kept] = deque()
        self._summary: _Summary | None = None
        self.resets = 0
        """How often contradicting facts were forgotten (a clock was set, a machine slept)."""

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, exchange: Exchange) -> None:
        """Take one exchange in. One that is impossible by itself (negative round trip) is dropped."""
        if exchange.rtt_ns < 0 or exchange.t4 < exchange.t1:
            return
        if self._kept and not self._agrees(exchange):
            self._kept.clear()
            self._summary = None
            self.resets += 1
        self._keep(exchange)
        self._forget(exchange.t4)

    def estimate(self, at_ns: int) -> ClockEstimate | None:
        """Estimate the offset at a local instant; None before the first exchange."""
        if not self._kept:
            return None
        known = self._summarised()
        low, high = self._bounds(at_ns)
        offset = min(max(known.offset + known.drift * (at_ns - known.at_ns), low), high)
        return ClockEstimate(
            at_ns=at_ns,
            offset_ns=offset,
            uncertainty_ns=max(offset - low, high - offset, known.shortest_ns / 2),
            drift=known.drift,
            rtt_ns=known.shortest_ns,
        )

    def _agrees(self, exchange: Exchange) -> bool:
        low, high = self._bounds(exchange.t4)
        new_low, new_high = self._facts(exchange, exchange.t4)
        return max(low, new_low) <= min(high, new_high)

    def _keep(self, exchange: Exchange) -> None:
        bucket = self._policy.bucket_ns
        last = self._kept[-1] if self._kept else None
        if last is not None and last.exchange.t4 // bucket == exchange.t4 // bucket:
            if exchange.rtt_ns > last.rtt_ns:
                return
            self._kept.pop()
        self._kept.append(_Kept.of(exchange))
        self._summary = None

    def _forget(self, now_ns: int) -> None:
        while len(self._kept) > 1 and now_ns - self._kept[0].exchange.t4 > self._policy.window_ns:
            self._kept.popleft()
            self._summary = None

    def _facts(self, exchange: Exchange, at_ns: int) -> tuple[float, float]:
        drift = self._policy.max_drift
        low = exchange.t3 - exchange.t4 - drift * abs(at_ns - exchange.t4)
        high = exchange.t2 - exchange.t1 + drift * abs(at_ns - exchange.t1)
        return low, high

    def _bounds(self, at_ns: int) -> tuple[float, float]:
        """Between these the offset lies at a local instant."""
        known = self._summarised()
        if at_ns < known.at_ns:
            return self._walked_bounds(at_ns)
        apart = self._policy.max_drift * (at_ns - known.at_ns)
        return known.low - apart, known.high + apart

    def _walked_bounds(self, at_ns: int) -> tuple[float, float]:
        facts = [self._facts(kept.exchange, at_ns) for kept in self._kept]
        return max(low for low, _ in facts), min(high for _, high in facts)

    def _summarised(self) -> _Summary:
        if self._summary is None:
            at_ns = max(kept.exchange.t4 for kept in self._kept)
            low, high = self._walked_bounds(at_ns)
            shortest = min(kept.rtt_ns for kept in self._kept)
            offset, drift = self._fit(at_ns, shortest)
            self._summary = _Summary(at_ns, low, high, offset, drift, shortest)
        return self._summary

    def _fit(self, at_ns: int, shortest: int) -> tuple[float, float]:
        """Weighted straight line through the offsets, evaluated at ``at_ns``: (offset, drift)."""
        slack = self._policy.rtt_slack_ns
        origin = self._kept[-1].offset_ns
        points = [
            (
                (slack / (slack + kept.rtt_ns - shortest)) ** 2,
                kept.middle_ns - at_ns,
                kept.offset_ns - origin,
            )
            for kept in self._kept
        ]
        total = sum([weight for weight, _, _ in points])
        mean_x = sum([weight * x for weight, x, _ in points]) / total
        mean_y = sum([weight * y for weight, _, y in points]) / total
        drift = 0.0
        if points[-1][1] - points[0][1] >= self._policy.fit_span_ns:
            spread = sum([weight * (x - mean_x) ** 2 for weight, x, _ in points])
            # Ridge regression: the noise of the offsets against the drift one expects of quartz. Over a short
            # span the noise would pass for drift, and a wrong drift leads astray when nothing is heard.
            noise = max(shortest / 4, self._policy.least_noise_ns)
            doubt = (noise / self._policy.usual_drift) ** 2
            together = sum([weight * (x - mean_x) * (y - mean_y) for weight, x, y in points])
            drift = together / (spread + doubt)
            drift = min(max(drift, -self._policy.max_drift), self._policy.max_drift)
        return origin + mean_y - drift * mean_x, drift
