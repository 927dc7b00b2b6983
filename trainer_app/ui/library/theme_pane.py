"""A theme: intro, its scenario, and the tabs with all that the scenario consists of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.library.sections import facts_grid, laid_out
from trainer_app.ui.library.shown import FilmOfTheme, ThemeShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.badge import Badge
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import BarInMargin
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm

_FACTS = 4
_CARD = 20
"""Padding at the sides of both cards."""


class ThemePane(QWidget):
    """Shows a theme.

    Signals:
        plan_wanted: plan a session on it.
    """

    plan_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._shown: ThemeShown | None = None
        self.title = Label(look, "", "title", wrap=True)
        self.intro = Label(look, "", "body", "text_muted", wrap=True)
        self.plan_button = Button(look, texts("library.plan_session"), Kind.PRIMARY, icon="calendar-plus")
        self.plan_button.clicked.connect(self.plan_wanted)
        by_letter(self.plan_button)
        self._scenario = Card(look, padding=16)
        self._card = Card(look, padding=16)
        self.tabs = QTabBar()
        self.contents: list[QWidget] = []
        self.tabs.setAccessibleName(texts("library.tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._show_content)
        self._lay_out()

    def show_theme(self, shown: ThemeShown) -> None:
        """Show a theme; one that is shown already stays as it is."""
        if shown == self._shown:
            return
        another = self._shown is None or shown.key != self._shown.key
        self._shown = shown
        for label, words in ((self.title, shown.title), (self.intro, shown.intro)):
            label.setText(words)
            label.updateGeometry()
        self._show_scenario(shown)
        self._show_tabs(shown, 0 if another else self.tabs.currentIndex())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self._look, column, (0, 16, 0, 0), 12)
        column.addLayout(self._head())
        Spacing(self._look, self._scenario.body, (_CARD, 16, _CARD, 16), 8)
        Spacing(self._look, self._card.body, (_CARD, 4, _CARD, 16), 0)
        self._card.body.addWidget(self.tabs)
        self._card.body.addWidget(hairline())
        column.addWidget(self._scrolled(), 1)

    def _head(self) -> QVBoxLayout:
        first = QHBoxLayout()
        Spacing(self._look, first, (0, 0, 0, 0), 12)
        first.addWidget(self.title, 1)
        first.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        Spacing(self._look, head, (24, 0, 24, 0), 4)
        head.addLayout(first)
        head.addWidget(self.intro)
        return head

    def _scrolled(self) -> QScrollArea:
        """Scenario and tabs together; the area can have the keyboard, so that arrows scroll it."""
        content = QWidget()
        content.setProperty("role", "scrolled")
        inside = QVBoxLayout(content)
        Spacing(self._look, inside, (24, 0, 24, 20), 16)
        inside.addWidget(self._scenario)
        inside.addWidget(self._card, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self._texts("library.tabs"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        BarInMargin(self._look, area, inside)
        return area

    def _show_scenario(self, shown: ThemeShown) -> None:
        body = self._scenario.body
        clear(body)
        top = QHBoxLayout()
        Spacing(self._look, top, (0, 0, 0, 0), 12)
        top.addWidget(Label(self._look, shown.scenario, "heading", wrap=True), 1)
        icon, tone = ("check-circle", Tone.OK) if shown.approved else ("warning", Tone.ATTENTION)
        top.addWidget(Badge(self._look, icon, shown.badge, tone))
        top.addWidget(Label(self._look, shown.version, "small", "text_muted"))
        body.addLayout(top)
        if shown.usable:
            body.addWidget(Label(self._look, shown.usable, "small", "text_muted", wrap=True))
        body.addLayout(facts_grid(self._look, shown.facts, _FACTS))
        body.addWidget(hairline())
        body.addLayout(self._objectives(shown))

    def _objectives(self, shown: ThemeShown) -> QHBoxLayout:
        """In two columns, read downwards."""
        row = QHBoxLayout()
        Spacing(self._look, row, (0, 0, 0, 0), 24)
        numbered = list(enumerate(shown.objectives, start=1))
        half = (len(numbered) + 1) // 2
        for part in (numbered[:half], numbered[half:]):
            grid = QGridLayout()
            Spacing(self._look, grid, (0, 0, 0, 0), 6)
            grid.setHorizontalSpacing(self._look.px(12))
            grid.setColumnStretch(1, 1)
            grid.setRowStretch(len(part), 1)
            for at, (number, words) in enumerate(part):
                label = Label(self._look, str(number), "small", "text_muted", tabular=True)
                grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Label(self._look, words, "small", wrap=True), at, 1)
            row.addLayout(grid, 1)
        return row

    def _show_tabs(self, shown: ThemeShown, current: int) -> None:
        for old in self.contents:
            self._card.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.contents = []
        while self.tabs.count():
            self.tabs.removeTab(0)
        for at, tab in enumerate(shown.tabs):
            content = laid_out(self._look, tab.sections, None if at else self._film(shown.film))
            self.contents.append(content)
            self._card.body.addWidget(content, 1)
            self.tabs.addTab(tab.title)
        self.tabs.setCurrentIndex(current)
        self._show_content(current)

    def _show_content(self, current: int) -> None:
        for at, content in enumerate(self.contents):
            content.setVisible(at == current)

    def _film(self, film: FilmOfTheme | None) -> QWidget:
        part = QWidget()
        part.setProperty("role", "scrolled")
        column = QVBoxLayout(part)
        Spacing(self._look, column, (0, 0, 0, 8), 8)
        if film is None:
            column.addWidget(Label(self._look, self._texts("library.no_film"), wrap=True))
            return part
        column.addLayout(facts_grid(self._look, film.facts, _FACTS))
        if film.stops_s:
            line = Timeline(self._look, self._texts)
            line.show_film(TimelineFilm(length_s=film.length_s, stops_s=film.stops_s, plain_ends=True))
            column.addWidget(line)
        return part
