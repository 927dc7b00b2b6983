"""Closing a session: every answer is stored when it is given; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol
from uuid import UUID

from trainer_app.domain.closing import Printout
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.notes import ActionItem, Note
from trainer_app.domain.people import PersonId
from trainer_app.domain.session_errors import MinutesImpossible
from trainer_app.domain.sessions import Attendance, AttendanceStatus, Objective, Session, SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.runtime.turns import Turn
from trainer_app.services.closing import OVER, Record
from trainer_app.ui.office import Office, Target
from trainer_app.ui.session.closing.adding import Adding, AddingScreen
from trainer_app.ui.session.closing.paper_saving import PaperSaving, PapersScreen
from trainer_app.ui.session.closing.shown import (
    MODES,
    STATUSES,
    ClosingShown,
    NoteToReview,
)
from trainer_app.ui.session.closing.words import REACHED, ClosingWords, RecordRead
from trainer_app.ui.session.debrief.keeping import GatheredKeeping
from trainer_app.ui.session.debrief.lines import note_line


class ClosingScreen(AddingScreen, PapersScreen, Protocol):
    """What the view shows."""

    def show_record(self, shown: ClosingShown) -> None:
        """Show the record."""

    def show_minutes_error(self, person_id: PersonId, words: str) -> None:
        """Say what is wrong with somebody's minutes; empty takes it back."""

    def show_reason_error(self, words: str) -> None:
        """Say what is wrong with the reason for opening again; empty takes it back."""

    def show_notes_to_review(self, notes: tuple[NoteToReview, ...], until: str) -> None:
        """Show the raw notes that are still there."""

    def open_action(self, action_id: UUID) -> None:
        """Ask who does an action that was added, and by when."""

    def show_action_error(self, words: str) -> None:
        """Say what is wrong with an action that was to be added."""


