from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb.pace import SMALLEST, TARGET_S, WritePace

MEGABYTE = 1 << 20


def _settle(pace: WritePace, bytes_per_s: float, latency_s: float) -> None:
    for _ in range(30):
        pace.acknowledged(pace.size, latency_s + pace.size / bytes_per_s)


def test_a_fast_line_gets_the_largest_packets() -> None:
    pace = WritePace(MEGABYTE)
    _settle(pace, 400e6, 0.0001)
    assert pace.size == MEGABYTE


def test_a_slow_line_holds_a_packet_for_the_target_time_only() -> None:
    pace = WritePace(MEGABYTE)
    _settle(pace, 2e6, 0.003)
    assert 0.2 * TARGET_S < pace.size / 2e6 <= 1.2 * TARGET_S


def test_it_recovers_when_the_line_does() -> None:
    pace = WritePace(MEGABYTE)
    _settle(pace, 0.5e6, 0.003)
    _settle(pace, 400e6, 0.0001)
    assert pace.size == MEGABYTE


def test_a_distant_line_that_is_fast_gets_large_packets() -> None:
    """The way there and back is longer than a packet may hold the line; that is not the packet's fault."""
    pace = WritePace(MEGABYTE)
    for _ in range(30):
        pace.acknowledged(100, 0.080)
        pace.acknowledged(pace.size, 0.080 + pace.size / 100e6)
    assert pace.size == MEGABYTE


def test_small_packets_that_wait_behind_a_film_do_not_hide_a_slow_line() -> None:
    pace = WritePace(MEGABYTE)
    for _ in range(60):
        pace.acknowledged(100, 0.003)
        pace.acknowledged(100, 0.003 + pace.size / 2e6)
        pace.acknowledged(pace.size, 0.003 + pace.size / 2e6)
    assert pace.size / 2e6 <= 2.0 * TARGET_S


@given(
    st.integers(SMALLEST, MEGABYTE),
    st.lists(st.tuples(st.integers(1, MEGABYTE), st.floats(0, 100)), max_size=50),
)
def test_the_size_stays_within_its_limits(limit: int, answers: list[tuple[int, float]]) -> None:
    pace = WritePace(limit)
    for count, seconds in answers:
        pace.acknowledged(min(count, pace.size), seconds)
        assert SMALLEST <= pace.size <= limit
