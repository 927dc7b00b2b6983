"""Every picture at its time, under a clock that the test turns."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.library.film_pace import SHOWN_AFTER_S, Pace

FRAME_S = 1 / 30


@dataclass
class Cinema:
    """A film that runs, a decoder that takes its time, and what was seen: (place of the film, picture)."""

    takes_s: float
    at_s: float = 0.0
    moves: bool = True
    pace: Pace = field(default_factory=lambda: Pace(FRAME_S))
    seen: list[tuple[float, int]] = field(default_factory=list)
    rested_s: float = 0.0
    _last: int | None = None

    def pass_time(self, seconds: float) -> None:
        if self.moves:
            self.at_s += seconds

    def asked(self) -> float:
        """Nobody asks twice in no time."""
        self.pass_time(1e-6)
        return self.at_s

    def step(self) -> None:
        """One picture, as the thread has them."""
        number = int(self.pace.next_s(self.asked()) / FRAME_S + 1e-9)
        if number == self._last:
            self.pass_time(0.02)
            return
        self._last = number
        self.pass_time(self.takes_s)
        for _ in range(10):
            wait_s = self.pace.wait_s(number * FRAME_S, self.asked())
            if wait_s is None:
                return
            if wait_s <= 1e-9:
                self.seen.append((self.at_s + SHOWN_AFTER_S, number))
                rest_s = self.pace.shown(number * FRAME_S, self.takes_s)
                self.rested_s += rest_s
                self.pass_time(rest_s)
                return
            self.pass_time(min(0.02, wait_s))

    def run(self, seconds: float) -> None:
        end_s = self.at_s + seconds
        while self.at_s < end_s:
            self.step()

    def off_s(self, first: int = 0) -> float:
        return max(abs(at_s - number * FRAME_S) for at_s, number in self.seen[first:])


def test_what_is_quickly_decoded_is_all_seen_and_on_time() -> None:
    cinema = Cinema(takes_s=0.008)
    cinema.run(5.0)
    numbers = [number for _, number in cinema.seen]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) >= 149
    assert cinema.off_s(first=2) < 0.001
    assert not cinema.rested_s


@given(takes_s=st.floats(0.001, 0.3))
def test_what_is_slowly_decoded_is_seen_less_often_but_on_time(takes_s: float) -> None:
    cinema = Cinema(takes_s=takes_s)
    cinema.run(20.0)
    assert cinema.off_s(first=len(cinema.seen) * 3 // 4) < 0.005
    numbers = [number for _, number in cinema.seen]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 0.3 * 20.0 / max(takes_s, FRAME_S)
    # No more than about half of the time is spent, where it is not spent in no time.
    assert takes_s * len(numbers) <= max(0.55, takes_s / FRAME_S) * 20.0 or takes_s <= FRAME_S / 2
    assert takes_s <= FRAME_S / 2 or takes_s * len(numbers) <= 0.6 * 20.0


@given(st.lists(st.tuples(st.floats(0.0, 60.0), st.booleans()), min_size=1, max_size=6))
def test_wherever_it_is_led_it_is_there(leaps: list[tuple[float, bool]]) -> None:
    cinema = Cinema(takes_s=0.01)
    for to_s, moves in leaps:
        cinema.at_s, cinema.moves, cinema.seen = to_s, moves, cinema.seen[-1:]
        if moves:
            cinema.run(0.5)
            assert cinema.off_s(first=len(cinema.seen) - 1) < FRAME_S
        else:
            for _ in range(5):
                cinema.step()
            assert cinema.seen[-1][1] == int(to_s / FRAME_S + 1e-9)


@pytest.mark.parametrize("back_s", [0.0, 0.01, 0.04])
def test_a_pause_stands_on_the_picture_of_its_place(back_s: float) -> None:
    cinema = Cinema(takes_s=0.01)
    cinema.run(2.0)
    cinema.moves = False
    cinema.at_s -= back_s
    for _ in range(5):
        cinema.step()
    off_s = cinema.at_s - cinema.seen[-1][1] * FRAME_S
    assert -SHOWN_AFTER_S <= off_s < FRAME_S
    seen = len(cinema.seen)
    for _ in range(20):
        cinema.step()
    assert len(cinema.seen) == seen, "it is decoded once"


@given(after_s=st.floats(1.9, 2.1))
def test_an_ordinary_pause_searches_for_no_picture(after_s: float) -> None:
    cinema = Cinema(takes_s=0.01)
    cinema.run(after_s)
    cinema.moves, shown_s = False, cinema.seen[-1][1] * FRAME_S
    for _ in range(5):
        assert cinema.pace.next_s(cinema.at_s) >= shown_s
