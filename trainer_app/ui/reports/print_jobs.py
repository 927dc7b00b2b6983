"""Papers on their way to the printer, page by page. Knows no Qt."""

from __future__ import annotations

from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.printing import PagePicture
from trainer_app.domain.report_errors import PrintingFailed
from trainer_app.runtime.background import Tasks
from trainer_app.ui.office import Office

PRINT_DPI = 300


class PrintJob(Protocol):
    """A printer that takes pages one after the other.

    Drawing and finishing raise PrintingFailed where the printer takes no more.
    """

    def draw(self, page: PagePicture) -> None:
        """Print a page."""

    def finish(self) -> None:
        """All pages are printed."""

    def give_up(self) -> None:
        """No more pages come."""


class PrintJobs:
    """Draws pages on the heavy worker, one at a time, and tells what came of it."""

    def __init__(self, office: Office, tasks: Tasks) -> None:
        """``tasks``: of the page that prints."""
        self._office, self._tasks = office, tasks
        self._jobs: list[PrintJob] = []

    def begin(self, paper: bytes, job: PrintJob) -> None:
        """Print a paper from its first page to its last."""
        self._jobs.append(job)
        self._print(paper, job, 0)

    def end(self) -> None:
        """The page goes away: what is being printed is given up."""
        for job in tuple(self._jobs):
            self._give_up(job)

    def _print(self, paper: bytes, job: PrintJob, at: int) -> None:
        papers = self._office.services.papers
        self._tasks.heavy(
            lambda: papers.page(paper, at, dpi=PRINT_DPI),
            lambda page: self._on_page(paper, job, page),
            lambda problem: self._on_problem(job, problem),
        )

    def _on_page(self, paper: bytes, job: PrintJob, page: PagePicture) -> None:
        is_last = page.number == page.count
        try:
            job.draw(page)
            if is_last:
                job.finish()
        except PrintingFailed as problem:
            self._on_problem(job, problem)
            return
        if is_last:
            self._jobs.remove(job)
            self._office.notices.say(self._office.texts("reports.printed", count=page.count))
        else:
            self._print(paper, job, page.number)

    def _on_problem(self, job: PrintJob, problem: TrainerError) -> None:
        self._give_up(job)
        self._office.notices.problem(problem)

    def _give_up(self, job: PrintJob) -> None:
        self._jobs.remove(job)
        job.give_up()
