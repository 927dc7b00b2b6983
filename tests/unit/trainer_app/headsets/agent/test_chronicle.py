"""What counts as a pause of the film, and what does not."""

from __future__ import annotations

from tests.fakes.agents import SECOND
from trainer_app.headsets.agent.chronicle import Chronicle


def seconds(spans: list[tuple[int, int]]) -> list[tuple[float, float]]:
    return [(begin / SECOND, end / SECOND) for begin, end in spans]


def test_pause_lasts_until_the_film_moves_again() -> None:
    chronicle = Chronicle()
    chronicle.starts(10 * SECOND)
    chronicle.stands(20 * SECOND)
    chronicle.stands(21 * SECOND)  # it stands already
    assert seconds(chronicle.pauses_until(25 * SECOND)) == [(20, 25)]
    chronicle.goes_on(30 * SECOND)
    assert seconds(chronicle.pauses_until(60 * SECOND)) == [(20, 30)]
    assert not chronicle.is_pause(19 * SECOND)
    assert chronicle.is_pause(29 * SECOND)
    assert not chronicle.is_pause(30 * SECOND)


def test_film_that_was_to_go_on_and_is_paused_before_is_not_counted_twice() -> None:
    chronicle = Chronicle()
    chronicle.stands(20 * SECOND)
    chronicle.goes_on(32 * SECOND)
    chronicle.stands(31 * SECOND)
    assert seconds(chronicle.pauses_until(40 * SECOND)) == [(20, 31), (31, 40)]
    assert chronicle.is_pause(31 * SECOND)
