"""The place *Økt*: the step of a session that is open, or the sessions one can open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from trainer_app.domain.sessions import SessionId
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.session.presenter import Section, SessionPagePresenter
from trainer_app.ui.session.session_list import SessionList
from trainer_app.ui.session.step_view import MakeStep, StepView
from trainer_app.ui.session.steps import STEP_VIEWS
from trainer_app.ui.theme.look import Look


class SessionPage(Page):
    """A stack of the list and the steps; a step is made when it is first opened."""

    def __init__(self, office: Office, look: Look, steps: Mapping[str, MakeStep] = STEP_VIEWS) -> None:
        super().__init__(look, office.texts("session_page.title"), in_parts=True)
        self._office, self._makers = office, dict(steps)
        self._views: dict[str, StepView] = {}
        self._step: StepView | None = None
        self._list = SessionList(look, office.texts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._presenter = SessionPagePresenter(office, self, self._makers)
        self._list.chosen.connect(self._presenter.enter)
        self._list.new_wanted.connect(self._presenter.plan_new)

    # --- what the presenter asks -------------------------------------------------------------------------

    def show_step(self, step: str, session_id: SessionId, detail: str) -> None:
        """Open a step."""
        view = self._view(step)
        self._put_away(view)
        self._step = view
        self._stack.setCurrentWidget(view)
        view.open(session_id, detail)
        self._on_shown(self._office.texts(f"session_page.step.{step}"))

    def show_list(self, sections: Sequence[Section]) -> None:
        """Show the sessions."""
        was_shown = self._stack.currentWidget() is self._list
        self._put_away(None)
        self._list.show_sections(sections)
        self._stack.setCurrentWidget(self._list)
        if not was_shown or not self._has_focus():
            self._on_shown(self._office.texts("session_page.title"))

    # --- what the window asks ----------------------------------------------------------------------------

    @property
    def wants_rail(self) -> bool:
        """As the open step."""
        return self._step is None or self._step.wants_rail

    def enter(self, target: Target) -> None:
        """Open what was asked for; in a step that wants the whole window, a mere *Økt* changes nothing."""
        if target.session_id is not None or self.wants_rail or not self.isVisible():
            self._presenter.enter(target.session_id, target.detail)

    def carry_on(self, target: Target) -> None:
        """The session that is being held goes on, in its step."""
        if target.session_id is not None:
            self._presenter.carry_on(target.session_id)

    def keep(self) -> None:
        """The open step saves."""
        if self._step is not None:
            self._step.keep()

    def leave(self) -> None:
        """The open step saves, and is hidden."""
        self._presenter.leave()
        if self._step is not None:
            self._step.leave()

    def end(self) -> None:
        """All steps end."""
        self._presenter.end()
        for view in self._views.values():
            view.end()

    def unsaved(self) -> Sequence[str]:
        """That of all steps."""
        return [text for view in self._views.values() for text in view.unsaved()]

    def key_help(self) -> Sequence[KeyHelp]:
        """Those of the open step."""
        return () if self._step is None else self._step.key_help()

    def help_topic(self) -> str:
        """That of the open step."""
        return "" if self._step is None else self._step.help_topic()

    def first_focus(self) -> QWidget | None:
        """That of the open step, or of the list."""
        return self._list.first_focus() if self._step is None else self._step.first_focus()

    def regions(self) -> Sequence[QWidget]:
        """Those of the open step."""
        return () if self._step is None else self._step.regions()

    def print(self) -> None:
        """Ctrl+P."""
        if self._step is not None:
            self._step.print()

    def save(self) -> None:
        """Ctrl+S."""
        if self._step is not None:
            self._step.save()

    def undo(self) -> None:
        """Ctrl+Z."""
        if self._step is not None:
            self._step.undo()

    def escape(self) -> None:
        """Esc."""
        if self._step is not None:
            self._step.escape()

    def lock(self) -> QWidget | None:
        """That of the step that has something, be it open or not."""
        return next((kept for view in self._views.values() if (kept := view.lock()) is not None), None)

    def unlock(self) -> None:
        """For all steps."""
        for view in self._views.values():
            view.unlock()

    # --- inside ------------------------------------------------------------------------------------------

    def _view(self, step: str) -> StepView:
        if step not in self._views:
            view = self._views[step] = self._makers[step](self._office, self.look)
            view.step_wanted.connect(self._presenter.go_to_step)
            view.rail_wanted.connect(partial(self._on_rail_wanted, view))
            self._stack.addWidget(view)
        return self._views[step]

    def _put_away(self, coming: StepView | None) -> None:
        if self._step is not None and self._step is not coming:
            self._step.leave()
            self._step = None

    def _on_shown(self, title: str) -> None:
        self.setWindowTitle(title)
        self.rail_wanted.emit(self.wants_rail)
        first = self.first_focus()
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rail_wanted(self, view: StepView, wanted: bool) -> None:
        if view is self._step:
            self.rail_wanted.emit(wanted)

    def _has_focus(self) -> bool:
        """Something that is meant to have it: Qt also gives it to a page that was turned to."""
        focus = self.window().focusWidget()
        if focus is None or focus.focusPolicy() == Qt.FocusPolicy.NoFocus:
            return False
        return self.isAncestorOf(focus)
