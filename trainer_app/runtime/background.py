"""Work away from the screen's thread; its result comes back to the screen's thread."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from trainer_app.domain.app_errors import ProgramMistake
from trainer_app.domain.errors import TrainerError, UserCancelled
from trainer_app.runtime.loop_thread import LoopThread

T = TypeVar("T")

Deliver = Callable[[Callable[[], None]], None]
"""Calls a function on the screen's thread, soon; may be called from any thread."""

Failed = Callable[[TrainerError], None]


def ignored(_result: object) -> None:
    """For work whose result nobody needs."""


class Tasks(Protocol):
    """What presenters do their work with. All callbacks come on the screen's thread.

    Without ``failed`` a problem is shown by the window. A mistake of ours in the work is a problem as well:
    :class:`ProgramMistake`. Nothing comes back after ``close``.
    """

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work with the database: one after the other, in the order asked."""

    def live(
        self,
        start: Callable[[], Coroutine[Any, Any, T]],
        then: Callable[[T], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        """Do work with the headsets: on the loop."""

    def heavy(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work that takes long: reading a film, making a PDF. It may read the database, not write it."""

    def copying(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do what may take many minutes, one after the other; all other work goes on beside it."""

    def page(self) -> PageTasks:
        """Return tasks that one page closes when it goes away."""


class PageTasks(Tasks, Protocol):
    """Tasks of one page."""

    def close(self) -> None:
        """What is still under way goes on; the page hears no more of it."""


class Background:
    """The threads of the app, and the way back from them. Implements :class:`Tasks`."""

    def __init__(self, deliver: Deliver, *, failed: Failed, crashed: Callable[[BaseException], None]) -> None:
        """Start the threads.

        Args:
            deliver: The way to the screen's thread.
            failed: Shows a problem nobody else takes care of.
            crashed: Hears of mistakes in the program.
        """
        self._deliver, self._failed, self._crashed = deliver, failed, crashed
        self.loop = LoopThread(lambda error: deliver(lambda: crashed(error)))
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="simkoffert database")
        self._heavy = ThreadPoolExecutor(1, thread_name_prefix="simkoffert heavy")
        self._copying = ThreadPoolExecutor(1, thread_name_prefix="simkoffert copying")

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work with the database."""
        self._hand_back(self._worker.submit(work), then, failed or self._failed)

    def live(
        self,
        start: Callable[[], Coroutine[Any, Any, T]],
        then: Callable[[T], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        """Do work with the headsets."""
        self._hand_back(self.loop.submit(start()), then, failed or self._failed)

    def heavy(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work that takes long."""
        self._hand_back(self._heavy.submit(work), then, failed or self._failed)

    def copying(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do what may take many minutes."""
        self._hand_back(self._copying.submit(work), then, failed or self._failed)

    def page(self) -> PageTasks:
        """Return tasks that one page closes when it goes away."""
        return WhileOpen(self, self._failed)

    def on_worker(self, work: Callable[[], T]) -> Future[T]:
        """Do work with the database for somebody on another thread who waits for it."""
        return self._worker.submit(work)

    def close(self) -> None:
        """Finish what is asked of the database, end the rest, end the threads."""
        for worker in (self._heavy, self._copying):
            worker.shutdown(cancel_futures=True)
        self.loop.close()
        self._worker.shutdown()

    def _hand_back(self, future: Future[T], then: Callable[[T], None], failed: Failed) -> None:
        future.add_done_callback(lambda done: self._deliver(lambda: self._settle(done, then, failed)))

    def _settle(self, done: Future[T], then: Callable[[T], None], failed: Failed) -> None:
        try:
            result = done.result()
        except (concurrent.futures.CancelledError, UserCancelled):
            return
        except TrainerError as problem:
            failed(problem)
        except Exception as error:  # noqa: BLE001 - a mistake of ours: it must not be lost with its thread
            try:
                failed(ProgramMistake())  # or who asked would wait for ever
            finally:
                self._crashed(error)
        else:
            then(result)


class WhileOpen:
    """Drops what comes back after a page has gone. Implements :class:`PageTasks`."""

    def __init__(self, tasks: Tasks, shown: Failed) -> None:
        """Do the work with ``tasks``.

        Args:
            tasks: Those of all pages.
            shown: Shows a problem nobody else takes care of.
        """
        self._tasks, self._shown = tasks, shown
        self._closed = False

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work with the database."""
        self._tasks.stored(work, self._while_open(then), self._or_shown(failed))

    def live(
        self,
        start: Callable[[], Coroutine[Any, Any, T]],
        then: Callable[[T], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        """Do work with the headsets."""
        self._tasks.live(start, self._while_open(then), self._or_shown(failed))

    def heavy(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do work that takes long."""
        self._tasks.heavy(work, self._while_open(then), self._or_shown(failed))

    def copying(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        """Do what may take many minutes."""
        self._tasks.copying(work, self._while_open(then), self._or_shown(failed))

    def page(self) -> PageTasks:
        """Return tasks of another page."""
        return self._tasks.page()

    def close(self) -> None:
        """Let nobody hear of what is still under way."""
        self._closed = True

    def _while_open(self, call: Callable[[T], None]) -> Callable[[T], None]:
        def called(value: T) -> None:
            if not self._closed:
                call(value)

        return called

    def _or_shown(self, failed: Failed | None) -> Failed:
        def problem(error: TrainerError) -> None:
            # A problem is never dropped: where the page is gone, the window shows it.
            show = self._shown if failed is None or self._closed else failed
            show(error)

        return problem
