"""Rooms and people that are entered in the panel, where they are needed. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.organisation import Room, RoomId
from trainer_app.domain.people import Facilitator, Person, PersonId, Profession
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.domain.typed_texts import clean_line
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office
from trainer_app.ui.plan.desk import PlanDesk

NAME_LIMIT = 200
"""Characters."""

Told = Callable[[str], bool]
"""Hears how saving ended: what kept it from being saved, or nothing. Not called for what is wrong at once.

Returns whether it is seen there: who has put the field away meanwhile is told by the window.
"""


def nobody(_words: str) -> bool:
    """No field waits for how it ends."""
    return False


class Entering:
    """Enters what is not on the lists yet, and chooses it."""

    def __init__(self, office: Office, desk: PlanDesk) -> None:
        self._office, self._desk = office, desk
        self._texts, self._services = office.texts, office.services

    def add_room(self, name: str, told: Told = nobody) -> str:
        """Enter a room and choose it; returns what is wrong with its name, or nothing."""
        return self.with_line(name, NAME_LIMIT, lambda line: self._save_room(line, told))

    def add_person(self, name: str, profession: Profession, field: str, told: Told = nobody) -> str:
        """Enter somebody, or take who has that name; returns what is wrong with it, or nothing."""

        def add(line: str) -> None:
            known = self._desk.lists.person_named(line)
            if known is not None:
                self._take_person(known.id, field)
                told("")
            else:
                self._save_person(line, profession, field, told)

        return self.with_line(name, NAME_LIMIT, add)

    def with_line(self, text: str, limit: int, use: Callable[[str], None]) -> str:
        """Clean a typed line and use it; returns what is wrong with it, or nothing."""
        try:
            line = clean_line(text, "", limit=limit)
        except TextMissing:
            return self._texts("plan.error.empty")
        except TextTooLong as error:
            return self._texts("plan.error.too_long", **error.params)
        use(line)
        return ""

    def refused(self, told: Told) -> Callable[[TrainerError], None]:
        """Return who tells, beside the field where there still is one, why something could not be saved."""

        def tell(problem: TrainerError) -> None:
            if not told(self._texts.explain(problem).line()):
                self._office.notices.problem(problem)

        return tell

    def _save_room(self, name: str, told: Told) -> None:
        department = self._desk.lists.department
        known = next((one for one in self._desk.lists.rooms if one.name.casefold() == name.casefold()), None)
        if known is not None:
            self._choose("room", known.id)
            told("")
        elif department is not None:
            room = Room(id=RoomId(uuid4()), department_id=department.id, name=name)
            stored = self._services.stored
            self._desk.tasks.stored(
                lambda: stored.rooms.save(room), lambda _: self._room_saved(room, told), self.refused(told)
            )

    def _room_saved(self, room: Room, told: Told) -> None:
        told("")
        self._office.changes.announce(Topic.PLACES, by=self._desk.reload)
        self._desk.load(lambda: self._choose("room", room.id))

    def _save_person(self, name: str, profession: Profession, field: str, told: Told) -> None:
        department, stored = self._desk.lists.department, self._services.stored
        if department is None:
            return
        person = Person(
            id=PersonId(uuid4()), full_name=name, profession=profession, department_id=department.id
        )

        def save() -> None:
            with stored.together():
                stored.people.save(person)
                if field != "people":
                    stored.facilitators.save(Facilitator(person_id=person.id))

        def saved(_: object) -> None:
            told("")
            self._office.changes.announce(Topic.PEOPLE, by=self._desk.reload)
            self._desk.load(lambda: self._take_person(person.id, field))

        self._desk.tasks.stored(save, saved, self.refused(told))

    def _take_person(self, person: PersonId, field: str) -> None:
        if field == "people":
            self._desk.change(lambda editing: editing.add_person(person))
        else:
            self._choose(field, person)

    def _choose(self, field: str, value: object) -> None:
        self._desk.change(lambda editing: editing.choose(field, value))
