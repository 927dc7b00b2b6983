"""The page *Koffert*: headsets with the film matrix, accessories, the last check, and one side panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from trainer_app.domain.kits import HeadsetId
from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.keys import keys_of
from trainer_app.ui.kit.check_panel import CheckPanel
from trainer_app.ui.kit.form_panel import FormPanel
from trainer_app.ui.kit.headset_panel import HeadsetPanel
from trainer_app.ui.kit.overview_pane import OverviewPane
from trainer_app.ui.kit.presenter import KitPresenter
from trainer_app.ui.kit.shown import (
    CheckShown,
    FilmsShown,
    HeadsetShown,
    KitForm,
    KitFormChoices,
    KitShown,
)
from trainer_app.ui.kit.side_panel import WIDTH, SidePanel
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.confirm import Confirm
from trainer_app.ui.widgets.empty_state import EmptyState

_NARROW = 1100
"""Effective width of the window below which the panel has the page for itself."""


class KitPage(Page):
    """Shows the suitcase. Implements ``KitView``."""

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        texts = office.texts
        super().__init__(look, texts("shell.place.kit"), parent)
        self._texts = texts
        self._came_from: QWidget | None = None
        self.question: Confirm | None = None
        self.presenter = KitPresenter(office, self)
        self.overview = OverviewPane(look, texts)
        self.check = CheckPanel(look, texts)
        self.headset = HeadsetPanel(look, texts)
        self.form = FormPanel(look, texts)
        self.empty = EmptyState(
            look, "suitcase", texts("kit.empty.title"), texts("kit.empty.reason"), texts("kit.empty.add")
        )
        self._main, self._panels = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        look.changed.connect(self._make_room)

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """Look at the data anew; ``detail`` "check" begins a check."""
        self.presenter.look()
        item = None if target.item is None else str(target.item)
        if target.detail == "check":
            self.presenter.choose_to_check(item)
            self._came_from = self.overview.check_card.button
        elif item is not None:
            self.presenter.choose(item)
        else:
            self.presenter.reload()

    def leave(self) -> None:
        """Nothing moves on a page nobody sees."""
        self.presenter.look_away()

    def end(self) -> None:
        """Stop listening."""
        self.presenter.end()

    def unsaved(self) -> Sequence[str]:
        """What was typed in the panel that is open."""
        panel = self._panels.currentWidget()
        return panel.unfinished() if not self._panels.isHidden() and isinstance(panel, SidePanel) else ()

    def key_help(self) -> Sequence[KeyHelp]:
        """Keys of table, accessories and check."""
        return keys_of("kit", self._texts)

    def first_focus(self) -> QWidget | None:
        """The panel's question, else the table."""
        if not self._panels.isHidden():
            panel = self._panels.currentWidget()
            return panel.first() if isinstance(panel, SidePanel) else None
        return self.empty.primary if self._main.currentWidget() is self.empty else self.overview.table

    def save(self) -> None:
        """Ctrl+S saves the panel that is open."""
        panel = None if self._panels.isHidden() else self._panels.currentWidget()
        if isinstance(panel, (FormPanel, HeadsetPanel)):
            panel.save()

    def escape(self) -> None:
        """Close the panel."""
        if not self._panels.isHidden():
            self._close()

    # --- KitView -----------------------------------------------------------------------------------------

    def show_kit(self, shown: KitShown) -> None:
        """Show a suitcase."""
        self._main.setCurrentWidget(self.overview)
        self.overview.show_kit(shown)

    def show_nothing(self) -> None:
        """There is no suitcase yet."""
        self._main.setCurrentWidget(self.empty)

    def show_check(self, shown: CheckShown) -> None:
        """Show a question of the check."""
        self._open(self.check, shown.headset_id)
        self.check.show_check(shown)

    def show_check_error(self, words: str) -> None:
        """The note of the check is too long."""
        self.check.show_error(words)

    def show_check_unsaved(self, words: str) -> None:
        """Answers of the check wait for being saved."""
        self.check.show_unsaved(words)

    def show_headset(self, shown: HeadsetShown) -> None:
        """Show one headset."""
        self._open(self.headset, shown.id)
        self.headset.show_headset(shown)

    def show_form(self, form: KitForm, choices: KitFormChoices) -> None:
        """Show the fields of a suitcase."""
        self._open(self.form, None)
        self.form.show_form(form, choices)

    def show_form_error(self, field: str, words: str) -> None:
        """Say what is wrong with a field."""
        self.form.show_error(field, words)

    def show_headset_error(self, words: str) -> None:
        """The note of the headset is too long."""
        self.headset.show_error(words)

    def show_address_error(self, words: str) -> None:
        """The address is none, or another headset's."""
        self.headset.show_address_error(words)

    def show_films(self, films: FilmsShown) -> None:
        """What lies on the headset of the panel has changed."""
        self.headset.films.show_films(films)

    def ask_clearing(self, question: ClearQuestion) -> None:
        """Ask whether films are to go."""
        asked = Confirm(self.look, question.title, question.cause, question.yes, question.no, self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.accepted.connect(lambda: self.presenter.clear(question))
        self.question = asked
        asked.open()

    def close_panel(self) -> None:
        """Close the panel; the keyboard goes back to what opened it."""
        if self._panels.isHidden():
            return
        had_focus = self._panels.isAncestorOf(QApplication.focusWidget() or self)
        self._panels.hide()
        self._make_room()
        self.overview.set_panel_open(False)
        self.overview.table.mark(None)
        if had_focus and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    # --- inside ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panel has the page for itself."""
        super().resizeEvent(event)
        self._make_room()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        Spacing(self.look, row, (0, 0, 0, 0), 0)
        for pane in (self.overview, self.empty):
            self._main.addWidget(pane)
        for panel in (self.check, self.headset, self.form):
            self._panels.addWidget(panel)
        self._panels.hide()
        row.addWidget(self._main, 1)
        row.addWidget(self._panels)

    def _connect(self) -> None:
        presenter, overview = self.presenter, self.overview
        overview.kit_chosen.connect(presenter.choose)
        overview.new_wanted.connect(presenter.open_new)
        overview.edit_wanted.connect(presenter.open_edit)
        overview.check_wanted.connect(presenter.begin_check)
        overview.take_in_wanted.connect(presenter.take_in)
        overview.arming_wanted.connect(presenter.arm)
        overview.clear_wanted.connect(presenter.ask_to_clear)
        overview.table.opened.connect(presenter.open_headset)
        overview.accessories.counted.connect(presenter.count)
        overview.accessories.needed.connect(presenter.need)
        self.empty.primary_pressed.connect(presenter.open_new)
        self.check.answered.connect(presenter.answer)
        self.check.back_wanted.connect(presenter.back)
        self.check.finish_wanted.connect(presenter.finish_check)
        self.headset.saved.connect(presenter.set_condition)
        self.headset.address_given.connect(presenter.change_address)
        self.headset.clear_wanted.connect(presenter.ask_to_clear_one)
        self.form.saved.connect(presenter.save_form)
        for panel in (self.check, self.headset, self.form):
            panel.closed.connect(self._close)

    def _open(self, panel: SidePanel, headset_id: HeadsetId | None) -> None:
        if self._panels.isHidden():
            self._came_from = self._came_from or QApplication.focusWidget()
        self._panels.setCurrentWidget(panel)
        self._panels.show()
        self.overview.set_panel_open(True)
        self.overview.table.mark(headset_id)
        self._make_room()

    def _close(self) -> None:
        if self._panels.currentWidget() is self.check:
            self.presenter.later()
        else:
            self.close_panel()

    def _make_room(self) -> None:
        narrow = self.window().width() < self.look.px(_NARROW)
        alone = narrow and not self._panels.isHidden()
        self._main.setVisible(not alone)
        if alone:
            self._panels.setMinimumWidth(0)
            self._panels.setMaximumWidth(16_777_215)
        else:
            self._panels.setFixedWidth(self.look.px(WIDTH))
