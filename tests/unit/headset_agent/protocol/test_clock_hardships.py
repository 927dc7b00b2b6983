"""The clock estimate keeps its promise across a bad network, sleep and clocks that are set."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.clock import ClockEstimate, ClockFilter, ClockPolicy, Exchange

MS = 1_000_000
SECOND = 1000 * MS
HOUR = 3600 * SECOND

LONGEST_WAY = 80 * MS


@dataclass
class Remote:
    """A clock that drifts, stands still while its headset sleeps, and may be set; local instants ascend."""

    offset_ns: int
    drift_ppm: float
    leaps: list[tuple[int, int]] = field(default_factory=list)
    """From which local instant on it shows so much more, or less."""

    def offset_at(self, local_ns: float) -> float:
        leapt = sum(by for at, by in self.leaps if local_ns >= at)
        return self.offset_ns + leapt + local_ns * self.drift_ppm * 1e-6

    def at(self, local_ns: float) -> int:
        return round(local_ns + self.offset_at(local_ns))


@dataclass
class Network:
    """Two ways of their own: a shortest time each, more by chance, and packets that overtake one another."""

    least: tuple[int, int]
    jitter: tuple[int, int]
    dice: random.Random

    def exchange(self, remote: Remote, at_ns: int) -> Exchange:
        there, back = (
            least + self.dice.randrange(jitter + 1)
            for least, jitter in zip(self.least, self.jitter, strict=True)
        )
        return Exchange(at_ns, remote.at(at_ns + there), remote.at(at_ns + there), at_ns + there + back)

    def exchanges(self, remote: Remote, begin_ns: int, until_ns: int, every_ns: int) -> Iterator[Exchange]:
        """In the order in which the answers come."""
        sent = [self.exchange(remote, at_ns) for at_ns in range(begin_ns, until_ns, every_ns)]
        yield from sorted(sent, key=lambda exchange: exchange.t4)


remotes = st.builds(
    Remote,
    offset_ns=st.integers(-12 * HOUR, 12 * HOUR),
    drift_ppm=st.floats(-100, 100),
    leaps=st.just([]).map(list),
)
ways = st.tuples(st.integers(100_000, 40 * MS), st.integers(100_000, 40 * MS))
networks = st.builds(
    Network,
    least=ways,
    jitter=st.tuples(st.integers(0, 40 * MS), st.integers(0, 40 * MS)),
    dice=st.integers(0, 1 << 30).map(random.Random),
)


def check(clock: ClockFilter, remote: Remote, at_ns: int) -> ClockEstimate:
    """The error is within what is reported, to the whole nanoseconds of time stamps."""
    estimate = clock.estimate(at_ns)
    assert estimate is not None
    assert abs(estimate.offset_ns - remote.offset_at(at_ns)) <= estimate.uncertainty_ns + 2
    assert estimate.uncertainty_ns >= estimate.rtt_ns / 2
    return estimate


@given(remote=remotes, network=networks)
def test_jitter_asymmetry_drift_and_overtaking(remote: Remote, network: Network) -> None:
    """Several exchanges on the way at the same time, then two minutes of silence."""
    clock = ClockFilter()
    shortest = None
    for exchange in network.exchanges(remote, 0, 6 * SECOND, 60 * MS):
        clock.add(exchange)
        shortest = exchange.rtt_ns if shortest is None else min(shortest, exchange.rtt_ns)
        estimate = check(clock, remote, exchange.t4)
        assert estimate.rtt_ns == shortest
    check(clock, remote, 126 * SECOND)
    assert clock.resets == 0


sizes = st.one_of(st.integers(-HOUR, -2 * LONGEST_WAY), st.integers(2 * LONGEST_WAY, HOUR))
"""More than a round trip takes: less could as well be a way that has become longer."""


@given(remote=remotes, network=networks, by_ns=sizes, away_ns=st.integers(0, 90 * SECOND))
def test_a_clock_that_was_set_or_stood_still_is_noticed_at_once(
    remote: Remote, network: Network, by_ns: int, away_ns: int
) -> None:
    """As after sleep, however long it lasted; the estimate begins anew with the first answer."""
    clock = ClockFilter()
    for exchange in network.exchanges(remote, 0, 5 * SECOND, 250 * MS):
        clock.add(exchange)
    awake_ns = 6 * SECOND + away_ns
    remote.leaps.append((awake_ns - SECOND // 2, by_ns))
    for exchange in network.exchanges(remote, awake_ns, awake_ns + 3 * SECOND, 250 * MS):
        clock.add(exchange)
        check(clock, remote, exchange.t4)
    assert clock.resets == 1


@given(remote=remotes, network=networks, sleeps=st.lists(st.integers(SECOND, HOUR), min_size=2, max_size=6))
def test_sleep_after_sleep(remote: Remote, network: Network, sleeps: Sequence[int]) -> None:
    clock = ClockFilter()
    now_ns = 0
    for sleep_ns in sleeps:
        for exchange in network.exchanges(remote, now_ns, now_ns + 2 * SECOND, 100 * MS):
            clock.add(exchange)
            check(clock, remote, exchange.t4)
        now_ns += 3 * SECOND + sleep_ns
        remote.leaps.append((now_ns - 1, -sleep_ns))
    assert clock.resets == len(sleeps) - 1


leaps = st.lists(st.integers(-2 * LONGEST_WAY, 2 * LONGEST_WAY), min_size=1, max_size=4)


@given(remote=remotes, network=networks, steps=leaps, every_ns=st.integers(5 * MS, 250 * MS))
def test_a_clock_that_is_set_by_less_than_a_round_trip_never_leaves_what_is_reported(
    remote: Remote, network: Network, steps: Sequence[int], every_ns: int
) -> None:
    """It may pass for ways that have become longer and shorter, but not for certain.

    Requests are on the way while the clock is set and answers overtake one another; from the first answer to
    a request that went out afterwards, nothing is excused.
    """
    clock, apart_ns = ClockFilter(), 5 * SECOND
    remote.leaps.extend((apart_ns * number, by_ns) for number, by_ns in enumerate(steps, 1))
    asked_ns = -1
    for exchange in network.exchanges(remote, 0, apart_ns * (len(steps) + 1), every_ns):
        clock.add(exchange)
        asked_ns = max(asked_ns, exchange.t1)
        for at_ns in (exchange.t4, exchange.t4 + every_ns):
            set_ns = max([since for since, _ in remote.leaps if since <= at_ns], default=0)
            if asked_ns >= set_ns:
                check(clock, remote, at_ns)


def test_an_answer_of_the_clock_before_it_was_set_changes_nothing() -> None:
    """It went out before and came back after one that speaks of the clock as it is now."""
    remote = Remote(3 * HOUR, 0.0, [(SECOND, HOUR)])
    quick, slow = (Network((way, way), (0, 0), random.Random(1)) for way in (5 * MS, 60 * MS))
    clock = ClockFilter()
    clock.add(quick.exchange(remote, 0))
    overtaken = slow.exchange(remote, SECOND - 80 * MS)
    clock.add(quick.exchange(remote, SECOND))
    clock.add(overtaken)
    assert check(clock, remote, overtaken.t4).uncertainty_ns < 6 * MS
    assert clock.resets == 1


def test_a_set_clock_too_small_to_be_noticed_is_forgotten_with_the_window() -> None:
    remote, network = Remote(3 * HOUR, 20.0), Network((10 * MS, 10 * MS), (5 * MS, 5 * MS), random.Random(1))
    clock = ClockFilter()
    for exchange in network.exchanges(remote, 0, 30 * SECOND, 250 * MS):
        clock.add(exchange)
    remote.leaps.append((30 * SECOND, 8 * MS))
    for exchange in network.exchanges(remote, 31 * SECOND, 95 * SECOND, 250 * MS):
        clock.add(exchange)
    assert abs(check(clock, remote, 95 * SECOND).offset_ns - remote.offset_at(95 * SECOND)) < MS


@pytest.mark.parametrize("drift_ppm", [-80.0, 0.0, 80.0])
def test_a_bad_wifi_leaves_less_than_a_millisecond(drift_ppm: float) -> None:
    """Each way takes 10 to 30 ms; what is left is what several headsets are apart by."""
    errors = []
    for seed in range(40):
        remote = Remote(5 * HOUR, drift_ppm)
        network = Network((10 * MS, 10 * MS), (20 * MS, 20 * MS), random.Random(seed))
        clock = ClockFilter()
        for exchange in network.exchanges(remote, 0, 10 * SECOND, 100 * MS):
            clock.add(exchange)
        found = check(clock, remote, 10 * SECOND)
        errors.append(abs(found.offset_ns - remote.offset_at(10 * SECOND)))
    assert sorted(errors)[37] < MS
    assert sorted(errors)[20] < MS / 2


def test_how_much_is_chance_falls_with_every_packet() -> None:
    remote = Remote(HOUR, 10.0)
    network = Network((10 * MS, 10 * MS), (20 * MS, 20 * MS), random.Random(7))
    clock = ClockFilter()
    assert clock.chance_ns == float("inf")
    chances = []
    for exchange in network.exchanges(remote, 0, 60 * SECOND, 100 * MS):
        clock.add(exchange)
        chances.append(clock.chance_ns)
    assert chances[100] > 2 * chances[-1]
    assert chances[-1] < MS / 10


@given(remote=remotes, network=networks, pause_ns=st.integers(0, 90 * SECOND))
def test_the_surest_instant_is_one_of_a_quick_exchange(
    remote: Remote, network: Network, pause_ns: int
) -> None:
    """A receipt's uncertainty is not what the last packet happened to take."""
    clock, slow = ClockFilter(), Network((50 * MS, 50 * MS), (0, 0), random.Random(1))
    assert clock.surest() is None
    exchanges = [*network.exchanges(remote, 0, 5 * SECOND, 250 * MS)]
    for exchange in exchanges:
        clock.add(exchange)
    later_ns = 6 * SECOND + pause_ns
    clock.add(slow.exchange(remote, later_ns))
    surest = clock.surest()
    assert surest is not None
    assert abs(surest.offset_ns - remote.offset_at(surest.at_ns)) <= surest.uncertainty_ns + 2
    quickest_ns = min(exchange.rtt_ns for exchange in exchanges)
    drifted_ns = 2 * ClockPolicy().max_drift * (later_ns + SECOND)
    assert surest.rtt_ns / 2 <= surest.uncertainty_ns <= quickest_ns + drifted_ns


