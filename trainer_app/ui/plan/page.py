"""The screen *Plan*: a week, and the panel beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trainer_app.ui.keys import keys_of
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.plan.cancel_dialog import CancelDialog
from trainer_app.ui.plan.panel import WIDTH, SidePanel
from trainer_app.ui.plan.panel_words import Option, PanelShown
from trainer_app.ui.plan.presenter import PlanPresenter
from trainer_app.ui.plan.week_words import WeekShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, by_letter
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.week_calendar import WeekCalendar

NARROWEST = 1012
"""Below this width (at 100 % text size, without the rail) the panel is a page of its own."""


class PlanPage(Page):
    """Weeks, and the session that is planned."""

    def __init__(self, office: Office, look: Look) -> None:
        super().__init__(look, office.texts("shell.place.plan"))
        self._texts, self._office = office.texts, office
        self.presenter = PlanPresenter(office, self)
        self._opener: QWidget | None = None
        self._dialog: CancelDialog | None = None
        self._menu: QMenu | None = None
        row = QHBoxLayout(self)
        Spacing(look, row, gap=0)
        self._main = QWidget()
        row.addWidget(self._main, 1)
        self._lay_out_main()
        self.panel = SidePanel(look, office.texts, self.presenter)
        self.panel.removal_wanted.connect(self._on_removal)
        self.panel.hide()
        look.changed.connect(self._share_width)
        row.addWidget(self.panel)

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """Show the week, and what was asked for."""
        self.presenter.enter(target)

    def keep(self) -> None:
        """Store the draft in the panel."""
        self.presenter.keep()

    def leave(self) -> None:
        """Keep what is typed."""
        self.presenter.leave()

    def end(self) -> None:
        """Hear of nothing any more."""
        self.presenter.end()

    def unsaved(self) -> Sequence[str]:
        """Plans that are not stored, and names that were typed and not taken in."""
        return [*self.presenter.unfinished(), *self.panel.fields.loose()]

    def key_help(self) -> Sequence[KeyHelp]:
        """The keys of the calendar."""
        return keys_of("plan", self._texts)

    def first_focus(self) -> QWidget | None:
        """The panel where it is open, else the calendar."""
        if not self.panel.isHidden():
            return self.panel.fields.control("theme")
        return self._empty.primary if self._stack.currentWidget() is self._empty else self.calendar

    def save(self) -> None:
        """Ctrl+S."""
        self.presenter.save()

    def escape(self) -> None:
        """Esc closes the panel."""
        self.presenter.close_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows the panel alone."""
        super().resizeEvent(event)
        self._share_width()

    # --- PlanView ----------------------------------------------------------------------------------------

    def heading(self) -> str:
        """The week that is shown."""
        return self._heading.text()

    def show_week(self, shown: WeekShown) -> None:
        """Show the week."""
        self._heading.setText(shown.heading)
        self._days.setText(shown.days)
        self._heading.updateGeometry()
        self._days.updateGeometry()
        self.calendar.show_week(shown.week)
        self._stack.setCurrentWidget(self._scroll)

    def show_panel(self, shown: PanelShown | None) -> None:
        """Show the panel, or none; the keyboard goes back to where it was opened from."""
        if shown is None:
            self._hide_panel()
            return
        if self.panel.isHidden():
            self._opener = QApplication.focusWidget()
        self.panel.show_panel(shown)
        if self.panel.isHidden():
            self.panel.show()
            self._share_width()
        self.calendar.choose(shown.key)

    def offer_times(self, times: Sequence[Option]) -> None:
        """A menu below the button that asked for it."""
        self._menu = QMenu(self)
        self._menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._menu.setAccessibleName(self._texts("plan.conflict.find"))
        for option in times:
            action = self._menu.addAction(option.words)
            action.triggered.connect(lambda _=False, at=option.value: self.presenter.move_to(at))
        if not times:
            self._menu.addAction(self._texts("plan.conflict.none_free")).setEnabled(False)
        banner = self.panel.fields.banner
        below = banner.buttons[-1] if banner is not None and banner.buttons else self.panel
        self._menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def focus_field(self, name: str) -> None:
        """Give a field of the panel the keyboard."""
        self.panel.focus(name)

    def ask_who_is_here(self) -> None:
        """Say why nothing can be planned yet."""
        self._stack.setCurrentWidget(self._empty)

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out_main(self) -> None:
        column = QVBoxLayout(self._main)
        Spacing(self.look, column, (24, 18, 24, 5), 18)
        column.addLayout(self._header())
        self.calendar = WeekCalendar(self.look, self._texts)
        self.calendar.event_opened.connect(lambda key: self.presenter.open_session(key))
        self.calendar.slot_chosen.connect(self.presenter.new_session)
        self.calendar.move_wanted.connect(self.presenter.move_event)
        self.calendar.length_wanted.connect(self.presenter.lengthen_event)
        self.calendar.week_wanted.connect(self.presenter.go_weeks)
        self.calendar.today_wanted.connect(self.presenter.go_today)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.calendar)
        self._empty = EmptyState(
            self.look,
            "user-circle",
            self._texts("plan.who.heading"),
            self._texts("plan.who.sentence"),
            self._texts("plan.who.button"),
            primary_icon=None,
        )
        self._empty.primary_pressed.connect(lambda: self._office.go(Target(place="settings", detail="first")))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, gap=4)
        self._heading = Label(self.look, "", "title")
        self._days = Label(self.look, "", "body", "text_muted", tabular=True)
        row.addWidget(self._heading)
        row.addSpacing(self.look.px(8))
        row.addWidget(self._days)
        row.addStretch(1)
        before = Button(self.look, "", icon="caret-left", name=self._texts("plan.week_before"))
        today = Button(self.look, self._texts("plan.today"))
        after = Button(self.look, "", icon="caret-right", name=self._texts("plan.week_after"))
        self.new = Button(self.look, self._texts("plan.new"), icon="plus")
        before.clicked.connect(lambda: self.presenter.go_weeks(-1))
        today.clicked.connect(lambda: self.presenter.go_today())
        after.clicked.connect(lambda: self.presenter.go_weeks(1))
        self.new.clicked.connect(lambda: self.presenter.new_session())
        by_letter(today, self.new)
        for button in (before, after):
            button.setToolTip(button.accessibleName())
        for button in (before, today, after):
            row.addWidget(button)
        row.addSpacing(self.look.px(8))
        row.addWidget(self.new)
        return row

    def _hide_panel(self) -> None:
        if self.panel.isHidden():
            return
        focus = QApplication.focusWidget()
        inside = focus is not None and self.panel.isAncestorOf(focus)
        self.panel.hide()
        self.panel.forget()
        self._share_width()
        if inside:
            back = self._opener if self._opener is not None and self._opener.isVisible() else self.calendar
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_width(self) -> None:
        alone = not self.panel.isHidden() and self.width() < self.look.px(NARROWEST)
        self._main.setVisible(not alone)
        if alone:
            self.panel.setFixedWidth(self.width())
        else:
            self.panel.setFixedWidth(self.look.px(WIDTH))

    def _on_removal(self) -> None:
        shown = self.panel.shown
        if shown is None:
            return
        if shown.is_draft:
            self.presenter.delete_draft()
            return
        cancel = partial(self.presenter.cancel, shown.key)
        self._dialog = CancelDialog(self.look, self._texts, cancel, self)
        self._dialog.open()
