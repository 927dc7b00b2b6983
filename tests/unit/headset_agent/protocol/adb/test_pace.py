from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb.pace import SMALLEST, TARGET_S, OnTheWay, WritePace

MEGABYTE = 1 << 20
MOST = 2 * MEGABYTE


class Line:
    """A line of one speed that answers after the way there and back; time is what it takes."""

    def __init__(self, pace: WritePace, bytes_per_s: float, latency_s: float) -> None:
        self.becomes(bytes_per_s, latency_s)
        self._free_at_s = 0.0
        self._answers: list[tuple[float, OnTheWay, int]] = []
        self.now_s = 0.0
        self.film, self.talk = OnTheWay(pace), OnTheWay(pace)

    def becomes(self, bytes_per_s: float, latency_s: float) -> None:
        """Carry what is sent from now on so."""
        self._bytes_per_s = bytes_per_s
        self._latency_s = latency_s

    def send(self, stream: OnTheWay, count: int) -> None:
        stream.add(count, self.now_s)
        self._free_at_s = max(self._free_at_s, self.now_s) + count / self._bytes_per_s
        self._answers.append((self._free_at_s + self._latency_s, stream, count))

    def answer(self) -> None:
        """Wait for the next answer."""
        self.now_s, stream, count = self._answers.pop(0)
        stream.answered(count, self.now_s)

    def carry(self, writes: int, *, talks: bool = False) -> float:
        """Send a film as fast as it may go, with small talk between; gives the longest that talk took."""
        longest = 0.0
        for _ in range(writes):
            if talks and not self.talk.bytes:
                self.send(self.talk, 100)
                longest = max(longest, self._answers[-1][0] - self.now_s)
            while room := self.film.room:
                self.send(self.film, room)
            self.answer()
        return longest


@pytest.mark.parametrize("most", [0, MOST])
def test_a_fast_line_that_is_near_gets_the_largest_packets_one_at_a_time(most: int) -> None:
    pace = WritePace(MEGABYTE, most=most)
    Line(pace, 400e6, 0.0001).carry(100, talks=True)
    assert pace.size == pace.window == MEGABYTE


@pytest.mark.parametrize("most", [0, MOST])
def test_a_slow_line_is_held_for_the_target_time_only(most: int) -> None:
    pace = WritePace(MEGABYTE, most=most)
    line = Line(pace, 2e6, 0.003)
    line.carry(100, talks=True)
    assert 0.2 * TARGET_S < pace.window / 2e6 <= 1.2 * TARGET_S
    assert line.carry(100, talks=True) <= 1.6 * TARGET_S


@pytest.mark.parametrize("most", [0, MOST])
def test_it_recovers_when_the_line_does(most: int) -> None:
    pace = WritePace(MEGABYTE, most=most)
    line = Line(pace, 0.5e6, 0.003)
    line.carry(100, talks=True)
    assert pace.window < MEGABYTE / 8
    line.becomes(400e6, 0.0001)
    line.carry(500, talks=True)
    assert pace.size == MEGABYTE


@pytest.mark.parametrize("most", [0, MOST])
def test_a_distant_line_that_is_fast_gets_large_packets(most: int) -> None:
    """The way there and back is longer than a packet may hold the line; that is not the packet's fault."""
    pace = WritePace(MEGABYTE, most=most)
    Line(pace, 100e6, 0.080).carry(300, talks=True)
    assert pace.size == MEGABYTE


def test_a_distant_line_is_never_empty_where_the_peer_takes_more_than_one() -> None:
    """One packet at a time, a line of 50 MB/s and 20 ms carries half of that."""
    speeds = {}
    for most in (0, MOST):
        line = Line(WritePace(MEGABYTE, most=most), 50e6, 0.020)
        line.carry(300, talks=True)
        begun_s, sent = line.now_s, 0
        for _ in range(100):
            while room := line.film.room:
                line.send(line.film, room)
                sent += room
            line.answer()
        speeds[most] = sent / (line.now_s - begun_s)
    assert speeds[0] < 0.6 * 50e6
    assert speeds[MOST] > 0.95 * 50e6


@pytest.mark.parametrize("most", [0, MOST])
def test_talk_that_waits_behind_a_film_does_not_hide_a_slow_line(most: int) -> None:
    line = Line(WritePace(MEGABYTE, most=most), 2e6, 0.003)
    line.carry(50, talks=True)
    assert line.carry(5000, talks=True) <= 2.0 * TARGET_S


def test_a_line_that_becomes_distant_while_a_film_is_carried_is_learned_anew() -> None:
    """Somebody walks to the next access point: small packets that find the line nearly free tell of it.

    They are rare, so not all of it is learned; but the film goes on in pieces that are worth while.
    """
    pace = WritePace(MEGABYTE, most=MOST)
    line = Line(pace, 100e6, 0.003)
    line.carry(100, talks=True)
    line.becomes(100e6, 0.060)
    line.carry(3000, talks=True)
    assert pace.window > MEGABYTE / 4


def test_what_was_sent_is_answered_in_any_pieces() -> None:
    stream = OnTheWay(WritePace(MEGABYTE, most=MOST))
    stream.add(1000, 0.0)
    stream.add(500, 0.0)
    for count, left in ((400, 1500), (600, 500), (499, 500), (1, 0)):
        stream.answered(count, 0.01)
        assert stream.bytes == left


def test_answers_to_what_was_never_sent_give_no_credit() -> None:
    stream = OnTheWay(WritePace(MEGABYTE, most=MOST))
    stream.answered(10_000, 0.0)
    stream.add(1000, 0.0)
    assert stream.bytes == 1000
    stream.answered(-100, 0.0)
    stream.answered(1000, 0.0)
    assert stream.bytes == 1000, "what was taken back has to come again"
    stream.answered(100, 0.0)
    assert stream.bytes == 0


def test_a_stream_that_is_gone_leaves_the_line_free() -> None:
    pace = WritePace(MEGABYTE)
    gone = OnTheWay(pace)
    gone.add(100_000, 0.0)
    assert not pace.sent(1), "the line was busy"
    gone.give_up()
    assert pace.sent(1)


@given(
    st.integers(SMALLEST, MEGABYTE),
    st.sampled_from([0, MOST]),
    st.lists(st.tuples(st.integers(1, MEGABYTE), st.floats(0, 100)), max_size=50),
)
def test_the_window_stays_within_its_limits(limit: int, most: int, answers: list[tuple[int, float]]) -> None:
    pace = WritePace(limit, most=most)
    stream = OnTheWay(pace)
    for count, seconds in answers:
        stream.add(min(count, pace.size), 0.0)
        stream.answered(min(count, pace.size), seconds)
        assert SMALLEST <= pace.size <= limit
        assert SMALLEST <= pace.window <= (most or limit)
    assert pace.room(0) == pace.size
    assert pace.room(pace.window) == 0
