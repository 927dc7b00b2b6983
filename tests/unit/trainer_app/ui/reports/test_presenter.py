"""The paper that was asked for is made, looked at, saved and printed; where there is none, it is said why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.fakes.office import LateTasks, TestOffice, make_office
from trainer_app.domain.app_errors import ProgramMistake
from trainer_app.domain.heat_map import HeatBin, HeatMap
from trainer_app.domain.printing import PagePicture
from trainer_app.domain.report_errors import PrintingFailed, ReportUnwritable
from trainer_app.domain.sessions import SessionState
from trainer_app.domain.storage_errors import DatabaseLocked
from trainer_app.runtime.changes import Topic
from trainer_app.services.heat_maps import keep_heat
from trainer_app.services.ports import Repositories
from trainer_app.ui.office import Target
from trainer_app.ui.reports.periods import End, Typed
from trainer_app.ui.reports.presenter import ReportsPresenter
from trainer_app.ui.reports.print_jobs import PRINT_DPI
from trainer_app.ui.reports.reading import ALL, WITH, WITHOUT, ReportsRead
from trainer_app.ui.reports.shown import (
    DaysShown,
    Filter,
    FiltersShown,
    NothingShown,
    PageShown,
    ProblemShown,
    WayOut,
)


class SeenReports:
    """A page that remembers what it was shown."""

    def __init__(self) -> None:
        self.filters: FiltersShown | None = None
        self.page: PageShown | None = None
        self.nothing: NothingShown | None = None
        self.problem: ProblemShown | None = None
        self.saved: Path | None = None

    def show_filters(self, shown: FiltersShown) -> None:
        self.filters = shown

    def show_making(self) -> None:
        self.page = self.nothing = None

    def show_page(self, shown: PageShown) -> None:
        self.page = shown

    def show_nothing(self, shown: NothingShown) -> None:
        self.nothing = shown

    def show_problem(self, shown: ProblemShown | None) -> None:
        self.problem = shown

    def show_saved(self, path: Path | None) -> None:
        self.saved = path

    def chosen(self, which: Filter) -> str:
        assert self.filters is not None
        return self.filters.filters[which][1]


class CountedPages:
    """A printer without paper; it jams at ``jams_at``, 0 being when all pages were given to it."""

    def __init__(self, jams_at: int | None = None) -> None:
        self.pages: list[int] = []
        self.finished = self.given_up = False
        self._jams_at = jams_at

    def draw(self, page: PagePicture) -> None:
        if page.number == self._jams_at:
            raise PrintingFailed()
        self.pages.append(page.number)

    def finish(self) -> None:
        if self._jams_at == 0:
            raise PrintingFailed()
        self.finished = True

    def give_up(self) -> None:
        self.given_up = True


@pytest.fixture
def view() -> SeenReports:
    return SeenReports()


@pytest.fixture
def made(example_stored: Repositories, tmp_path: Path) -> TestOffice:
    return make_office(example_stored, tmp_path)


@pytest.fixture
def presenter(made: TestOffice, view: SeenReports) -> ReportsPresenter:
    presenter = ReportsPresenter(made.office, view)
    presenter.set_room(600, 1.5)
    presenter.open()
    return presenter


def test_the_years_participation_comes_first(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    assert view.page is not None
    assert view.page.words == "Forhåndsvisning. Side 1 av 2"
    assert (view.page.picture.width, view.chosen(Filter.PERIOD)) == (900, "this_year")
    paper = made.papers.drawn[0][0].decode()
    assert "datetime.date(2026, 1, 1)" in paper
    assert presenter.file_name("csv") == "Deltakelse 2026-01-01 2026-11-17.csv"


def test_filters_make_another_paper_and_can_be_reset(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    department = made.office.own().department_id
    presenter.choose(Filter.DEPARTMENT, str(department))
    presenter.choose(Filter.PERIOD, "all")
    presenter.choose(Filter.LANGUAGE, "en")
    paper = made.papers.drawn[-1][0].decode()
    assert str(department) in paper
    assert paper.endswith("en")
    assert view.filters is not None
    assert view.filters.changed
    presenter.reset()
    assert (view.chosen(Filter.DEPARTMENT), view.chosen(Filter.LANGUAGE)) == (ALL, "en")
    assert not view.filters.changed


def test_pages_are_turned_as_far_as_there_are_any(view: SeenReports, presenter: ReportsPresenter) -> None:
    assert not presenter.turn(-1)
    assert presenter.turn(1)
    assert view.page is not None
    assert view.page.words == "Forhåndsvisning. Side 2 av 2"
    assert not presenter.turn(1)


def test_zoom_is_of_the_real_size(made: TestOffice, view: SeenReports, presenter: ReportsPresenter) -> None:
    presenter.zoom(200)
    assert made.papers.drawn[-1][2:] == (None, 96 * 1.5 * 2)
    presenter.zoom(0)
    assert view.page is not None
    assert view.page.picture.width == 900


def test_nothing_in_the_period_is_said_and_no_file_offered(
    view: SeenReports, presenter: ReportsPresenter
) -> None:
    presenter.choose(Filter.PERIOD, "last_year")
    presenter.choose(Filter.THEME, "TVA")
    assert view.page is None
    assert view.nothing is not None
    assert view.nothing.heading == "Ingen deltakelse i utvalget"
    assert presenter.file_name("pdf") == ""
    presenter.take(view.nothing.way_out)
    assert view.page is not None


def test_before_the_first_session_the_way_leads_to_the_plan(
    empty_stored: Repositories, tmp_path: Path, view: SeenReports
) -> None:
    made = make_office(empty_stored, tmp_path)
    presenter = ReportsPresenter(made.office, view)
    for report in ("participation", "protocol"):
        presenter.open(report)
        assert view.nothing is not None
        assert view.nothing.way_out is WayOut.PLAN
    presenter.take(WayOut.PLAN)
    assert made.went == [Target(place="plan", detail="new")]


def test_the_protocol_of_the_newest_session_unless_one_is_asked_for(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    held = made.stored.sessions.in_state(SessionState.HELD, SessionState.CLOSED)
    presenter.choose_report("protocol")
    assert view.filters is not None
    sessions, chosen = view.filters.filters[Filter.SESSION]
    assert chosen == sessions[0].key
    presenter.open("protocol", held[0].id)
    assert made.papers.drawn[-1][0] == f"protocol {held[0].number} nb".encode()
    assert presenter.file_name("pdf") == f"Øktprotokoll {held[0].number}.pdf"


def test_a_session_that_was_not_held_has_no_protocol_yet(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    planned = made.stored.sessions.in_state(SessionState.PLANNED)[0]
    made.papers.too_early.add(str(planned.number))
    presenter.open("protocol", planned.id)
    assert view.page is None
    assert view.nothing is not None
    assert view.nothing.heading == f"Økten {planned.number} har ingen protokoll ennå."
    presenter.take(view.nothing.way_out)
    assert made.went == [Target(place="session", session_id=planned.id)]


@pytest.mark.parametrize("report", ["participation", "protocol"])
def test_a_report_that_cannot_be_made_says_why_and_can_be_tried_again(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter, report: str
) -> None:
    made.papers.trouble = DatabaseLocked(database="simkoffert.sqlite")
    presenter.choose_report(report)
    assert view.page is None
    assert view.nothing is not None
    assert "simkoffert.sqlite" in view.nothing.heading
    assert presenter.file_name("pdf") == ""
    made.papers.trouble = None
    presenter.take(view.nothing.way_out)
    assert view.page is not None


def test_a_page_that_cannot_be_drawn_says_why(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    made.papers.trouble = ProgramMistake()
    presenter.turn(1)
    assert view.nothing is not None
    assert view.nothing.way_out is WayOut.AGAIN
    assert presenter.file_name("pdf") == ""


def test_a_database_that_cannot_be_read_is_said_in_place_of_the_paper(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> ReportsRead:
        raise DatabaseLocked(database="simkoffert.sqlite")

    with monkeypatch.context() as patch:
        patch.setattr("trainer_app.ui.reports.presenter.read_all", locked)
        presenter.open()
    assert view.nothing is not None
    presenter.take(view.nothing.way_out)
    assert view.page is not None


def test_files_are_what_is_shown_and_it_is_said_where_they_are(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter, tmp_path: Path
) -> None:
    presenter.save_pdf(tmp_path / "a.pdf")
    assert view.saved == tmp_path / "a.pdf"
    presenter.save_csv(tmp_path / "a.csv")
    assert (tmp_path / "a.pdf").read_bytes() == made.papers.drawn[-1][0]
    assert (tmp_path / "a.csv").read_bytes().startswith(b"participation;")
    made.office.changes.announce(Topic.PEOPLE)
    assert view.saved == tmp_path / "a.csv"
    presenter.choose(Filter.PERIOD, "all")
    assert view.saved is None


def test_a_file_that_cannot_be_written_is_said_until_the_next_try(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter, tmp_path: Path
) -> None:
    made.papers.refusal = ReportUnwritable(file="x.pdf")
    presenter.save_pdf(tmp_path / "x.pdf")
    assert view.problem is not None
    assert view.saved is None
    assert "x.pdf kan ikke skrives" in view.problem.fact
    assert "disken er full" in view.problem.cause
    assert view.page is not None
    made.papers.refusal = None
    presenter.save_pdf(tmp_path / "x.pdf")
    assert view.problem is None


def test_all_pages_are_printed_finely(made: TestOffice, presenter: ReportsPresenter) -> None:
    job = CountedPages()
    presenter.print_to(job)
    assert (job.pages, job.finished) == ([1, 2], True)
    assert made.papers.drawn[-1][3] == PRINT_DPI


@pytest.mark.parametrize(("jams_at", "pages"), [(1, []), (2, [1]), (0, [1, 2])])
def test_what_the_printer_does_not_take_is_not_said_to_be_printed(
    made: TestOffice, presenter: ReportsPresenter, jams_at: int, pages: list[int]
) -> None:
    job = CountedPages(jams_at)
    presenter.print_to(job)
    assert (job.pages, job.finished, job.given_up) == (pages, False, True)
    assert made.notices.said == []
    assert [problem.key for problem in made.notices.problems] == ["report.printing_failed"]


def test_a_page_that_cannot_be_drawn_ends_the_printing(made: TestOffice, presenter: ReportsPresenter) -> None:
    made.papers.trouble = ProgramMistake()
    job = CountedPages()
    presenter.print_to(job)
    assert (job.pages, job.given_up) == ([], True)
    assert [problem.key for problem in made.notices.problems] == ["app.mistake"]


def test_printing_is_given_up_when_the_page_goes_away(
    example_stored: Repositories, tmp_path: Path, view: SeenReports
) -> None:
    tasks = LateTasks()
    presenter = ReportsPresenter(make_office(example_stored, tmp_path, tasks=tasks).office, view)
    presenter.open()
    tasks.finish()
    job = CountedPages()
    presenter.print_to(job)
    presenter.end()
    assert job.given_up


def test_only_the_paper_asked_for_last_is_shown(
    example_stored: Repositories, tmp_path: Path, view: SeenReports
) -> None:
    tasks = LateTasks()
    made = make_office(example_stored, tmp_path, tasks=tasks)
    presenter = ReportsPresenter(made.office, view)
    presenter.open()
    tasks.waiting.pop(0)()
    presenter.choose(Filter.LANGUAGE, "en")
    tasks.finish()
    assert [drawn[0].decode()[-2:] for drawn in made.papers.drawn] == ["en"]


def test_news_are_heard_only_while_somebody_looks(made: TestOffice, presenter: ReportsPresenter) -> None:
    before = len(made.papers.drawn)
    presenter.leave()
    made.office.changes.announce(Topic.SESSIONS)
    assert len(made.papers.drawn) == before
    presenter.open()
    made.office.changes.announce(Topic.SESSIONS)
    assert len(made.papers.drawn) == before + 2


def _days(view: SeenReports) -> DaysShown:
    assert view.filters is not None
    assert view.filters.days is not None
    return view.filters.days


def test_days_are_chosen_one_by_one_from_those_that_were_shown(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    presenter.choose(Filter.PERIOD, "chosen")
    assert _days(view).typed == Typed(first="1.1.2026", last="17.11.2026")
    papers = len(made.papers.drawn)
    presenter.type_days(Typed(first="1.3", last="30. juni"))
    assert _days(view) == DaysShown(
        typed=Typed(first="1.3.2026", last="30.6.2026"), days=(date(2026, 3, 1), date(2026, 6, 30))
    )
    paper = made.papers.drawn[papers][0].decode()
    assert "first=datetime.date(2026, 3, 1), last=datetime.date(2026, 6, 30)" in paper
    assert presenter.file_name("pdf") == "Deltakelse 2026-03-01 2026-06-30.pdf"
    assert view.filters is not None
    chosen = next(one for one in view.filters.filters[Filter.PERIOD][0] if one.key == "chosen")
    assert chosen.short == "1.3.–30.6.2026"
    assert view.filters.changed
    presenter.reset()
    assert view.filters.days is None


def test_a_day_that_is_none_is_said_beside_its_field_and_the_paper_stays(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    presenter.choose(Filter.PERIOD, "chosen")
    papers = len(made.papers.drawn)
    for typed, end in (("31.2", End.FIRST), ("x" * 100_000, End.FIRST)):
        presenter.type_days(Typed(first=typed, last="17.11.2026"))
        shown = _days(view)
        assert shown.typed.first == typed
        assert shown.error is not None
        assert shown.error[0] is end
        assert shown.error[1].startswith("Datoen er ikke forstått. Skriv for eksempel 1.3.2026")
    presenter.type_days(Typed(first="1.5.2026", last="1.4.2026"))
    assert _days(view).error == (End.LAST, "Siste dag er før den første. Skriv en dag fra 1.5.2026.")
    assert len(made.papers.drawn) == papers
    presenter.type_days(Typed(first="1.5.2026", last=""))
    assert _days(view).error is None
    assert view.filters is not None
    assert "last=None" in made.papers.drawn[-1][0].decode()


def test_the_fix_cards_need_no_session_and_only_a_language(
    empty_stored: Repositories, tmp_path: Path
) -> None:
    view = SeenReports()
    presenter = ReportsPresenter(make_office(empty_stored, tmp_path).office, view)
    presenter.open("fix_cards")
    assert view.page is not None
    assert view.filters is not None
    assert list(view.filters.filters) == [Filter.LANGUAGE]
    assert presenter.file_name("pdf") == "Feilkort.pdf"
    presenter.choose(Filter.LANGUAGE, "en")
    presenter.save_pdf(tmp_path / "cards.pdf")
    assert (tmp_path / "cards.pdf").read_bytes() == b"fix cards en"


def test_pictures_of_where_the_group_looked_are_offered_where_there_are_any_and_are_off_by_default(
    made: TestOffice, view: SeenReports, presenter: ReportsPresenter
) -> None:
    session, other = made.stored.sessions.in_state(SessionState.CLOSED)[:2]
    presenter.open("protocol", session.id)
    assert view.filters is not None
    assert Filter.HEAT not in view.filters.filters

    playback = made.stored.playbacks.where(session_id=session.id)[0]
    # As it was written before the session was closed.
    opened = made.stored.sessions.save(replace(session, state=SessionState.HELD, closed_at=None))
    keep_heat(made.stored, playback.id, HeatMap(bins={0: HeatBin(headsets=3, looks={5: 1})}))
    made.stored.sessions.save(replace(opened, state=SessionState.CLOSED, closed_at=session.closed_at))
    presenter.open("protocol", session.id)
    assert view.chosen(Filter.HEAT) == WITHOUT
    assert made.papers.drawn[-1][0] == f"protocol {session.number} nb".encode()
    presenter.choose(Filter.HEAT, WITH)
    assert made.papers.drawn[-1][0] == f"protocol {session.number} nb heat".encode()
    presenter.choose(Filter.SESSION, str(other.id))
    assert Filter.HEAT not in view.filters.filters
