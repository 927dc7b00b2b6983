"""Puts those on the attendance who came and were not on it; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.people import Person, PersonId
from trainer_app.domain.sessions import AttendanceStatus, SessionId
from trainer_app.runtime.background import PageTasks
from trainer_app.runtime.changes import Topic
from trainer_app.runtime.turns import Turn
from trainer_app.services.closing import Newcomer
from trainer_app.ui.office import Office
from trainer_app.ui.session.closing.shown import MODES, NewcomerTyped, PersonToAdd
from trainer_app.ui.session.closing.words import ClosingWords, RecordRead


class AddingScreen(Protocol):
    """What asks who came."""

    def show_people_to_add(self, people: tuple[PersonToAdd, ...]) -> None:
        """Show who can be added."""

    def show_newcomer_error(self, field: str, words: str) -> None:
        """Say what is wrong with somebody who was typed anew."""

    def newcomer_added(self) -> None:
        """Whoever was typed anew is on the list now."""


class Adding:
    """Of the record that was shown last."""

    def __init__(
        self, office: Office, tasks: PageTasks, view: AddingScreen, *, reload: Callable[[], None]
    ) -> None:
        """``reload``: reads the record anew; called after a change."""
        self._office, self._tasks, self._view, self._read_anew = office, tasks, view, reload
        self._turn = Turn(tasks)
        self._words = ClosingWords(office.texts)
        self._closing = office.services.closing
        self._own: SessionId | None = None
        self._read: RecordRead | None = None
        self._adds_more = False

    def open(self, session_id: SessionId) -> None:
        """Another session is opened."""
        self._own, self._read, self._adds_more = session_id, None, False

    def take(self, read: RecordRead) -> None:
        """The record as it is now, before it is shown."""
        self._read = read

    def go_on(self) -> None:
        """The record is shown; a group without names goes on with the next."""
        if self._adds_more:
            self._adds_more = False
            if self._shown().lacks_names:
                self.look_for_people()

    def look_for_people(self) -> None:
        """Show who can be added to the list."""
        read = self._read
        if read is None:
            return
        listed = {row.person_id for row in read.record.attendance}
        others = [one for one in read.people.values() if one.id not in listed]
        known = [one for one in others if one.active and one.anonymised_at is None]
        self._view.show_people_to_add(
            self._words.to_add(sorted(known, key=lambda one: one.full_name), read.units)
        )

    def add(self, person_id: PersonId) -> None:
        """Somebody came who was not invited; *Angre* takes them off the list again."""
        read = self._shown()
        own = read.record.session.id
        self._tasks.stored(
            lambda: self._closing.set_attendance(own, person_id, AttendanceStatus.ATTENDED),
            lambda _row: self._added(own, read.people[person_id]),
        )

    def add_newcomer(self, typed: NewcomerTyped) -> None:
        """Somebody came who is on no list."""
        own = self._shown().record.session.id
        newcomer = Newcomer(
            name=typed.name,
            profession=typed.profession,
            external_org=typed.external_org,
            mode=None if typed.mode is None else MODES[typed.mode],
        )

        def added(person: Person) -> None:
            if own == self._own:
                self._view.newcomer_added()
            self._office.changes.announce(Topic.PEOPLE, by=self._read_anew)
            self._added(own, person)

        def refused(problem: TrainerError) -> None:
            if own == self._own:
                self._refused(problem)
            else:  # the fields are another session's now
                self._office.unkept.add(newcomer.name, lambda: self._closing.add_newcomer(own, newcomer))
                self._office.notices.problem(problem)

        self._turn.stored(lambda: self._closing.add_newcomer(own, newcomer), added, refused)

    # --- inside ------------------------------------------------------------------------------------------

    def _shown(self) -> RecordRead:
        assert self._read is not None, "nothing can be pressed before a session is shown"
        return self._read

    def _added(self, own: SessionId, person: Person) -> None:
        self._adds_more = own == self._own
        self._after_change(None)
        self._office.notices.offer_undo(
            self._office.texts("closing.added", name=person.full_name),
            lambda: self._tasks.stored(
                lambda: self._closing.take_off_list(own, person.id), self._after_change
            ),
        )

    def _refused(self, problem: TrainerError) -> None:
        """Beside the field that is wrong, else beside the name; all that was typed stays."""
        field = str(problem.params.get("field", "person"))
        self._view.show_newcomer_error(field, self._office.texts.explain(problem).line())

    def _after_change(self, _result: object) -> None:
        self._office.changes.announce(Topic.SESSIONS, by=self._read_anew)
        self._read_anew()