class ClosingPresenter:
    """One session at a time."""

    def __init__(self, office: Office, view: ClosingScreen) -> None:
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self._turn = Turn(self._tasks)
        self._words = ClosingWords(office.texts)
        self._closing = office.services.closing
        self._session_id: SessionId | None = None
        self._read_last: RecordRead | None = None
        self.papers = PaperSaving(office, self._tasks, view)
        self.adding = Adding(office, self._tasks, view, reload=self.reload)
        self._to_open: UUID | None = None
        self.keeping = GatheredKeeping(office, self._tasks, reload=self.reload, notes=self._notes)
        self._forget = office.changes.on({Topic.SESSIONS, Topic.NOTES, Topic.PEOPLE}, self.reload)

    def open(self, session_id: SessionId) -> None:
        """Show a session."""
        self._session_id = session_id
        self.adding.open(session_id)
        self.papers.show_session(session_id)
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        own = self._session_id
        if own is not None:
            self._tasks.stored(lambda: self._read(own), self._show)

    def end(self) -> None:
        """Nobody looks any more."""
        self._forget()
        self._tasks.close()

    # --- who was there -----------------------------------------------------------------------------------

    def set_status(self, person_id: PersonId, place: int) -> None:
        """Say whether somebody came."""
        own = self._own()
        self._do(lambda: self._closing.set_attendance(own, person_id, STATUSES[place]))

    def set_mode(self, person_id: PersonId, place: int) -> None:
        """Say how somebody took part; then they were there."""
        own, status = self._own(), self._status_of(person_id)
        came = status if status.participated else AttendanceStatus.ATTENDED
        self._do(lambda: self._closing.set_attendance(own, person_id, came, mode=MODES[place]))

    def set_minutes(self, person_id: PersonId, typed: str) -> None:
        """Say how long somebody was there; a person who came for a part."""
        text = typed.strip()
        if not text:
            return
        if not text.isascii() or not text.isdigit() or len(text) > 4:
            self._view.show_minutes_error(person_id, self._office.texts("closing.minutes_wrong"))
            return
        own, minutes = self._own(), int(text)

        def set_them() -> Attendance:
            return self._closing.set_attendance(own, person_id, AttendanceStatus.PARTLY, minutes=minutes)

        def refused(problem: TrainerError) -> None:
            if isinstance(problem, MinutesImpossible):
                self._view.show_minutes_error(person_id, self._sentence(problem))
            else:
                self._office.notices.problem(problem)

        self._view.show_minutes_error(person_id, "")
        self._do(set_them, refused)

    def confirm_the_rest(self) -> None:
        """Everybody came of whom nothing is said."""
        own = self._own()
        self._do(lambda: self._closing.confirm_the_rest(own))

    # --- what came of it ---------------------------------------------------------------------------------

    def owner_of(self, action: ActionItem) -> str:
        """Who does it: a role, or the name of a person."""
        return "" if self._read_last is None else self._read_last.owner_of(action)

    def add_action(self, what: str) -> None:
        """Something was agreed that nobody had written down yet."""
        own, noting = self._own(), self._office.services.noting

        def added(action: ActionItem) -> None:
            self._to_open = action.id
            self._after_change(action)

        def refused(problem: TrainerError) -> None:
            if self._session_id == own:
                self._view.show_action_error(self._sentence(problem))
            else:  # its field is another session's now
                self._office.unkept.add(what, lambda: noting.add_action(own, what))
                self._office.notices.problem(problem)

        self._tasks.stored(lambda: noting.add_action(own, what), added, refused)

    def assess(self, objective: Objective, place: int) -> None:
        """Say whether an objective was reached."""
        self._do(lambda: self._closing.assess(objective, REACHED[place]))

    def set_contract(self, given: bool) -> None:
        """Say whether the safety contract was reviewed."""
        own = self._own()
        self._do(lambda: self._closing.set_spoken_of(own, contract=given))

    def set_safety(self, given: bool) -> None:
        """Say whether the safety information was given."""
        own = self._own()
        self._do(lambda: self._closing.set_spoken_of(own, safety=given))

    def set_aftercare(self, offered: bool) -> None:
        """Say whether after-care was offered."""
        own = self._own()
        self._do(lambda: self._closing.set_aftercare(own, offered))

    def set_cleaned(self, cleaned: bool) -> None:
        """Say whether all headsets are clean."""
        own, read = self._own(), self._read_last
        worn = {one.headset_id for one in read.record.assignments} if read is not None else set()

        def say_so() -> None:
            with self._office.services.stored.together():
                for headset_id in worn:
                    self._closing.set_cleaned(own, headset_id, cleaned)

        self._do(say_so)

    # --- the notes ---------------------------------------------------------------------------------------

    def review_notes(self) -> None:
        """Go through the raw notes."""
        if self._read_last is not None:
            self._show_review(self._read_last)

    def keep_note(self, note_id: UUID) -> None:
        """Make a learning point of a note."""
        note = self._note(note_id)
        if note is not None:
            self._do(lambda: self._office.services.noting.promote(note))

    def let_note_go(self, note_id: UUID) -> None:
        """Delete a note now; *Angre* brings it back."""
        note, noting = self._note(note_id), self._office.services.noting
        if note is None:
            return
        self._do(lambda: noting.drop(note))
        self._office.notices.offer_undo(
            self._office.texts("closing.note_gone"), lambda: self._do(lambda: noting.put_back(note))
        )

    # --- closing, opening again, papers ------------------------------------------------------------------

    def register_held(self) -> None:
        """The session took place, though not with the program."""
        session = self._session()
        self._turn.stored(lambda: self._closing.register_held(session), self._after_change)

    def close(self, printouts: Collection[Printout]) -> None:
        """Close the record, then save the papers that are wanted."""
        own, closed_by = self._own(), self._office.own().person_id

        def closed(record: Record) -> None:
            self._after_change(record)
            self._office.notices.say(self._office.texts("closing.done"))
            self.papers.save(record.session, printouts)

        # Whatever was typed last has been stored by now: the session is read after it.
        self._turn.stored(lambda: self._closing.close(self._fresh(own), closed_by), closed)

    def reopen(self, reason: str) -> None:
        """Open a closed record again."""
        own, person = self._own(), self._office.own().person_id
        if not reason.strip():
            self._view.show_reason_error(self._office.texts("closing.reason_missing"))
            return
        self._turn.stored(
            lambda: self._closing.reopen(self._fresh(own), reason, person),
            self._after_change,
            lambda problem: self._view.show_reason_error(self._sentence(problem)),
        )

    def go_on(self) -> None:
        """Nothing is left to do here: what comes next is on *I dag*."""
        self._office.go(Target(place="today"))

    def show_protocol(self) -> None:
        """Show the protocol as it will print; it can be saved and printed there."""
        self._office.go(Target(place="reports", session_id=self._own(), detail="protocol"))

    # --- inside ------------------------------------------------------------------------------------------

    def _do(self, work: Callable[[], object], failed: Callable[[TrainerError], None] | None = None) -> None:
        self._tasks.stored(work, self._after_change, failed)

    def _after_change(self, _result: object) -> None:
        self._office.changes.announce(Topic.SESSIONS, Topic.NOTES, by=self.reload)
        self.reload()

    def _read(self, own: SessionId) -> RecordRead | None:
        stored, record = self._office.services.stored, self._closing.record_of(own)
        if record is None:
            return None
        session = record.session
        room = stored.rooms.get(session.room_id) if session.room_id else None
        return RecordRead(
            record=record,
            people={person.id: person for person in stored.people.where()},
            units={unit.id: unit.name for unit in stored.units.where()},
            room=room.name if room is not None else "",
            showings=tuple(stored.playbacks.where(session_id=own)),
            now=self._office.now(),
        )

    def _show(self, read: RecordRead | None) -> None:
        if read is None or read.record.session.id != self._session_id:
            return
        self._read_last = read
        self.adding.take(read)
        self._view.show_record(self._words.shown(read))
        self._show_review(read)
        self._go_on_adding(read)

    def _go_on_adding(self, read: RecordRead) -> None:
        """Ask for what belongs to what was just added."""
        if self._to_open in {action.id for action in read.record.actions} and self._to_open is not None:
            self._view.open_action(self._to_open)
            self._to_open = None
        self.adding.go_on()

    def _show_review(self, read: RecordRead) -> None:
        record, texts = read.record, self._office.texts
        points = {point.id for point in record.learning_points}
        plain = [note for note in record.notes if note.is_plain(points) and record.session.state in OVER]
        lines = [(note_line(note, texts, record.session.zone), bool(note.text.strip())) for note in plain]
        until = "" if record.notes_go_at is None else self._words.day(record.notes_go_at)
        self._view.show_notes_to_review(
            tuple(
                NoteToReview(id=line.id, icon=line.icon, about=line.about, text=line.text, can_keep=has_words)
                for line, has_words in lines
            ),
            until,
        )

    def _own(self) -> SessionId:
        assert self._session_id is not None, "nothing can be pressed before a session is open"
        return self._session_id

    def _session(self) -> Session:
        assert self._read_last is not None, "nothing can be pressed before a session is shown"
        return self._read_last.record.session

    def _fresh(self, own: SessionId) -> Session:
        """The session as it is stored now; on the database's worker."""
        session = self._office.services.stored.sessions.by_id(own)
        assert session is not None, "sessions are not deleted"
        return session

    def _status_of(self, person_id: PersonId) -> AttendanceStatus:
        rows = () if self._read_last is None else self._read_last.record.attendance
        return next((row.status for row in rows if row.person_id == person_id), AttendanceStatus.INVITED)

    def _notes(self) -> tuple[Note, ...]:
        return () if self._read_last is None else self._read_last.record.notes

    def _note(self, note_id: UUID) -> Note | None:
        return next((note for note in self._notes() if note.id == note_id), None)

    def _sentence(self, problem: TrainerError) -> str:
        said = self._office.texts.explain(problem)
        return f"{said.what} {said.why} {said.next_step}"
