"""A simulated player that is steered beside the group's film."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headset_agent.protocol.playing import Action, FilmRef, Plan
from trainer_app.preview.steering import DEAD_BAND_S, Act, Learned, Order, Steering
from trainer_app.services.ports.film_course import FilmCourse

NS = 1_000_000_000
FILM = FilmRef(sha256="a" * 64, duration_s=600.0)
STEP_S = 0.02
WORD_S = 0.25


def plays(from_s: float = 0.0, at_s: float = 0.0) -> FilmCourse:
    return FilmCourse(
        Plan(
            plan_id="p",
            revision=0,
            action=Action.PLAY,
            anchor_ns=round(at_s * NS),
            position_s=from_s,
            film=FILM,
        )
    )


def paused(at_s: float) -> FilmCourse:
    return FilmCourse(Plan(plan_id="p", revision=0, action=Action.PAUSE, position_s=at_s, film=FILM))


@dataclass
class Player:
    """Moves like VLC: late after an order to run or leap, its words a little late and uneven."""

    start_s: float = 0.05
    leap_s: float = 0.05
    late_s: tuple[float, ...] = (0.0,)
    position_s: float = 0.0
    rate: float = 1.0
    runs: bool = False
    waits_s: float = 0.0
    orders: list[Order] = field(default_factory=list)

    def do(self, order: Order) -> None:
        self.orders.append(order)
        if order.act is Act.RUN:
            self.runs, self.waits_s = True, max(self.waits_s, self.start_s)
        elif order.act is Act.HOLD:
            self.runs = False
        elif order.act is Act.LEAP:
            self.position_s = order.value
            self.waits_s = self.leap_s if self.runs else 0.0
        else:
            self.position_s += 0.33 * (order.value - self.rate)
            self.rate = order.value

    def pass_time(self, seconds: float) -> None:
        if self.runs:
            moving_s = max(0.0, seconds - self.waits_s)
            self.waits_s = max(0.0, self.waits_s - seconds)
            self.position_s += moving_s * self.rate


class Table:
    """A course, a steering and a player under one simulated clock."""

    def __init__(self, player: Player, course: FilmCourse, learned: Learned | None = None) -> None:
        self.player, self.course = player, course
        self.steering = Steering(learned or Learned())
        self.now_ns = 0
        self._words = 0
        self._next_word_ns = 0

    @property
    def error_s(self) -> float:
        return self.player.position_s - self.course.at(self.now_ns).position_s

    def run(self, seconds: float) -> list[float]:
        """Errors of each step."""
        errors = []
        until_ns = self.now_ns + round(seconds * NS)
        while self.now_ns < until_ns:
            moment = self.course.at(self.now_ns)
            for order in self.steering.step(self.now_ns, moment):
                self.player.do(order)
            due_ns = self.steering.due_ns(moment)
            next_ns = self.now_ns + round(STEP_S * NS)
            if due_ns is not None and self.now_ns < due_ns < next_ns:
                next_ns = due_ns
            self.player.pass_time((next_ns - self.now_ns) / NS)
            self.now_ns = next_ns
            self._speak()
            errors.append(self.error_s)
        return errors

    def _speak(self) -> None:
        if not self.player.runs or self.now_ns < self._next_word_ns:
            return
        self._next_word_ns = self.now_ns + round(WORD_S * NS)
        late_s = self.player.late_s[self._words % len(self.player.late_s)]
        self._words += 1
        heard_ns = self.now_ns + round(late_s * NS)
        should_s = self.course.at(heard_ns).position_s
        self.steering.hear(heard_ns, self.player.position_s + 0.008, should_s)


def test_a_film_that_is_paused_is_shown_where_it_stands_and_left_alone() -> None:
    table = Table(Player(), paused(12.0))
    table.run(5.0)
    assert table.player.orders == [Order(Act.LEAP, 12.0)]


def test_a_start_is_ordered_early_by_what_it_takes() -> None:
    table = Table(Player(start_s=0.08), plays(30.0, at_s=2.0), Learned(start_s=0.08))
    errors = table.run(4.0)
    assert max(map(abs, errors[5:])) < 0.081  # it stands 80 ms less, for the picture comes at the instant
    assert abs(table.error_s) < 0.001
    assert [order.act for order in table.player.orders] == [Act.LEAP, Act.RUN]


def test_it_learns_what_a_start_takes() -> None:
    learned = Learned(start_s=0.0)
    for _ in range(6):
        table = Table(Player(start_s=0.2), plays(at_s=1.0), learned)
        table.run(4.0)
    assert learned.start_s == pytest.approx(0.2, abs=0.02)


def test_a_pause_holds_it_at_the_groups_own_picture() -> None:
    table = Table(Player(), plays())
    table.run(6.0)
    table.course = paused(6.1)
    table.run(1.0)
    assert table.player.runs is False
    assert table.player.position_s == 6.1


def test_a_pause_in_the_middle_of_a_correction_leaves_the_usual_rate() -> None:
    table = Table(Player(start_s=0.3), plays(at_s=1.0))
    while table.player.rate == 1.0:
        table.run(STEP_S)
    table.course = paused(2.0)
    table.run(1.0)
    assert table.player.rate == 1.0


def test_a_leap_waits_until_the_player_really_stands() -> None:
    table = Table(Player(), paused(12.0))
    table.steering.opened(table.now_ns)
    table.run(0.1)
    assert table.player.orders == []
    table.run(0.2)
    assert table.player.orders == [Order(Act.LEAP, 12.0)]


def test_it_leaps_after_the_group_and_rests_between_leaps() -> None:
    table = Table(Player(), plays())
    table.run(5.0)
    table.player.position_s += 30.0
    before = len(table.player.orders)
    table.run(8.0)
    leaps = [order for order in table.player.orders[before:] if order.act is Act.LEAP]
    assert len(leaps) == 1
    assert abs(table.error_s) <= DEAD_BAND_S + 0.002


@settings(max_examples=40, deadline=None)
@given(
    off_s=st.floats(-0.6, 0.6),
    start_s=st.floats(0.0, 0.3),
    late_s=st.lists(st.floats(0.0, 0.006), min_size=1, max_size=7),
)
def test_it_comes_together_without_swinging_and_without_leaping(
    off_s: float, start_s: float, late_s: list[float]
) -> None:
    table = Table(Player(start_s=start_s, late_s=tuple(late_s)), plays(10.0, at_s=0.5))
    table.run(0.6)
    table.player.position_s += off_s
    joined = len(table.player.orders)
    table.run(30.0)
    errors = table.run(3.0)
    assert max(map(abs, errors)) <= DEAD_BAND_S + 0.008
    after = table.player.orders[joined:]
    assert not [order for order in after if order.act is not Act.RATE]
    rates = [order.value for order in after]
    assert all(abs(rate - 1) <= 0.05 + 1e-9 for rate in rates)
    turns = [rate > 1 for rate in rates if rate != 1.0]
    assert sum(a != b for a, b in pairwise(turns)) <= 1