def test_of_a_clock_that_was_set_nothing_is_sure_any_more() -> None:
    remote = Remote(HOUR, 0.0, [(SECOND, HOUR)])
    quick, slow = (Network((way, way), (0, 0), random.Random(1)) for way in (MS, 30 * MS))
    clock = ClockFilter()
    clock.add(quick.exchange(remote, 0))
    clock.add(slow.exchange(remote, 2 * SECOND))
    surest = clock.surest()
    assert surest is not None
    assert abs(surest.offset_ns - 2 * HOUR) <= surest.uncertainty_ns == pytest.approx(30 * MS, rel=1e-3)


def test_what_was_sure_once_gives_way_to_a_slower_exchange_when_the_clocks_may_have_drifted_further() -> None:
    """20 ms of a round trip more are made up for after 40 s, by two bounds that go apart at 250 ppm."""
    remote = Remote(HOUR, 0.0)
    quick, slow = (Network((way, way), (0, 0), random.Random(1)) for way in (5 * MS, 15 * MS))
    clock = ClockFilter()
    clock.add(quick.exchange(remote, 0))
    told_at_ns = []
    for at_ns in (39 * SECOND, 41 * SECOND):
        clock.add(slow.exchange(remote, at_ns))
        surest = clock.surest()
        assert surest is not None
        told_at_ns.append(surest.at_ns)
    assert told_at_ns == [10 * MS, 41 * SECOND + 30 * MS]
