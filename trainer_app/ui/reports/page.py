"""The page *Rapporter*: the reports, what they are about, and the paper as it will print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.ui.keys import keys_of
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.reports.days_row import DaysRow
from trainer_app.ui.reports.filter_bar import FilterBar
from trainer_app.ui.reports.presenter import ReportsPresenter
from trainer_app.ui.reports.preview_pane import PreviewPane
from trainer_app.ui.reports.printing import PaperPrinting, choose_printer
from trainer_app.ui.reports.report_list import ReportList
from trainer_app.ui.reports.shown import (
    DaysShown,
    FiltersShown,
    NothingShown,
    PageShown,
    ProblemShown,
    Report,
)
from trainer_app.ui.saving.asking import SaveQuestion
from trainer_app.ui.saving.saved_banner import OpenUrl, SavedBanner
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.label import Label

_NARROW = 1100
"""Effective width of the window below which the list of reports becomes one of the boxes."""

_VERY_NARROW = 760
"""Effective width below which that box has to say alone which report it is."""


class ReportsPage(Page):
    """Shows reports. Implements ``ReportsView``.

    Attributes:
        choose_file: Asks where a file shall go: title, proposed name, its ending; None: nowhere.
        choose_printer: Asks which printer; None: none.
        open_url: Shows a file or folder in the system's own program.
    """

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        texts = office.texts
        super().__init__(look, texts("shell.place.reports"), parent)
        self._texts = texts
        question = SaveQuestion(self, look, texts, office.saving_folder)
        self.choose_file: Callable[[str, str, str], Path | None] = question.ask
        self.open_url: OpenUrl = QDesktopServices.openUrl
        self.choose_printer: Callable[[QWidget], QPrinter | None] = choose_printer
        self.presenter = ReportsPresenter(office, self)
        self._filters: FiltersShown | None = None
        self._empty: EmptyState | None = None
        self._problem: Banner | None = None
        self.saved: SavedBanner | None = None
        self._last_save: Callable[[], None] = self._save_pdf
        self.list, self.filters = ReportList(look, texts), FilterBar(look, texts)
        self.days = DaysRow(look, texts)
        self.days.hide()
        self.title = Label(look, "", "title", wrap=True)
        self.csv_button = Button(look, texts("reports.save_csv"), icon="download-simple")
        self.pdf_button = Button(look, texts("reports.save_pdf"), icon="file-pdf")
        self.print_button = Button(look, texts("reports.print"), Kind.PRIMARY, icon="printer")
        self.preview = PreviewPane(look, texts, self.presenter.turn)
        self.making = Label(
            look, texts("reports.making"), "body", "text_muted", align=Qt.AlignmentFlag.AlignHCenter
        )
        self._body = QStackedWidget()
        self._news_place = QWidget()
        Spacing(look, QVBoxLayout(self._news_place), (24, 12, 24, 0), 0)
        self._lay_out()
        self._connect()
        self.show_making()  # nothing can be saved or printed before there is something
        look.changed.connect(self._make_room)

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """Look at the data anew; ``detail`` names a report, ``session_id`` whose protocol."""
        known = {report.value for report in Report}
        self.presenter.open(target.detail if target.detail in known else "", target.session_id)

    def leave(self) -> None:
        """Make nothing while nobody looks."""
        self.presenter.leave()

    def end(self) -> None:
        """Stop listening."""
        self.presenter.end()

    def key_help(self) -> Sequence[KeyHelp]:
        """Keys of list and preview."""
        return keys_of("reports", self._texts)

    def first_focus(self) -> QWidget | None:
        """The chosen report."""
        chosen = [row for row in self.list.rows.values() if row.isChecked()]
        row = chosen[0] if chosen else self.list.rows[Report.PARTICIPATION]
        return self.filters.report if self.list.isHidden() else row

    def print(self) -> None:
        """Ctrl+P: ask which printer, then print what is shown."""
        name = self.presenter.file_name("pdf")
        if not name:
            return
        printer = self.choose_printer(self)
        if printer is not None:
            self.presenter.print_to(PaperPrinting(printer, Path(name).stem))

    def save(self) -> None:
        """Ctrl+S saves the paper."""
        self._save_pdf()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn, wherever the keyboard is."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.preview.page_key(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no room for the list."""
        super().resizeEvent(event)
        self._make_room()

    # --- ReportsView -------------------------------------------------------------------------------------

    def show_filters(self, shown: FiltersShown) -> None:
        """Show which report it is and what it is about."""
        self._filters = shown
        self.title.setText(self._texts(f"reports.title.{shown.report.value}"))
        self.title.updateGeometry()
        self.list.show_report(shown.report)
        self.csv_button.setVisible(shown.report is Report.PARTICIPATION)
        self.filters.show_filters(shown, with_reports=self.list.isHidden())
        self._show_days(shown.days)

    def show_making(self) -> None:
        """The paper is being made."""
        self._body.setCurrentWidget(self.making)
        self._enable(False)

    def show_page(self, shown: PageShown) -> None:
        """Show a page of the paper."""
        self.preview.show_page(shown)
        self._body.setCurrentWidget(self.preview)
        self._enable(True)

    def show_nothing(self, shown: NothingShown) -> None:
        """There is no paper; say why."""
        empty = EmptyState(
            self.look, "chart-bar", shown.heading, shown.sentence, shown.button, primary_icon=None
        )
        empty.primary_pressed.connect(lambda: self.presenter.take(shown.way_out))
        self._body.addWidget(empty)
        self._body.setCurrentWidget(empty)
        if self._empty is not None:
            self._body.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = empty
        self._enable(False)

    def show_problem(self, shown: ProblemShown | None) -> None:
        """A file could not be written."""
        if self._problem is not None:
            self._problem.hide()
            self._problem.deleteLater()
            self._problem = None
        if shown is not None:
            other = self._texts("saving.other_place")
            self._problem = Banner(self.look, Tone.DANGER, shown.fact, shown.cause, buttons=[other])
            self._problem.chosen.connect(lambda _: self._last_save())
        self._show_news()

    def show_saved(self, path: Path | None) -> None:
        """A file was written: say where it is."""
        if self.saved is not None:
            self.saved.hide()
            self.saved.deleteLater()
            self.saved = None
        if path is not None:
            self.saved = SavedBanner(self.look, self._texts, path, open_url=self.open_url)
        self._show_news()

    # --- inside ------------------------------------------------------------------------------------------

    @property
    def problem(self) -> Banner | None:
        """What is said to be wrong."""
        return self._problem

    @property
    def empty(self) -> EmptyState | None:
        """What is said where there is no paper."""
        return self._empty if self._body.currentWidget() is self._empty else None

    def _show_news(self) -> None:
        """What became of saving stands above the paper."""
        news = self._problem or self.saved
        layout = self._news_place.layout()
        assert layout is not None
        if news is not None:
            layout.addWidget(news)
        self._news_place.setVisible(news is not None)

    def _show_days(self, shown: DaysShown | None) -> None:
        was_hidden = self.days.isHidden()
        self.days.setVisible(shown is not None)
        if shown is not None:
            self.days.show_days(shown)
            if was_hidden:
                self.days.take_focus()

    def _save_pdf(self) -> None:
        self._save(self.pdf_button.text(), "pdf", self.presenter.save_pdf)
        self._last_save = self._save_pdf

    def _save_csv(self) -> None:
        self._save(self.csv_button.text(), "csv", self.presenter.save_csv)
        self._last_save = self._save_csv

    def _save(self, title: str, ending: str, save: Callable[[Path], None]) -> None:
        name = self.presenter.file_name(ending)
        path = self.choose_file(title, name, ending) if name else None
        if path is not None:
            save(path)

    def _enable(self, there_is_paper: bool) -> None:
        for button in (self.csv_button, self.pdf_button, self.print_button):
            button.setEnabled(there_is_paper)

    def _make_room(self) -> None:
        narrow = self.window().width() < self.look.px(_NARROW)
        self.title.setVisible(self.window().width() >= self.look.px(_VERY_NARROW))
        if narrow != self.list.isHidden():
            self.list.setVisible(not narrow)
            if self._filters is not None:
                self.filters.show_filters(self._filters, with_reports=narrow)

    def _connect(self) -> None:
        self.list.chosen.connect(self.presenter.choose_report)
        self.filters.report_chosen.connect(self.presenter.choose_report)
        self.filters.chosen.connect(self.presenter.choose)
        self.filters.reset_wanted.connect(self.presenter.reset)
        self.days.typed.connect(self.presenter.type_days)
        self.preview.zoomed.connect(self.presenter.zoom)
        self.preview.room_changed.connect(self.presenter.set_room)
        self.csv_button.clicked.connect(self._save_csv)
        self.pdf_button.clicked.connect(self._save_pdf)
        self.print_button.clicked.connect(self.print)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        Spacing(self.look, row, (0, 0, 0, 0), 0)
        row.addWidget(self.list)
        column = QVBoxLayout()
        Spacing(self.look, column, (0, 0, 0, 0), 0)
        column.addLayout(self._head())
        column.addWidget(hairline())
        column.addWidget(self._paper_place(), 1)
        row.addLayout(column, 1)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        Spacing(self.look, head, (24, 16, 24, 16), 12)
        row = QHBoxLayout()
        Spacing(self.look, row, gap=12)
        row.addWidget(self.title, 1)
        row.addStretch()
        for button in (self.csv_button, self.pdf_button, self.print_button):
            row.addWidget(button)
        by_letter(self.csv_button, self.pdf_button, self.print_button)
        head.addLayout(row)
        head.addWidget(self.filters)
        head.addWidget(self.days)
        return head

    def _paper_place(self) -> QWidget:
        place = QWidget()
        place.setProperty("role", "sunken")
        place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(place)
        Spacing(self.look, column, (0, 0, 0, 0), 0)
        column.addWidget(self._news_place)
        self._news_place.hide()
        for part in (self.preview, self.making):
            self._body.addWidget(part)
        column.addWidget(self._body, 1)
        return place
