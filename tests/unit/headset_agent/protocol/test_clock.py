"""The clock estimate keeps its promise: the error never exceeds the reported uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.clock import ClockFilter, ClockPolicy, Exchange

SECOND = 1_000_000_000
HOUR = 3600 * SECOND


@dataclass(frozen=True)
class RemoteClock:
    """A clock that is off by ``offset_ns`` at local time 0 and drifts."""

    offset_ns: int
    drift_ppm: float

    def at(self, local_ns: float) -> int:
        return round(local_ns + self.offset_ns + local_ns * self.drift_ppm * 1e-6)

    def offset_at(self, local_ns: int) -> float:
        return self.offset_ns + local_ns * self.drift_ppm * 1e-6


def exchange(remote: RemoteClock, start: int, there: int, inside: int, back: int) -> Exchange:
    return Exchange(
        start,
        remote.at(start + there),
        remote.at(start + there + inside),
        start + there + inside + back,
    )


remotes = st.builds(
    RemoteClock,
    offset_ns=st.integers(-12 * HOUR, 12 * HOUR),
    drift_ppm=st.floats(-100, 100),
)
ways = st.integers(20_000, 80_000_000)
histories = st.lists(
    st.tuples(st.integers(1_000_000, 3 * SECOND), ways, st.integers(0, 5_000_000), ways),
    min_size=1,
    max_size=60,
)


@given(remote=remotes, history=histories, silence=st.integers(0, 60 * SECOND))
def test_error_never_exceeds_the_reported_uncertainty(
    remote: RemoteClock, history: list[tuple[int, int, int, int]], silence: int
) -> None:
    """Jitter, asymmetric ways, drift of 100 ppm, silence: the true offset stays inside."""
    clock = ClockFilter()
    now = 0
    shortest = None
    for gap, there, inside, back in history:
        now += gap
        sample = exchange(remote, now, there, inside, back)
        clock.add(sample)
        now = sample.t4
        shortest = sample.rtt_ns if shortest is None else min(shortest, sample.rtt_ns)
        estimate = clock.estimate(now)
        assert estimate is not None
        # 2 ns: time stamps are whole nanoseconds
        assert abs(estimate.offset_ns - remote.offset_at(now)) <= estimate.uncertainty_ns + 2
    later = clock.estimate(now + silence)
    assert later is not None
    assert abs(later.offset_ns - remote.offset_at(now + silence)) <= later.uncertainty_ns + 2
    assert shortest is not None
    assert later.uncertainty_ns >= shortest / 2 - 2
    assert clock.resets == 0


@given(remote=remotes, history=histories, step=st.integers(SECOND, HOUR))
def test_a_set_clock_is_noticed_and_followed(
    remote: RemoteClock, history: list[tuple[int, int, int, int]], step: int
) -> None:
    """After a step of the remote clock the next exchange already gives the new offset."""
    clock = ClockFilter()
    now = 0
    for gap, there, inside, back in history:
        now += gap
        clock.add(exchange(remote, now, there, inside, back))
    stepped = RemoteClock(remote.offset_ns + step, remote.drift_ppm)
    now += SECOND
    sample = exchange(stepped, now, 1_000_000, 0, 1_000_000)
    clock.add(sample)
    estimate = clock.estimate(sample.t4)
    assert estimate is not None
    assert abs(estimate.offset_ns - stepped.offset_at(sample.t4)) <= estimate.uncertainty_ns + 2
    assert clock.resets == 1


def test_reordered_answers_do_no_harm() -> None:
    """Answers that overtake one another are facts as good as others."""
    remote = RemoteClock(5 * HOUR, 60)
    samples = [
        exchange(remote, i * 200_000_000, 2_000_000 + i % 7 * 3_000_000, 0, 2_000_000) for i in range(50)
    ]
    clock = ClockFilter()
    for first, second in zip(samples[::2], samples[1::2], strict=True):
        clock.add(second)
        clock.add(first)
    at = samples[-1].t4
    estimate = clock.estimate(at)
    assert estimate is not None
    assert clock.resets == 0
    assert abs(estimate.offset_ns - remote.offset_at(at)) <= estimate.uncertainty_ns


def test_drift_is_learned_so_that_silence_costs_little() -> None:
    """80 ppm over ten silent seconds are 0.8 ms; a learned drift leaves a tenth of that."""
    remote = RemoteClock(-3 * HOUR, 80)
    clock = ClockFilter()
    for i in range(80):
        clock.add(exchange(remote, i * 250_000_000, 500_000, 0, 500_000))
    at = 30 * SECOND
    estimate = clock.estimate(at)
    assert estimate is not None
    assert estimate.drift == pytest.approx(80e-6, rel=0.05)
    assert abs(estimate.offset_ns - remote.offset_at(at)) < 80_000


@given(remote=remotes, local=st.integers(0, 100 * SECOND))
def test_translation_there_and_back_is_the_same_instant(remote: RemoteClock, local: int) -> None:
    clock = ClockFilter()
    for i in range(40):
        clock.add(exchange(remote, i * 250_000_000, 1_000_000, 0, 1_000_000))
    estimate = clock.estimate(10 * SECOND)
    assert estimate is not None
    assert abs(estimate.to_local(estimate.to_remote(local)) - local) <= 2


def test_an_impossible_exchange_is_dropped() -> None:
    clock = ClockFilter()
    clock.add(Exchange(t1=0, t2=0, t3=100, t4=50))
    assert len(clock) == 0
    assert clock.estimate(0) is None


class CountedPolicy(ClockPolicy):
    """Counts how often the largest drift is looked up: once for each fact that is looked at."""

    looks = 0

    def __getattribute__(self, name: str) -> object:
        CountedPolicy.looks += name == "max_drift"
        return super().__getattribute__(name)


def test_questions_between_two_exchanges_look_at_what_is_kept_once() -> None:
    """Every report of every headset asks, fifty headsets five hundred times a second."""
    remote = RemoteClock(5 * HOUR, 60)
    clock = ClockFilter(CountedPolicy())
    for i in range(60):
        clock.add(exchange(remote, i * SECOND // 2, 1_000_000, 0, 1_000_000))
    CountedPolicy.looks = 0
    at = 30 * SECOND
    for passed in range(100):
        estimate = clock.estimate(at + passed * 10_000_000)
        assert estimate is not None
        assert abs(estimate.offset_ns - remote.offset_at(estimate.at_ns)) <= estimate.uncertainty_ns
    assert CountedPolicy.looks <= 100 + 2 * len(clock)


@given(remote=remotes, history=histories, back=st.integers(0, 10 * SECOND))
def test_an_earlier_instant_is_estimated_within_its_bounds_as_well(
    remote: RemoteClock, history: list[tuple[int, int, int, int]], back: int
) -> None:
    """Reports speak of the past."""
    clock = ClockFilter()
    now = 0
    for gap, there, inside, back_ns in history:
        now += gap
        clock.add(exchange(remote, now, there, inside, back_ns))
    at = max(0, now - back)
    estimate = clock.estimate(at)
    assert estimate is not None
    assert abs(estimate.offset_ns - remote.offset_at(at)) <= estimate.uncertainty_ns + 2
