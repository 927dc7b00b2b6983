"""Many words are answered once: fifty headsets report five hundred times a second."""

from __future__ import annotations

from tests.fakes.waiting import until
from trainer_app.services.live.gathering import Gathering


async def test_many_words_are_answered_once_and_later_ones_once_more() -> None:
    answers: list[int] = []
    gathering = Gathering(lambda: answers.append(1), 0.001)
    for _ in range(50):
        gathering.soon()
    await until(lambda: answers)
    assert len(answers) == 1
    gathering.soon()
    await until(lambda: len(answers) == 2)


async def test_what_was_looked_at_meanwhile_is_not_looked_at_again() -> None:
    first, second = list[int](), list[int]()
    seen, control = Gathering(lambda: first.append(1), 0.001), Gathering(lambda: second.append(1), 0.002)
    seen.soon()
    seen.forget()
    control.soon()
    await until(lambda: second)
    assert not first
