"""What happens on the reports' page: choosing, making the paper, looking at it, saving, printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.organisation import DepartmentId
from trainer_app.domain.participation import Scope
from trainer_app.domain.printing import PagePicture
from trainer_app.domain.report_errors import DayUnreadable, PeriodReversed, ProtocolTooEarly
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.ui.choice import Choice
from trainer_app.ui.office import Office, Target
from trainer_app.ui.reports.periods import End, Period, Typed, day_words, range_words, read_days
from trainer_app.ui.reports.print_jobs import PrintJob, PrintJobs
from trainer_app.ui.reports.reading import (
    ALL,
    WITH,
    WITHOUT,
    Asked,
    ReportsRead,
    department_choices,
    heat_choices,
    language_choices,
    read_all,
    session_choices,
    theme_choices,
)
from trainer_app.ui.reports.shown import (
    DaysShown,
    Filter,
    FiltersShown,
    NothingShown,
    PageShown,
    ProblemShown,
    Report,
    WayOut,
)

_SCREEN_DPI = 96
_TOPICS = frozenset({Topic.SESSIONS, Topic.NOTES, Topic.PEOPLE, Topic.PLACES, Topic.SETTINGS})


class ReportsView(Protocol):
    """What the page can show."""

    def show_filters(self, shown: FiltersShown) -> None:
        """Show which report it is and what it is about."""

    def show_making(self) -> None:
        """The paper is being made; what was shown before is no longer true."""

    def show_page(self, shown: PageShown) -> None:
        """Show a page of the paper."""

    def show_nothing(self, shown: NothingShown) -> None:
        """There is no paper; say why."""

    def show_problem(self, shown: ProblemShown | None) -> None:
        """A file could not be written; None: no longer a problem."""

    def show_saved(self, path: Path | None) -> None:
        """A file was written; None: that has been seen."""


class ReportsPresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: ReportsView) -> None:
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self._asked = Asked(lang=office.texts.lang)
        self._read = ReportsRead(departments=(), themes=(), sessions=())
        self._typed_wrongly: DaysShown | None = None
        self._paper: bytes | None = None
        self._at, self._count = 0, 0
        self._room, self._ratio, self._zoom = 800, 1.0, 0
        self._making = 0
        self._is_open = False
        self._printing = PrintJobs(office, self._tasks)
        self._end = office.changes.on(_TOPICS, self._on_change)

    # --- coming and going --------------------------------------------------------------------------------

    def open(self, report: str = "", session_id: SessionId | None = None) -> None:
        """The page is shown; ``report`` and ``session_id`` where they are asked for."""
        self._is_open = True
        if report:
            self._asked = replace(self._asked, report=Report(report))
        if session_id is not None:
            self._asked = replace(self._asked, session_id=session_id)
        self.reload()

    def leave(self) -> None:
        """The page is hidden: what changes meanwhile is read when it is shown again."""
        self._is_open = False
        self._view.show_saved(None)

    def end(self) -> None:
        """The page goes away; what is being printed is given up."""
        self._end()
        self._printing.end()
        self._tasks.close()

    def reload(self) -> None:
        """Read what there is, and make the paper anew."""
        stored, wanted = self._office.services.stored, self._asked.session_id
        self._tasks.stored(lambda: read_all(stored, wanted), self._on_read, self._fail)

    # --- choosing ----------------------------------------------------------------------------------------

    def choose_report(self, key: str) -> None:
        """Another report."""
        self._ask(replace(self._asked, report=Report(key)))

    def choose(self, which: Filter, key: str) -> None:
        """Narrow the report, or not."""
        asked = self._asked
        if which is Filter.PERIOD:
            self._choose_period(Period(key))
            return
        if which is Filter.DEPARTMENT:
            asked = replace(asked, department_id=None if key == ALL else DepartmentId(UUID(key)))
        elif which is Filter.THEME:
            asked = replace(asked, theme=None if key == ALL else ThemeCode(key))
        elif which is Filter.SESSION:
            asked = replace(asked, session_id=SessionId(UUID(key)))
        elif which is Filter.HEAT:
            asked = replace(asked, heat=key == WITH)
        else:
            asked = replace(asked, lang=key)
        self._ask(asked)

    def type_days(self, typed: Typed) -> None:
        """Narrow the report to days; what is not understood is said beside its field and changes nothing."""
        today = self._today()
        try:
            days = read_days(typed, today)
        except DayUnreadable as problem:
            said = self._office.texts.explain(problem)
            self._days_wrong(typed, End(str(problem.params["end"])), f"{said.what} {said.next_step}")
        except PeriodReversed as problem:
            first = day_words(date.fromisoformat(str(problem.params["first"])), self._office.texts)
            words = self._office.texts("reports.days.reversed", first=first)
            self._days_wrong(typed, End.LAST, words)
        else:
            self._typed_wrongly = None
            if days != self._asked.days:
                self._ask(replace(self._asked, days=days))
            else:
                self._view.show_filters(self._filters())

    def reset(self) -> None:
        """Narrow nothing."""
        self._ask(replace(self._asked, period=Period.THIS_YEAR, department_id=None, theme=None))

    def take(self, way_out: WayOut) -> None:
        """The button beside an empty page."""
        if way_out is WayOut.RESET:
            self._ask(replace(self._asked, period=Period.ALL, department_id=None, theme=None))
        elif way_out is WayOut.PLAN:
            self._office.go(Target(place="plan", detail="new"))
        elif way_out is WayOut.AGAIN:
            self.reload()
        else:
            self._office.go(Target(place="session", session_id=self._asked.session_id))

    # --- looking -----------------------------------------------------------------------------------------

    def set_room(self, width: int, ratio: float) -> None:
        """So many pixels are there for a page; ``ratio``: of the screen's pixels to them."""
        changed = (width, ratio) != (self._room, self._ratio)
        self._room, self._ratio = width, ratio
        if changed and self._paper is not None:
            self._draw(self._at)

    def zoom(self, percent: int) -> None:
        """100: as large as the paper; 0: as wide as there is room."""
        self._zoom = percent
        if self._paper is not None:
            self._draw(self._at)

    def turn(self, pages: int) -> bool:
        """Go on, or back; False: there is no such page."""
        wanted = self._at + pages
        if self._paper is None or not 0 <= wanted < self._count:
            return False
        self._draw(wanted)
        return True

    # --- taking it away ----------------------------------------------------------------------------------

    def file_name(self, ending: str) -> str:
        """A name for the file that says what is in it; empty while there is no paper."""
        if self._paper is None:
            return ""
        session = self._read.session(self._asked.session_id)
        words = self._office.texts(f"reports.file.{self._asked.report.value}")
        if self._asked.report is Report.PROTOCOL and session is not None:
            return f"{words} {session.number}.{ending}"
        if self._asked.report is Report.FIX_CARDS:
            return f"{words}.{ending}"
        days = [f" {day:%Y-%m-%d}" for day in self._asked.days_on(self._today()) if day is not None]
        return f"{words}{''.join(days)}.{ending}"

    def save_pdf(self, path: Path) -> None:
        """Write the paper that is shown."""
        paper = self._paper
        if paper is not None:
            self._save(path, lambda: paper)

    def save_csv(self, path: Path) -> None:
        """Write the figures of the paper that is shown."""
        papers, scope, lang = self._office.services.papers, self._scope(), self._asked.lang
        self._save(path, lambda: papers.participation_csv(scope, lang))

    def print_to(self, job: PrintJob) -> None:
        """Print the paper that is shown, page by page."""
        if self._paper is not None:
            self._printing.begin(self._paper, job)

    # --- inside ------------------------------------------------------------------------------------------

    def _choose_period(self, period: Period) -> None:
        """The days one begins to change are those that were shown; the paper stays as it is."""
        asked = self._asked
        self._typed_wrongly = None
        if period is Period.CHOSEN and asked.period is not Period.CHOSEN:
            self._asked = replace(asked, period=period, days=asked.days_on(self._today()))
            self._view.show_filters(self._filters())
        else:
            self._ask(replace(asked, period=period))

    def _days_wrong(self, typed: Typed, end: End, words: str) -> None:
        self._typed_wrongly = DaysShown(typed=typed, days=self._asked.days, error=(end, words))
        self._view.show_filters(self._filters())

    def _today(self) -> date:
        return self._office.local_now().date()

    def _on_change(self) -> None:
        if self._is_open:
            self.reload()

    def _on_read(self, read: ReportsRead) -> None:
        self._read = read
        self._ask(self._asked)

    def _ask(self, asked: Asked) -> None:
        if asked.session_id is None and self._read.sessions:
            asked = replace(asked, session_id=self._read.sessions[0].id)
        if asked != self._asked:
            self._view.show_saved(None)
        self._asked = asked
        self._paper, self._at = None, 0
        self._view.show_problem(None)
        self._view.show_filters(self._filters())
        self._view.show_making()
        self._make()

    def _make(self) -> None:
        self._making += 1
        making = self._making
        session = self._read.session(self._asked.session_id)
        if self._asked.report is Report.PARTICIPATION:
            work = self._participation()
        elif self._asked.report is Report.FIX_CARDS:
            work = self._fix_cards()
        elif session is None:
            self._view.show_nothing(self._no_sessions())
            return
        elif session.number is None:
            self._on_no_paper(making, ProtocolTooEarly(session=session.title))
            return
        else:
            work = self._protocol(session.number)
        self._tasks.heavy(
            work,
            lambda paper: self._on_paper(making, paper),
            lambda problem: self._on_no_paper(making, problem),
        )

    def _participation(self) -> Callable[[], bytes | None]:
        services, scope, lang = self._office.services, self._scope(), self._asked.lang

        def make() -> bytes | None:
            if not services.reporting.participation(scope, lang).lines:
                return None
            return services.papers.participation_pdf(scope, lang)

        return make

    def _fix_cards(self) -> Callable[[], bytes | None]:
        papers, lang = self._office.services.papers, self._asked.lang
        return lambda: papers.fix_cards_pdf(lang)

    def _protocol(self, number: str) -> Callable[[], bytes | None]:
        papers, lang, heat = self._office.services.papers, self._asked.lang, self._asked.heat
        return lambda: papers.protocol_pdf(number, lang, heat=heat)

    def _on_paper(self, making: int, paper: bytes | None) -> None:
        if making != self._making:
            return  # something else has been asked for meanwhile
        self._paper = paper
        if paper is None:
            self._view.show_nothing(self._nothing_found())
        else:
            self._draw(0)

    def _on_no_paper(self, making: int, problem: TrainerError) -> None:
        if making != self._making:
            return
        if isinstance(problem, ProtocolTooEarly):
            self._view.show_nothing(self._explained(problem, WayOut.SESSION))
        else:
            self._fail(problem)

    def _fail(self, problem: TrainerError) -> None:
        """No paper, for a reason that may pass."""
        self._making += 1
        self._paper = None
        self._view.show_nothing(self._explained(problem, WayOut.AGAIN))

    def _explained(self, problem: TrainerError, way_out: WayOut) -> NothingShown:
        said = self._office.texts.explain(problem)
        return NothingShown(
            heading=said.what,
            sentence=f"{said.why} {said.next_step}",
            way_out=way_out,
            button=self._office.texts(f"reports.nothing.{way_out.value}"),
        )

    def _draw(self, at: int) -> None:
        paper, making, papers = self._paper, self._making, self._office.services.papers
        assert paper is not None
        self._at = at
        width = round(self._room * self._ratio) if self._zoom == 0 else None
        dpi = _SCREEN_DPI * self._ratio * self._zoom / 100
        self._tasks.heavy(
            lambda: papers.page(paper, at, width=width, dpi=dpi or _SCREEN_DPI),
            lambda picture: self._on_page(making, at, picture),
            lambda problem: self._on_no_paper(making, problem),
        )

    def _on_page(self, making: int, at: int, picture: PagePicture) -> None:
        if making != self._making or at != self._at:
            return
        self._count = picture.count
        words = self._office.texts("reports.page", number=picture.number, count=picture.count)
        self._view.show_page(PageShown(picture=picture, words=words))

    def _save(self, path: Path, content: Callable[[], bytes]) -> None:
        papers = self._office.services.papers
        self._view.show_problem(None)
        self._view.show_saved(None)
        self._tasks.heavy(
            lambda: papers.save(path, content()), lambda _: self._view.show_saved(path), self._on_not_saved
        )

    def _on_not_saved(self, problem: TrainerError) -> None:
        said = self._office.texts.explain(problem)
        self._view.show_problem(ProblemShown(fact=said.what, cause=f"{said.why} {said.next_step}"))

    def _scope(self) -> Scope:
        asked = self._asked
        first, last = asked.days_on(self._today())
        return Scope(first=first, last=last, department_id=asked.department_id, theme=asked.theme)

    def _filters(self) -> FiltersShown:
        texts, asked = self._office.texts, self._asked
        language = (language_choices(texts), asked.lang)
        if asked.report is Report.FIX_CARDS:
            return FiltersShown(report=asked.report, filters={Filter.LANGUAGE: language}, changed=False)
        if asked.report is Report.PROTOCOL:
            sessions = (session_choices(self._read, texts), str(asked.session_id or ""))
            filters = {Filter.SESSION: sessions, **self._heat_filter(), Filter.LANGUAGE: language}
            return FiltersShown(report=asked.report, filters=filters, changed=False)
        filters = {
            Filter.PERIOD: (self._periods(), asked.period.value),
            Filter.DEPARTMENT: (department_choices(self._read, texts), str(asked.department_id or ALL)),
            Filter.THEME: (theme_choices(self._read, texts), asked.theme or ALL),
            Filter.LANGUAGE: language,
        }
        changed, days = asked.is_narrowed, self._days()
        return FiltersShown(report=asked.report, filters=filters, changed=changed, days=days)

    def _heat_filter(self) -> dict[Filter, tuple[tuple[Choice, ...], str]]:
        """Only where there is something to choose."""
        if self._asked.session_id not in self._read.with_heat:
            return {}
        return {Filter.HEAT: (heat_choices(self._office.texts), WITH if self._asked.heat else WITHOUT)}

    def _days(self) -> DaysShown | None:
        if self._asked.period is not Period.CHOSEN:
            return None
        first, last = (day_words(day, self._office.texts) for day in self._asked.days)
        typed = Typed(first=first, last=last)
        return self._typed_wrongly or DaysShown(typed=typed, days=self._asked.days)

    def _periods(self) -> tuple[Choice, ...]:
        texts, today = self._office.texts, self._today()
        ranges = {period: replace(self._asked, period=period).days_on(today) for period in Period}
        return tuple(
            Choice(period.value, texts(f"reports.period.{period.value}"), range_words(days, texts))
            for period, days in ranges.items()
        )

    def _nothing_found(self) -> NothingShown:
        if not self._read.sessions:
            return self._no_sessions()
        texts = self._office.texts
        return NothingShown(
            heading=texts("reports.nothing.found"),
            sentence=texts("reports.nothing.found_why"),
            way_out=WayOut.RESET,
            button=texts("reports.nothing.reset"),
        )

    def _no_sessions(self) -> NothingShown:
        texts = self._office.texts
        return NothingShown(
            heading=texts("reports.nothing.held"),
            sentence=texts("reports.nothing.held_why"),
            way_out=WayOut.PLAN,
            button=texts("reports.nothing.plan"),
        )
