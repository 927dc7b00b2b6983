"""Work away from the screen's thread: what comes back, where, and what is never lost."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from trainer_app.domain.errors import EnvironmentProblem, TrainerError, UserCancelled
from trainer_app.runtime.background import Background


class DiskGone(EnvironmentProblem):
    key = "test.disk_gone"


class Screen:
    """The screen's thread: calls what is delivered when the test says so."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.problems: list[TrainerError] = []
        self.crashes: list[BaseException] = []
        self.heard: list[tuple[object, bool]] = []

    def hear(self, value: object) -> None:
        self.heard.append((value, threading.current_thread() is threading.main_thread()))

    def one(self) -> None:
        self.calls.get(timeout=10)()


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def background(screen: Screen) -> Iterator[Background]:
    made = Background(screen.calls.put, failed=screen.problems.append, crashed=screen.crashes.append)
    yield made
    made.close()


def test_a_result_comes_back_on_the_screens_thread(background: Background, screen: Screen) -> None:
    background.stored(lambda: threading.current_thread().name, screen.hear)
    screen.one()
    [(where, on_screen)] = screen.heard
    assert str(where).startswith("simkoffert database")
    assert on_screen


def test_the_database_is_written_in_the_order_asked(background: Background, screen: Screen) -> None:
    written: list[int] = []
    for number in range(50):
        background.stored(lambda number=number: written.append(number))  # type: ignore[misc]
    background.close()
    assert written == list(range(50))


def test_a_problem_goes_to_whoever_asked_else_to_the_window(background: Background, screen: Screen) -> None:
    def fails() -> None:
        raise DiskGone()

    mine: list[TrainerError] = []
    background.stored(fails, screen.hear, mine.append)
    screen.one()
    background.heavy(fails, screen.hear)
    screen.one()
    assert [error.key for error in mine] == [error.key for error in screen.problems] == ["test.disk_gone"]
    assert screen.heard == []


def test_a_mistake_of_ours_is_not_lost_with_its_thread(background: Background, screen: Screen) -> None:
    background.stored(lambda: 1 // 0)
    screen.one()
    assert isinstance(screen.crashes[0], ZeroDivisionError)


def test_who_asked_hears_of_a_mistake_of_ours_and_waits_no_longer(
    background: Background, screen: Screen
) -> None:
    page = background.page()
    mine: list[TrainerError] = []
    page.stored(lambda: 1 // 0, screen.hear, mine.append)
    screen.one()
    assert [error.key for error in mine] == ["app.mistake"]
    assert isinstance(screen.crashes[0], ZeroDivisionError)


def test_what_the_user_cancelled_is_no_problem(background: Background, screen: Screen) -> None:
    def cancelled() -> None:
        raise UserCancelled()

    background.heavy(cancelled, screen.hear)
    screen.one()
    assert (screen.heard, screen.problems, screen.crashes) == ([], [], [])


def test_the_loop_runs_side_by_side_with_the_database(background: Background, screen: Screen) -> None:
    # A database that waits for its disk must not hold up the start of a film.
    disk = threading.Event()
    background.stored(lambda: disk.wait(10), screen.hear)

    async def film() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    background.live(film, screen.hear)
    screen.one()
    assert screen.heard == [("simkoffert loop", True)]
    disk.set()


def test_a_film_that_is_copied_holds_up_no_paper(background: Background, screen: Screen) -> None:
    memory_stick = threading.Event()
    background.copying(lambda: memory_stick.wait(10), screen.hear)
    background.page().heavy(lambda: "paper", screen.hear)
    screen.one()
    assert screen.heard == [("paper", True)]
    memory_stick.set()
    screen.one()
    assert len(screen.heard) == 2


def test_a_page_that_is_gone_hears_nothing_but_its_problem_is_shown(
    background: Background, screen: Screen
) -> None:
    page = background.page()
    mine: list[TrainerError] = []
    page.stored(lambda: "late", screen.hear)
    page.close()
    screen.one()
    assert screen.heard == []

    def fails() -> None:
        raise DiskGone()

    page.stored(fails, screen.hear, mine.append)
    screen.one()
    assert mine == []
    assert len(screen.problems) == 1


def test_a_problem_that_comes_after_the_page_has_gone_is_shown_by_the_window(
    background: Background, screen: Screen
) -> None:
    page = background.page()
    mine: list[TrainerError] = []

    def fails() -> None:
        raise DiskGone()

    page.stored(fails, screen.hear, mine.append)
    page.close()
    screen.one()
    assert mine == []
    assert len(screen.problems) == 1


def test_closing_lets_what_waits_on_the_loop_clean_up(screen: Screen) -> None:
    background = Background(screen.calls.put, failed=screen.problems.append, crashed=screen.crashes.append)
    begun, cleaned = threading.Event(), threading.Event()

    async def forever() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.set()

    background.live(forever)
    assert begun.wait(10)
    background.close()
    assert cleaned.is_set()
