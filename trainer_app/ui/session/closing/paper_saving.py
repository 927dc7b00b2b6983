"""Makes the papers of a record and saves them where the user says; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from trainer_app.domain.closing import Printout
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.participation import Scope
from trainer_app.domain.sessions import Session, SessionId
from trainer_app.runtime.background import PageTasks
from trainer_app.ui.office import Office
from trainer_app.ui.session.closing.shown import LostPaper


class PapersScreen(Protocol):
    """What asks, and says what became of it."""

    def choose_file(self, name: str) -> Path | None:
        """Ask where a paper is to be saved, with its ending; None: nowhere."""

    def show_papers(self, saved: tuple[Path, ...], lost: tuple[LostPaper, ...]) -> None:
        """Say where papers are, and which could not be saved."""


class PaperSaving:
    """Of one session at a time."""

    def __init__(self, office: Office, tasks: PageTasks, view: PapersScreen) -> None:
        self._office, self._tasks, self._view = office, tasks, view
        self._session_id: SessionId | None = None
        self._saved: list[Path] = []
        self._lost: list[LostPaper] = []

    def show_session(self, session_id: SessionId) -> None:
        """What was saved before is no news any more; of its own papers, those that are nowhere are."""
        if session_id != self._session_id:
            self._session_id, self._lost = session_id, []
        self._saved = []
        self._show_papers()

    def save(self, session: Session, printouts: Collection[Printout]) -> None:
        """Make papers, and save them where the user says."""
        texts = self._office.texts
        number = session.number or session.title
        if Printout.PROTOCOL in printouts and session.number is not None:
            self._make(
                texts("closing.file.protocol", number=number),
                lambda: self._office.services.papers.protocol_pdf(number, texts.lang),
            )
        day = session.day
        if Printout.PARTICIPATION in printouts and day is not None:
            scope = Scope(first=day, last=day, department_id=session.department_id, theme=session.theme)
            self._make(
                texts("closing.file.participation", day=day.isoformat()),
                lambda: self._office.services.papers.participation_pdf(scope, texts.lang),
            )

    def save_elsewhere(self, lost: LostPaper) -> None:
        """Try again with a paper that could not be saved; without a place it stays nowhere."""
        self._make(lost.name, lost.paper, instead_of=lost)

    # --- inside ------------------------------------------------------------------------------------------

    def _make(self, name: str, paper: Callable[[], bytes], *, instead_of: LostPaper | None = None) -> None:
        path, papers, own = self._view.choose_file(name), self._office.services.papers, self._session_id
        if path is None:
            return
        self._lost = [one for one in self._lost if one is not instead_of]
        self._show_papers()

        def saved(_nothing: None) -> None:
            if own == self._session_id:
                self._saved = [one for one in self._saved if one != path] + [path]
                self._show_papers()

        def refused(problem: TrainerError) -> None:
            if own != self._session_id:
                self._office.notices.problem(problem)
                return
            said = self._office.texts.explain(problem)
            cause = f"{said.why} {said.next_step}"
            self._lost.append(LostPaper(name=name, fact=said.what, cause=cause, paper=paper))
            self._show_papers()

        self._tasks.heavy(lambda: papers.save(path, paper()), saved, refused)

    def _show_papers(self) -> None:
        self._view.show_papers(tuple(self._saved), tuple(self._lost))
