"""The reports' page as people use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.office import LateTasks, TestOffice, make_office
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.report_errors import ReportUnwritable
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.runtime.changes import Topic
from trainer_app.services.ports import Repositories
from trainer_app.ui.office import Target
from trainer_app.ui.reports.page import ReportsPage
from trainer_app.ui.reports.periods import End, Typed
from trainer_app.ui.reports.shown import Filter, Report
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

KEY = Qt.Key


@pytest.fixture(params=["nb"])
def made(example_stored: Repositories, tmp_path: Path, request: pytest.FixtureRequest) -> TestOffice:
    return make_office(example_stored, tmp_path, lang=request.param)


@pytest.fixture
def window(qtbot: QtBot, look: Look, made: TestOffice) -> Iterator[Window]:
    window = Window(look, made.office.texts)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    page = ReportsPage(made.office, look)
    window.show_pages(made.office.texts, {"reports": lambda: page}, Target(place="reports"))
    window.show()
    QApplication.processEvents()
    yield window
    page.end()


@pytest.fixture
def page(window: Window) -> ReportsPage:
    page = window.page
    assert isinstance(page, ReportsPage)
    return page


def test_reports_are_chosen_by_arrows(page: ReportsPage) -> None:
    row = page.first_focus()
    assert row is page.list.rows[Report.PARTICIPATION]
    assert row is not None
    row.setFocus()
    QTest.keyClick(row, KEY.Key_Down)
    assert page.title.text() == "Øktprotokoll"
    assert page.csv_button.isHidden()
    assert not page.filters.boxes[Filter.SESSION].isHidden()
    assert page.filters.boxes[Filter.PERIOD].isHidden()


def test_a_protocol_that_was_asked_for_is_open(window: Window, made: TestOffice, page: ReportsPage) -> None:
    held = made.stored.sessions.in_state(SessionState.HELD, SessionState.CLOSED)[0]
    window.go(Target(place="reports", detail="protocol", session_id=held.id))
    assert str(held.number) in page.filters.boxes[Filter.SESSION].short()


def test_page_down_goes_through_the_page_then_to_the_next(page: ReportsPage) -> None:
    bar = page.preview.area.verticalScrollBar()
    assert bar.maximum() > 0
    presses = 0
    while page.preview.place.text().startswith("Forhåndsvisning. Side 1"):
        QTest.keyClick(page.print_button, KEY.Key_PageDown)
        presses += 1
        assert presses < 10
    assert presses > 1
    assert bar.value() == 0
    assert not page.preview.on.isEnabled()


def test_zoom_by_buttons(page: ReportsPage) -> None:
    page.preview.larger.click()
    assert page.preview.zoom.currentText() == "100 %"
    assert page.preview.sheet.width() == 8 * 96
    page.preview.smaller.click()
    assert page.preview.sheet.width() == 8 * 72


def test_days_are_typed_and_a_wrong_one_keeps_the_keyboard(page: ReportsPage, made: TestOffice) -> None:
    page.presenter.choose(Filter.PERIOD, "chosen")
    first, last = page.days.edits[End.FIRST], page.days.edits[End.LAST]
    assert first.hasFocus()
    QTest.keyClicks(first, "40.40")
    QTest.keyClick(first, KEY.Key_Return)
    assert "Datoen er ikke forstått" in page.days.fields[End.FIRST].error()
    QTest.keyClick(first, KEY.Key_Tab)
    assert (first.text(), last.hasFocus()) == ("40.40", True)
    first.setFocus()
    first.selectAll()
    QTest.keyClicks(first, "1.3")
    QTest.keyClick(first, KEY.Key_Tab)
    assert (first.text(), page.days.fields[End.FIRST].error()) == ("1.3.2026", "")
    assert last.hasFocus()
    assert page.filters.boxes[Filter.PERIOD].short() == "1.3.–17.11.2026"
    last.selectAll()
    QTest.keyClicks(last, "24.1")
    made.office.changes.announce(Topic.PEOPLE)
    assert (last.text(), last.hasFocus()) == ("24.1", True)  # news take nothing away that is being typed
    page.presenter.choose_report("protocol")
    assert page.days.isHidden()


def test_a_refused_file_can_be_saved_elsewhere_and_is_shown_where_it_is(
    page: ReportsPage, made: TestOffice, tmp_path: Path
) -> None:
    asked: list[str] = []

    def choose(_title: str, name: str, _ending: str) -> Path:
        asked.append(name)
        return tmp_path / "rapport.csv"

    page.choose_file = choose
    opened: list[str] = []

    def no_program(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    page.open_url = no_program
    made.papers.refusal = ReportUnwritable(file="rapport.csv")
    page.csv_button.click()
    assert page.problem is not None
    made.papers.refusal = None
    page.problem.buttons[0].click()
    assert page.problem is None
    assert made.papers.saved == [tmp_path / "rapport.csv"]
    assert page.saved is not None
    assert page.saved.isVisible()
    assert "rapport.csv er lagret" in page.saved.accessibleName()
    page.saved.show_folder.click()
    page.saved.open_file.click()
    assert opened == [str(tmp_path), str(tmp_path / "rapport.csv")]
    assert "ikke noe program" in page.saved.accessibleName()
    assert asked == ["Deltakelse 2026-01-01 2026-11-17.csv"] * 2
    page.presenter.choose(Filter.PERIOD, "all")
    assert page.saved is None


class JammedPrinter(QPrinter):
    """Takes the first page."""

    def newPage(self) -> bool:
        return False


def printing_into(file: Path, kind: type[QPrinter] = QPrinter) -> Callable[[object], QPrinter]:
    """Choose a printer that prints into a file."""

    def chosen(_parent: object) -> QPrinter:
        printer = kind(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return printer

    return chosen


def test_the_printer_gets_all_pages(page: ReportsPage, tmp_path: Path) -> None:
    page.choose_printer = printing_into(tmp_path / "printed.pdf")
    page.print()
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as printed:
        assert len(printed) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdf", extend=True)
@pytest.mark.parametrize(
    ("file", "kind"), [("finnes ikke/printed.pdf", QPrinter), ("printed.pdf", JammedPrinter)]
)
def test_a_printer_that_takes_no_page_or_jams_midway_is_not_said_to_have_printed(
    page: ReportsPage, made: TestOffice, tmp_path: Path, file: str, kind: type[QPrinter]
) -> None:
    page.choose_printer = printing_into(tmp_path / file, kind)
    page.print()
    assert made.notices.said == []
    assert [problem.key for problem in made.notices.problems] == ["report.printing_failed"]


def test_before_there_is_a_paper_nothing_can_be_saved_or_printed(
    qtbot: QtBot, look: Look, example_stored: Repositories, tmp_path: Path
) -> None:
    tasks = LateTasks()
    page = ReportsPage(make_office(example_stored, tmp_path, tasks=tasks).office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="reports"))
    buttons = (page.csv_button, page.pdf_button, page.print_button)
    assert [button.isEnabled() for button in buttons] == [False] * 3
    assert page.making.isVisibleTo(page)
    tasks.finish()
    assert [button.isEnabled() for button in buttons] == [True] * 3
    page.end()


def test_where_there_is_nothing_nothing_can_be_printed(page: ReportsPage) -> None:
    page.presenter.choose(Filter.PERIOD, "last_year")
    page.presenter.choose(Filter.THEME, "TVA")
    assert page.empty is not None
    assert not page.print_button.isEnabled()
    asked: list[object] = []
    page.choose_printer = asked.append
    page.print()
    assert not asked
    page.empty.primary.click()
    assert page.empty is None
    assert page.print_button.isEnabled()


@pytest.mark.parametrize("made", ["nb", "en"], indirect=True)
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_no_word_is_cut(page: ReportsPage, look: Look, scale: float) -> None:
    look.set_theme(Theme(ThemeName.DARK, scale))
    page.presenter.choose(Filter.THEME, "SAM")
    QApplication.processEvents()
    assert page.list.isHidden() == (scale > 1)
    assert cut_texts(page) == []
    page.presenter.choose(Filter.PERIOD, "chosen")
    page.presenter.type_days(Typed(first="1.5.2026", last="1.4.2026"))
    QApplication.processEvents()
    assert page.days.fields[End.LAST].error()
    assert cut_texts(page) == []
    assert nameless(page) == []
    page.presenter.choose_report("protocol")
    QApplication.processEvents()
    assert cut_texts(page) == []
    assert nameless(page) == []
