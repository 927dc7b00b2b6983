"""What people read of a filling: how far, how fast, how long yet."""

from __future__ import annotations

from trainer_app.domain.filling import FillingTotal, Speed


def test_the_slowest_headset_says_when_all_are_done() -> None:
    total = FillingTotal.of([(50, 100, 25.0), (10, 100, 1.0), (100, 100, None)])
    assert (total.done_bytes, total.whole_bytes, total.percent) == (160, 300, 53)
    assert (total.bytes_per_s, total.seconds_left) == (26.0, 90.0)


def test_nobody_guesses_while_one_of_them_has_not_begun() -> None:
    total = FillingTotal.of([(50, 100, 25.0), (0, 100, None)])
    assert total.seconds_left is None
    assert total.bytes_per_s == 25.0


def test_all_there_is_all_and_nearly_all_is_not() -> None:
    assert FillingTotal.of([(100, 100, None)]).percent == 100
    assert FillingTotal.of([(100, 100, None)]).seconds_left == 0.0
    assert FillingTotal.of([(9_999, 10_000, 1.0)]).percent == 99
    assert FillingTotal.of([]).percent == 100


def test_speed_is_that_of_the_last_seconds() -> None:
    speed = Speed()
    assert speed.bytes_per_s is None
    for second in range(20):
        assert speed.note(second * (10 if second < 10 else 100), float(second))
    assert speed.bytes_per_s == 100.0


def test_speed_begins_anew_when_a_film_is_sent_again() -> None:
    speed = Speed()
    speed.note(0, 0.0)
    speed.note(1000, 1.0)
    speed.note(0, 2.0)
    assert speed.bytes_per_s is None
    speed.note(50, 3.0)
    assert speed.bytes_per_s == 50.0


def test_marks_that_come_too_thick_are_left_out() -> None:
    speed = Speed()
    assert speed.note(1, 0.0)
    assert not speed.note(2, 0.01)


def test_speed_of_a_line_that_moves_every_ten_seconds_only_is_known() -> None:
    speed = Speed()
    for tens in range(4):
        speed.note(tens * 1000, tens * 10.0)
    assert speed.bytes_per_s == 100.0
