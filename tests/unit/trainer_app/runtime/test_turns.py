"""A button that is pressed twice is one order; what depends on an answer waits for it."""

from __future__ import annotations

import pytest

from tests.fakes.office import LateTasks
from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.storage_errors import DatabaseLocked
from trainer_app.runtime.turns import Turn


class Desk:
    """What is done, and what comes of it."""

    def __init__(self) -> None:
        self.tasks = LateTasks()
        self.did: list[str] = []
        self.turn = Turn(self.tasks)

    def press(self, name: str = "saved") -> None:
        self.turn.stored(lambda: name, self.did.append)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _refused() -> None:
    raise DatabaseLocked


def test_what_is_pressed_twice_is_done_once_and_can_be_pressed_again(desk: Desk) -> None:
    desk.press()
    desk.press()
    desk.tasks.finish()
    assert desk.did == ["saved"]
    desk.press()
    desk.tasks.finish()
    assert desk.did == ["saved", "saved"]


def test_orders_that_need_the_answer_wait_for_it_in_turn(desk: Desk) -> None:
    desk.press("first")
    desk.turn.when_free(lambda: desk.press("second"))
    desk.turn.when_free(lambda: desk.press("third"))
    desk.tasks.finish()
    assert desk.did == ["first", "second", "third"]
    desk.turn.when_free(lambda: desk.press("at once"))
    assert desk.turn.is_taken


def test_a_problem_is_shown_and_what_waited_is_not_tried(desk: Desk) -> None:
    desk.turn.stored(_refused)
    desk.turn.when_free(lambda: desk.press("second"))
    desk.tasks.finish()
    assert desk.did == []
    assert [problem.key for problem in desk.tasks.problems] == [DatabaseLocked.key]
    desk.press("again")
    desk.tasks.finish()
    assert desk.did == ["again"]


@pytest.mark.parametrize("error", [UserCancelled, ZeroDivisionError])
def test_work_that_has_no_answer_leaves_no_dead_button(desk: Desk, error: type[Exception]) -> None:
    def broken() -> None:
        raise error

    desk.turn.stored(broken)
    if error is UserCancelled:
        desk.tasks.finish()
    else:
        with pytest.raises(error):
            desk.tasks.finish()
    desk.press()
    desk.tasks.finish()
    assert desk.did == ["saved"]
