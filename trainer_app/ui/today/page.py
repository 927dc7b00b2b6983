"""The screen *I dag*."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.today.next_card import NextCard
from trainer_app.ui.today.presenter import TodayPresenter
from trainer_app.ui.today.shown import EmptyShown, LaterShown, TodayShown
from trainer_app.ui.today.side_cards import KitCard, NeedsCard
from trainer_app.ui.widgets.badge import session_badge
from trainer_app.ui.widgets.button import Button, by_letter
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.link import Link
from trainer_app.ui.widgets.list_row import ListRow
from trainer_app.ui.widgets.scrolling import BarInMargin, scrolling

SIDE_WIDTH = 372
NARROWEST = 1012
"""Below this width (at 100 % text size, without the rail) all cards stand in one column."""

_TICK_MS = 10_000


class TodayPage(Page):
    """The next session and the one thing to do for it."""

    def __init__(self, office: Office, look: Look) -> None:
        super().__init__(look, office.texts("shell.place.today"))
        self._texts = office.texts
        self._empty: EmptyState | None = None
        self._empty_shown: EmptyShown | None = None
        self._later: tuple[LaterShown, ...] = ()
        self.rows: list[ListRow] = []
        self.presenter = TodayPresenter(office, self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.presenter.tick)
        self._lay_out()
        look.changed.connect(self._share_width)

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """Look at the day anew."""
        self.presenter.reload()

    def end(self) -> None:
        """Hear of nothing any more."""
        self._timer.stop()
        self.presenter.end()

    def key_help(self) -> Sequence[KeyHelp]:
        """Only what works everywhere."""
        return ()

    def first_focus(self) -> QWidget | None:
        """What there is to do."""
        return self._empty.primary if self._empty is not None else self.next.primary

    def showEvent(self, event: QShowEvent) -> None:
        """The clock goes while it is seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has one column."""
        super().resizeEvent(event)
        self._share_width()

    # --- TodayView ---------------------------------------------------------------------------------------

    def show_today(self, shown: TodayShown) -> None:
        """Show the day."""
        self._say(self._heading, shown.heading)
        self._say(self._second, shown.second)
        self._show_empty(shown.empty)
        self._next_heading.setVisible(shown.next is not None)
        self.next.setVisible(shown.next is not None)
        if shown.next is not None:
            self._say(self._next_heading, shown.next.heading)
            self.next.show_next(shown.next)
        self._show_later(shown)
        self._needs_heading.setVisible(bool(shown.needs))
        self.needs.setVisible(bool(shown.needs))
        self.needs.show_needs(shown.needs)
        self._kit_heading.setVisible(shown.kit is not None)
        self.kit.setVisible(shown.kit is not None)
        if shown.kit is not None:
            self._say(self._kit_heading, shown.kit.heading)
            self.kit.show_kit(shown.kit)
        self._side.setVisible(bool(shown.needs) or shown.kit is not None)

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        Spacing(self.look, outer, gap=0)
        outer.addLayout(self._header())
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        Spacing(self.look, self._columns, (24, 0, 24, 8), 24)
        self._columns.addLayout(self._main(), 1)
        self._side = self._side_column()
        self._columns.addWidget(self._side)
        scroll = scrolling(content)
        BarInMargin(self.look, scroll, self._columns)
        outer.addWidget(scroll, 1)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, (24, 18, 24, 14), 12)
        words = QVBoxLayout()
        Spacing(self.look, words, gap=4)
        self._heading = Label(self.look, "", "title")
        self._second = Label(self.look, "", "body", "text_muted", tabular=True)
        words.addWidget(self._heading)
        words.addWidget(self._second)
        row.addLayout(words)
        row.addStretch(1)
        self.new = Button(self.look, self._texts("today.new"), icon="plus")
        self.new.clicked.connect(lambda: self.presenter.new_session())
        by_letter(self.new)
        row.addWidget(self.new, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _main(self) -> QVBoxLayout:
        column = QVBoxLayout()
        Spacing(self.look, column, gap=8)
        self._next_heading = Label(self.look, "", "subheading")
        self.next = NextCard(self.look, self._texts)
        self.next.go.connect(self.presenter.go)
        self._empty_card = Card(self.look)
        self._empty_card.hide()
        column.addWidget(self._next_heading)
        column.addWidget(self.next)
        column.addWidget(self._empty_card)
        head = QHBoxLayout()
        Spacing(self.look, head, (0, 12, 0, 0), 8)
        self._later_heading = Label(self.look, "", "subheading")
        self.later_link = Link(self.look)
        self.later_link.clicked.connect(lambda: self.presenter.go(Target(place="plan")))
        head.addWidget(self._later_heading)
        head.addStretch(1)
        head.addWidget(self.later_link)
        column.addLayout(head)
        self._later_card = Card(self.look, padding=0)
        self._later_card.body.setSpacing(0)
        column.addWidget(self._later_card)
        column.addStretch(1)
        return column

    def _side_column(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        Spacing(self.look, column, gap=8)
        self._needs_heading = Label(self.look, self._texts("today.needs"), "subheading")
        self.needs = NeedsCard(self.look)
        self.needs.go.connect(self.presenter.go)
        self._kit_heading = Label(self.look, "", "subheading")
        self.kit = KitCard(self.look, self._texts)
        self.kit.go.connect(self.presenter.go)
        column.addWidget(self._needs_heading)
        column.addWidget(self.needs)
        column.addSpacing(self.look.px(12))
        column.addWidget(self._kit_heading)
        column.addWidget(self.kit)
        column.addStretch(1)
        return side

    def _say(self, label: Label, words: str) -> None:
        if label.text() != words:
            label.setText(words)
            label.updateGeometry()

    def _show_empty(self, shown: EmptyShown | None) -> None:
        if shown == self._empty_shown:
            return
        self._empty_shown = shown
        if self._empty is not None:
            self._empty_card.body.removeWidget(self._empty)
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        self._empty_card.setVisible(shown is not None)
        if shown is not None:
            self._empty = EmptyState(
                self.look, shown.icon, shown.heading, shown.sentence, shown.primary, primary_icon=None
            )
            self._empty.primary_pressed.connect(lambda: self.presenter.go(shown.go))
            self._empty_card.body.addWidget(self._empty)

    def _show_later(self, shown: TodayShown) -> None:
        there = bool(shown.later)
        for widget in (self._later_heading, self.later_link, self._later_card):
            widget.setVisible(there)
        self._say(self._later_heading, shown.later_heading)
        if self.later_link.text() != shown.later_link:
            self.later_link.set_words(shown.later_link)
        if shown.later == self._later:
            return
        focused = next((at for at, row in enumerate(self.rows) if row.hasFocus()), None)
        self._later = shown.later
        for row in self.rows:
            self._later_card.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(one) for one in shown.later]
        for row in self.rows:
            self._later_card.body.addWidget(row)
        if self.rows:
            self.rows[-1].set_last(last=True)
        if focused is not None and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, shown: LaterShown) -> ListRow:
        row = ListRow(
            self.look,
            shown.title,
            shown.second,
            lead=(shown.day, shown.times),
            badge=session_badge(self.look, shown.state, self._texts),
        )
        row.clicked.connect(lambda: self.presenter.go(shown.go))
        return row

    def _share_width(self) -> None:
        narrow = self.width() < self.look.px(NARROWEST)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(self.look.px(SIDE_WIDTH))
