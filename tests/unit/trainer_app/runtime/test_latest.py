"""A value that changes often reaches the screen as its newest, never as a queue of old ones."""

from __future__ import annotations

from collections.abc import Callable

from trainer_app.runtime.latest import Latest


def test_only_the_newest_of_many_is_told() -> None:
    waiting: list[Callable[[], None]] = []
    heard: list[int] = []
    latest = Latest(0, waiting.append)
    latest.on(heard.append)
    for number in range(1, 1000):
        latest.put(number)
    assert latest.value == 999
    assert len(waiting) == 1
    waiting.pop()()
    assert heard == [999]
    latest.put(1000)
    waiting.pop()()
    assert heard == [999, 1000]


def test_who_stopped_listening_hears_nothing_more() -> None:
    heard: list[int] = []
    latest = Latest(0, lambda call: call())
    stop = latest.on(heard.append)
    latest.put(1)
    stop()
    latest.put(2)
    assert heard == [1]
