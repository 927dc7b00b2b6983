"""Avslutning: the third step of a session's page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionId
from trainer_app.ui.keys import keys_of_closing
from trainer_app.ui.office import Office
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.saving.asking import SaveQuestion
from trainer_app.ui.session.breadcrumb import Breadcrumb
from trainer_app.ui.session.closing.attendance_card import AttendanceCard
from trainer_app.ui.session.closing.fact_cards import CareCard, EquipmentCard, NotesCard, PrintCard
from trainer_app.ui.session.closing.finish_card import FinishCard
from trainer_app.ui.session.closing.gathered_card import GatheredCard
from trainer_app.ui.session.closing.notes_review import NotesReview
from trainer_app.ui.session.closing.objectives_card import ObjectivesCard
from trainer_app.ui.session.closing.presenter import ClosingPresenter
from trainer_app.ui.session.closing.shown import ClosingShown, LostPaper, NoteToReview, PersonToAdd
from trainer_app.ui.session.closing.side_column import SideColumn
from trainer_app.ui.session.left_playing import LeftPlaying
from trainer_app.ui.session.step_view import CLOSE, StepView
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_TWO_COLUMNS_FROM, _ONE_COLUMN_BELOW = 1100, 760


class ClosingView(StepView):
    """Attendance, objectives, notes and equipment; at the right what was cared for, and closing itself."""

    def __init__(self, office: Office, look: Look) -> None:
        super().__init__(look)
        self._texts = office.texts
        self._question = SaveQuestion(self, look, office.texts, office.saving_folder)
        self._presenter = ClosingPresenter(office, self)
        self._shown: ClosingShown | None = None
        self._waits_for_focus = False
        self.attendance = AttendanceCard(look, office.texts)
        self.objectives = ObjectivesCard(look, office.texts)
        self.gathered = GatheredCard(
            look,
            office.texts,
            self._presenter.keeping,
            owner_of=self._presenter.owner_of,
            today=lambda: office.local_now().date(),
        )
        self.notes = NotesCard(look, office.texts)
        self.equipment = EquipmentCard(look, office.texts)
        self.care = CareCard(look, office.texts)
        self.printouts = PrintCard(look, office.texts)
        self.finish = FinishCard(look, office.texts)
        self.review = NotesReview(look, office.texts)
        self._title = Label(look, office.texts("closing.title"), "title")
        self._about = Label(look, "", "body", "text_muted", wrap=True)
        self.left_playing = LeftPlaying(office, look)
        self._lay_out(look)
        self._connect()

    # --- what the page asks ------------------------------------------------------------------------------

    def open(self, session_id: SessionId, detail: str = "") -> None:
        """Show this session."""
        self.leave()
        self._shown, self._waits_for_focus = None, True
        self.attendance.picker.show_session(session_id)
        self.gathered.entry.show_session(session_id)
        self.finish.begin()
        self._stack.setCurrentWidget(self._waiting)
        self._presenter.open(session_id)

    def keep(self) -> None:
        """What was typed is saved."""
        self.save()

    def leave(self) -> None:
        """What was typed is saved."""
        self.keep()

    def end(self) -> None:
        """It goes away for good."""
        self.left_playing.end()
        self.save()
        self._presenter.end()

    def unsaved(self) -> Sequence[str]:
        """Who came and is not on the list yet; learning points and actions."""
        return [*self.attendance.picker.unsaved(), *self.gathered.unsaved()]

    def key_help(self) -> Sequence[KeyHelp]:
        """Letters answer in a row of the attendance."""
        return keys_of_closing(self._texts)

    def first_focus(self) -> QWidget | None:
        """The first row that is missing, or what ends the work; nothing before the record is there."""
        if self._shown is None:
            return None
        if self._stack.currentWidget() is self.review:
            return self.review.first_focus()
        missing = self.attendance.first_missing()
        if missing is not None and self._shown.is_open:
            return missing
        if self.attendance.adds_first():
            return self.attendance.add
        ends = (self.finish.close_record, self.finish.register, self.finish.protocol)
        return next((each for each in ends if each.isVisibleTo(self) and each.isEnabled()), None)

    def print(self) -> None:
        """Ctrl+P: the protocol, where it can be printed."""
        if self._shown is not None and self._shown.state.can_show_protocol:
            self._presenter.show_protocol()

    def save(self) -> None:
        """Ctrl+S: all is saved already, but what is being typed."""
        self.attendance.save()
        self.gathered.close_editors()

    def escape(self) -> None:
        """Esc: back from the notes, or put away what was opened."""
        if self._stack.currentWidget() is self.review:
            self._close_review()
        elif not (self.attendance.picker.close_picker() or self.gathered.entry.close_entry()):
            self.finish.ask_reason(asked=False)

    # --- what the presenter shows ------------------------------------------------------------------------

    def show_record(self, shown: ClosingShown) -> None:
        """Show the record."""
        if self._shown is None:
            self._stack.setCurrentWidget(self._both)
        self._shown = shown
        self._about.setText(shown.about)
        self.attendance.show_people(shown.people, shown.missing, is_open=shown.is_open)
        self.objectives.show_objectives(shown.objectives, is_open=shown.is_open)
        self.gathered.show_gathered(shown.points, shown.actions, is_open=shown.is_open)
        self.notes.show_notes(shown.notes)
        self.equipment.show_equipment(shown.equipment, is_open=shown.is_open)
        self.care.show_care(shown.care, is_open=shown.is_open)
        self.printouts.show_printouts(shown.printouts if shown.is_open else (), shown.print_note)
        self._show_wanted()
        self.finish.show_state(shown.state)
        self._take_first_focus()

    def show_minutes_error(self, person_id: PersonId, words: str) -> None:
        """Say what is wrong with somebody's minutes."""
        self.attendance.show_minutes_error(person_id, words)

    def show_reason_error(self, words: str) -> None:
        """Say what is wrong with the reason for opening again."""
        self.finish.show_reason_error(words)

    def show_notes_to_review(self, notes: tuple[NoteToReview, ...], until: str) -> None:
        """Show the raw notes that are still there."""
        self.review.show_notes(notes, until)

    def show_people_to_add(self, people: tuple[PersonToAdd, ...]) -> None:
        """Show who can be added."""
        self.attendance.show_people_to_add(people)

    def show_newcomer_error(self, field: str, words: str) -> None:
        """Say what is wrong with somebody who was typed anew."""
        self.attendance.picker.form.show_error(field, words)

    def newcomer_added(self) -> None:
        """Whoever was typed anew is on the list now."""
        self.attendance.picker.be_done()

    def choose_file(self, name: str) -> Path | None:
        """Ask where a paper is to be saved."""
        return self._question.ask(self._texts("closing.file.title"), name, "pdf")

    def show_papers(self, saved: tuple[Path, ...], lost: tuple[LostPaper, ...]) -> None:
        """Say where papers are, and which could not be saved."""
        self.finish.papers.show_papers(saved, lost)

    def open_action(self, action_id: UUID) -> None:
        """Ask who does an action that was added, and by when."""
        self.gathered.open_action(action_id)

    def show_action_error(self, words: str) -> None:
        """Say what is wrong with an action that was to be added."""
        self.gathered.entry.show_error(words)

    # --- inside ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        self._direct()

    def _connect(self) -> None:
        presenter, attendance, finish = self._presenter, self.attendance, self.finish
        attendance.status_chosen.connect(presenter.set_status)
        attendance.mode_chosen.connect(presenter.set_mode)
        attendance.minutes_typed.connect(presenter.set_minutes)
        attendance.rest_confirmed.connect(presenter.confirm_the_rest)
        attendance.people_wanted.connect(presenter.adding.look_for_people)
        attendance.added.connect(presenter.adding.add)
        attendance.newcomer_typed.connect(presenter.adding.add_newcomer)
        self.objectives.assessed.connect(presenter.assess)
        self.gathered.action_wanted.connect(presenter.add_action)
        self.gathered.resized.connect(lambda: QTimer.singleShot(0, self, self._show_whole_editor))
        attendance.picker.grown.connect(lambda: self._show_soon(attendance.picker))
        attendance.picker.closed.connect(lambda: self._show_soon(attendance.add))
        self.care.contract_said.connect(presenter.set_contract)
        self.care.safety_said.connect(presenter.set_safety)
        self.care.aftercare_said.connect(presenter.set_aftercare)
        self.equipment.cleaned.connect(presenter.set_cleaned)
        self.notes.review_wanted.connect(self._open_review)
        self.review.kept.connect(presenter.keep_note)
        self.review.let_go.connect(presenter.let_note_go)
        self.review.done.connect(self._close_review)
        self.printouts.changed.connect(self._show_wanted)
        finish.papers.other_place_wanted.connect(presenter.papers.save_elsewhere)
        finish.close_wanted.connect(self._on_close)
        finish.later_wanted.connect(lambda: self.step_wanted.emit(""))
        finish.done_wanted.connect(presenter.go_on)
        finish.protocol_wanted.connect(self.print)
        finish.register_wanted.connect(presenter.register_held)
        finish.reopen_wanted.connect(presenter.reopen)
        self.look.changed.connect(self._direct)

    def _lay_out(self, look: Look) -> None:
        outer = QVBoxLayout(self)
        Spacing(look, outer, (24, 18, 24, 20), 12)
        outer.addLayout(self._head(look))
        outer.addWidget(self.left_playing)
        self._stack = QStackedWidget()
        self._side = SideColumn(look, (self.care, self.printouts), self.finish)
        self._main = scrolling(self._cards(look))
        self._both = QWidget()
        columns = QHBoxLayout(self._both)
        Spacing(look, columns, gap=16)
        columns.addWidget(self._main, 1)
        columns.addWidget(self._side)
        self._waiting = QWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.review)
        outer.addWidget(self._stack, 1)

    def _head(self, look: Look) -> QBoxLayout:
        words = QVBoxLayout()
        Spacing(look, words, gap=0)
        words.addWidget(self._title)
        words.addWidget(self._about)
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        Spacing(look, self._head_row, gap=16)
        self._head_row.addLayout(words, 1)
        self._head_row.addWidget(Breadcrumb(look, self._texts, CLOSE))
        return self._head_row

    def _cards(self, look: Look) -> QWidget:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        Spacing(look, self._column, gap=16)
        self._column.addWidget(self.attendance)
        self._column.addWidget(self.objectives)
        self._column.addWidget(self.gathered)
        pair = QHBoxLayout()
        Spacing(look, pair, gap=16)
        pair.addWidget(self.notes, 1)
        pair.addWidget(self.equipment, 1)
        self._column.addLayout(pair)
        self._column.addStretch(1)
        return inside

    def _direct(self) -> None:
        """The side column stays at the edge, or where there is little room, follows the others."""
        room = self.window().width()
        narrow = room < self.look.px(_TWO_COLUMNS_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head_row.setDirection(down if room < self.look.px(_ONE_COLUMN_BELOW) else across)
        if narrow and self._side.has_cards:
            for card in self._side.give_away():
                self._column.insertWidget(self._column.count() - 1, card)
                card.show()
        elif not narrow and not self._side.has_cards:
            self._side.take_back()

    def _show_soon(self, part: QWidget) -> None:
        """The page learns how far it can scroll a moment after its parts."""
        QTimer.singleShot(0, self, lambda: self._main.ensureWidgetVisible(part, 0, 0))

    def _show_whole_editor(self) -> None:
        """The page learns how far it can scroll a moment after its parts."""
        part = self.gathered.written_in()
        if part is not None:
            self._main.ensureWidgetVisible(part, 0, 0)

    def _show_wanted(self) -> None:
        self.finish.show_wanted(papers=bool(self.printouts.wanted()))

    def _on_close(self) -> None:
        self.attendance.save()
        if not self._holds_back():
            self._presenter.close(self.printouts.wanted())

    def _holds_back(self) -> bool:
        """Whether something typed is wrong, or would be lost; it has the keyboard."""
        wrong, editor = self.attendance.wrong_row(), self.gathered.editor()
        if wrong is not None:
            wrong.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
            self._main.ensureWidgetVisible(wrong, 0, 0)
            return True
        if self.attendance.picker.holds_back():
            self._main.ensureWidgetVisible(self.attendance.picker, 0, 0)
            return True
        if editor is not None and not self.gathered.close_editors():
            editor.focus()
        elif not self.gathered.entry.holds_back():
            return False
        self._show_whole_editor()
        return True

    def _open_review(self) -> None:
        self._presenter.review_notes()
        self._stack.setCurrentWidget(self.review)
        self.review.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_review(self) -> None:
        self._stack.setCurrentWidget(self._both)
        back = self.notes.review if self.notes.review.isVisible() else self.first_focus()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_first_focus(self) -> None:
        """The record comes after the page: the first focus waits for it, unless something has it by then."""
        if not self._waits_for_focus or not self.isVisible():
            return
        self._waits_for_focus = False
        focus = self.window().focusWidget()
        first = self.first_focus()
        if first is not None and (focus is None or not self.isAncestorOf(focus)):
            first.setFocus(Qt.FocusReason.OtherFocusReason)
