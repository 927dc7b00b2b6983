"""What the screen *Plan* does: weeks, the session in the panel, its conflicts. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.organisation import Room, RoomId
from trainer_app.domain.people import Facilitator, Person, PersonId, Profession
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.session_errors import StepBlocked, TextMissing, TextTooLong
from trainer_app.domain.session_states import ScenarioStanding
from trainer_app.domain.sessions import SessionId, SessionState
from trainer_app.domain.typed_texts import clean_line
from trainer_app.runtime.changes import Topic
from trainer_app.services.planning import Plan
from trainer_app.services.scenario_choices import standing_of
from trainer_app.texts.day_words import clock, monday_of, short_day
from trainer_app.ui.office import Office, Target
from trainer_app.ui.plan.editing import Editing, new_plan
from trainer_app.ui.plan.form import FormRead
from trainer_app.ui.plan.lists import PlanLists, WeekFacts, lead_names, read_lists, read_week
from trainer_app.ui.plan.panel_words import Option, PanelShown, PanelWords, Reviewed
from trainer_app.ui.plan.week_words import Edited, WeekShown, week_shown

_WEEK = timedelta(days=7)
OBJECTIVE_LIMIT = 500
"""Characters of a learning objective of the facilitator's own."""


class PlanView(Protocol):
    """What the presenter asks of the page."""

    def show_week(self, shown: WeekShown) -> None:
        """Show the week; the event with the keyboard keeps it."""

    def show_panel(self, shown: PanelShown | None) -> None:
        """Show the panel, or none. A field that holds what it should is left alone."""

    def offer_times(self, times: Sequence[Option]) -> None:
        """Let one of these times be chosen."""

    def focus_field(self, name: str) -> None:
        """Give a field of the panel the keyboard."""

    def ask_who_is_here(self) -> None:
        """Nothing can be planned before somebody has said who sits here."""


class PlanPresenter:
    """The screen *Plan*."""

    def __init__(self, office: Office, view: PlanView) -> None:
        self._office, self._view = office, view
        self._texts, self._services = office.texts, office.services
        self._tasks = office.tasks.page()
        self._words = PanelWords(self._services.content, self._texts)
        self._lists = PlanLists()
        self._monday = monday_of(self._today())
        self._week = WeekFacts(first=self._monday, last=self._monday + timedelta(days=6))
        self._editing: Editing | None = None
        self._reviewed: Reviewed | None = None
        self._review_under_way = self._review_again = False
        self._aside: dict[SessionId, Editing] = {}
        self._forget = office.changes.on(
            {Topic.SESSIONS, Topic.PEOPLE, Topic.PLACES, Topic.KITS, Topic.FILMS, Topic.SETTINGS}, self.reload
        )

    # --- the page ----------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """The page is shown; a target may name a session, or ask for a new one."""

        def then() -> None:
            if target.session_id is not None:
                self.open_session(str(target.session_id))
            elif target.detail == "new":
                self.new_session()

        self._load(then)

    def reload(self) -> None:
        """Something was changed elsewhere."""
        self._load()

    def leave(self) -> None:
        """The page is hidden: what is typed is kept."""
        self.close_panel()

    def end(self) -> None:
        """The page goes away."""
        self._forget()
        self._tasks.close()

    # --- weeks -------------------------------------------------------------------------------------------

    def go_weeks(self, weeks: int) -> None:
        """Show another week."""
        self._show_week_of(self._monday + weeks * _WEEK)

    def go_today(self) -> None:
        """Show this week."""
        self._show_week_of(self._today())

    # --- opening and closing -----------------------------------------------------------------------------

    def new_session(self, day: int | None = None, minute: int = 0) -> None:
        """Open an empty panel, or one for the day (0 is Monday) and minute that were pressed."""
        department, own = self._lists.department, self._office.own()
        if department is None:
            self._view.ask_who_is_here()
            return
        start = None if day is None else datetime.combine(self._day(day), datetime.min.time())
        start = None if start is None else start + timedelta(minutes=minute)
        if start is not None and self._editing is not None and self._move_draft(start):
            return
        self.close_panel()
        kept = next((one for one in self._aside.values() if one.is_new), None)
        if kept is not None and start is None:
            self._edit(kept, "theme")
            return
        plan = new_plan(department.id, own.person_id, self._lists, start)
        self._edit(self._editing_of(plan, is_new=True), "theme")

    def open_session(self, key: str, *, then: Callable[[], None] | None = None) -> None:
        """Open a session in the panel; a loan on the page of the suitcases. ``key``: of the event."""
        loan = next((one for one in self._week.loans if key.startswith(str(one.id))), None)
        if loan is not None:
            self._office.go(Target(place="kit", item=loan.kit_id))
            return
        if self._editing is not None and str(self._editing.session_id) == key:
            (then or (lambda: self._view.focus_field("")))()
            return
        self.close_panel()
        planning = self._services.planning

        def opened(plan: Plan | None) -> None:
            if plan is not None:
                self._open(plan, then)

        self._tasks.stored(lambda: planning.plan_of(SessionId(UUID(key))), opened)

    def close_panel(self) -> None:
        """Close the panel; what was typed is saved, or kept until it can be."""
        editing = self._editing
        if editing is None:
            return
        self._hide()
        if not editing.can_change or not editing.is_changed:
            return
        read = editing.read()
        if read.plan.session.state is SessionState.DRAFT:
            said = "plan.said.draft_saved_without_wrong" if read.errors else "plan.said.draft_saved"
            if read.errors:
                self._aside[editing.session_id] = editing
            self._save(editing, read, lambda _: self._office.notices.say(self._texts(said)))
        else:
            self._keep_aside(editing, "plan.said.not_saved")

    def discard(self) -> None:
        """Close the panel without saving; what was typed can be had back."""
        editing = self._editing
        if editing is None:
            return
        self._hide()
        self._aside.pop(editing.session_id, None)
        if editing.can_change and editing.is_changed:
            self._office.notices.offer_undo(
                self._texts("plan.said.discarded"), lambda: self._edit(editing, "theme")
            )

    # --- fields ------------------------------------------------------------------------------------------

    def type(self, name: str, text: str) -> None:
        """A character was typed into a field; what it means is looked at when the field is left."""
        if self._editing is not None:
            self._editing.type(name, text)
            if name in ("participants", "contact"):
                self.commit(name)

    def commit(self, name: str) -> None:
        """A field was left."""
        self._change(lambda editing: editing.commit(name))

    def choose(self, name: str, value: Any) -> None:
        """Something was chosen in a list."""
        self._change(lambda editing: editing.choose(name, value))

    def choose_objective(self, at: int, chosen: bool) -> None:
        """A learning objective was ticked."""
        self._change(lambda editing: editing.choose_objective(at, chosen))

    def add_objective(self, text: str) -> str:
        """Take in an own objective; returns what is wrong with it, or nothing."""
        return self._with_line(
            text, OBJECTIVE_LIMIT, lambda line: self._change(lambda one: one.add_objective(line))
        )

    def type_minutes(self, code: PhaseCode, text: str) -> None:
        """The minutes of a phase were typed."""
        self._change(lambda editing: editing.set_minutes(code, text))

    def include_phase(self, code: PhaseCode, included: bool) -> None:
        """An optional phase was left out, or taken in."""
        self._change(lambda editing: editing.include_phase(code, included))

    def propose_phases(self) -> None:
        """Take the proposed phases."""
        self._change(lambda editing: editing.propose_phases())

    # --- people and rooms --------------------------------------------------------------------------------

    def add_participant(self, person: PersonId) -> None:
        """Somebody on the list takes part."""
        self._change(lambda editing: editing.add_person(person))

    def remove_participant(self, person: PersonId) -> None:
        """Somebody does not take part."""
        self._change(lambda editing: editing.remove_person(person))

    def add_room(self, name: str) -> str:
        """Enter a room and choose it; returns what is wrong with its name, or nothing."""
        return self._with_line(name, 200, self._save_room)

    def add_person(self, name: str, profession: Profession, field: str) -> str:
        """Enter somebody and choose them as ``lead``, ``co`` or of the ``people``; returns what is wrong."""

        def add(line: str) -> None:
            known = self._lists.person_named(line)
            if known is not None:
                self._take_person(known.id, field)
            else:
                self._save_person(line, profession, field)

        return self._with_line(name, 200, add)

    # --- time --------------------------------------------------------------------------------------------

    def move_event(self, key: str, days: int, minutes: int) -> None:
        """Move a session by days and minutes; it is opened, and saved when the user says so."""
        self.open_session(key, then=lambda: self._change(lambda editing: editing.move_by(days, minutes)))

    def lengthen_event(self, key: str, minutes: int) -> None:
        """Make a session longer or shorter; it is opened, and saved when the user says so."""
        self.open_session(key, then=lambda: self._change(lambda editing: editing.lengthen_by(minutes)))

    def move_to_free(self) -> None:
        """Move the session to the next time at which nothing collides."""
        free = None if self._reviewed is None else self._reviewed.review.next_free
        if free is not None:
            self.move_to(free)

    def move_to(self, start: datetime) -> None:
        """Move the session to a wall time."""
        self._change(lambda editing: editing.move_to(start))

    def choose_day(self, day: date) -> None:
        """A day was chosen in the pop-up."""
        if self._editing is not None:
            self._editing.type("day", day.isoformat())
            self.commit("day")

    def find_times(self) -> None:
        """Offer times at which nothing collides."""
        if self._editing is not None:
            plan = self._editing.read().plan
            self._tasks.stored(lambda: self._services.planning.free_times(plan), self._offer)

    # --- what becomes of it ------------------------------------------------------------------------------

    def press_primary(self, action: str) -> None:
        """Plan it, save the changes, take the plan up again, or open the session."""
        editing = self._editing
        if editing is None:
            return
        if action == "open":
            self._office.go(Target(place="session", session_id=editing.session_id))
        elif action == "take_up":
            plan = editing.base
            self._tasks.stored(lambda: self._services.planning.take_up_again(plan), self._taken_up)
        elif self._is_readable(editing):
            self._make_plan(editing) if action == "plan" else self._save_changes(editing)

    def save_draft(self) -> None:
        """Save the draft and close the panel."""
        editing = self._editing
        if editing is not None and self._is_readable(editing):
            self._hide()
            self._save(editing, editing.read(), lambda _: self._say("plan.said.draft_saved"))

    def save(self) -> None:
        """Ctrl+S: save and stay."""
        editing = self._editing
        if editing is None or not editing.can_change or not self._is_readable(editing):
            return
        if editing.base.session.state is SessionState.DRAFT:
            self._save(editing, editing.read(), lambda _: self._say("plan.said.draft_saved"))
        else:
            self._save_changes(editing)

    def delete_draft(self) -> None:
        """Delete the draft; it can be had back."""
        editing = self._editing
        if editing is None:
            return
        if editing.is_new:
            self.discard()
            return
        self._hide()
        plan, planning = editing.base, self._services.planning
        self._tasks.stored(lambda: planning.delete_draft(plan), lambda _: self._deleted(plan))

    def cancel(self, reason: str) -> str:
        """Cancel the session for good; returns what is wrong with the reason, or nothing."""
        return self._with_line(reason, 500, self._cancel)

    # --- inside: loading ---------------------------------------------------------------------------------

    def _today(self) -> date:
        return self._office.local_now().date()

    def _day(self, at: int) -> date:
        return self._monday + timedelta(days=at)

    def _load(self, then: Callable[[], None] | None = None) -> None:
        stored, own, monday = self._services.stored, self._office.own(), self._monday

        def read() -> tuple[PlanLists, WeekFacts]:
            lists = read_lists(stored, own)
            return lists, read_week(stored, lists, monday, monday + timedelta(days=6))

        def loaded(found: tuple[PlanLists, WeekFacts]) -> None:
            self._lists, week = found
            if week.first == self._monday:
                self._week = week
            if self._editing is not None:
                self._editing.take_lists(self._lists)
            self._show()
            if then is not None:
                then()

        self._tasks.stored(read, loaded)

    def _show_week_of(self, day: date) -> None:
        self._monday = monday_of(day)
        self._week = replace(
            self._week, first=self._monday, last=self._monday + timedelta(days=6), sessions=(), loans=()
        )
        self._load()

    # --- inside: the panel -------------------------------------------------------------------------------

    def _editing_of(self, plan: Plan, *, is_new: bool = False) -> Editing:
        formats = self._services.content.session_formats
        return Editing(plan, self._lists, formats, self._today(), self._texts, is_new=is_new)

    def _open(self, plan: Plan, then: Callable[[], None] | None) -> None:
        kept = self._aside.get(plan.session.id)
        self._edit(kept or self._editing_of(plan), None if then else "")
        if then is not None:
            then()

    def _edit(self, editing: Editing, focus: str | None) -> None:
        """``focus``: the field that gets the keyboard ("" the first); None leaves it where it is."""
        self._aside.pop(editing.session_id, None)
        self._editing, self._reviewed = editing, None
        editing.take_lists(self._lists)
        self._refresh()
        if focus is not None:
            self._view.focus_field(focus)

    def _hide(self) -> None:
        self._editing = self._reviewed = None
        self._show()

    def _change(self, change: Callable[[Editing], None]) -> None:
        if self._editing is not None and self._editing.can_change:
            change(self._editing)
            self._refresh()

    def _refresh(self) -> None:
        """Show what is edited now, in the week it lies in, and have it reviewed."""
        starts = None if self._editing is None else self._editing.starts
        if starts is not None and monday_of(starts.date()) != self._monday:
            self._show_week_of(starts.date())
        else:
            self._show()
        self._ask_review()

    def _show(self) -> None:
        editing, now = self._editing, self._office.local_now()
        if self._lists.department is None:
            self._view.ask_who_is_here()
            return
        read = None if editing is None else editing.read()
        edited = None if editing is None or read is None else self._edited(editing, read)
        self._view.show_week(week_shown(self._week, self._lists, edited, now, self._texts))
        if editing is None or read is None:
            self._view.show_panel(None)
        else:
            self._view.show_panel(self._words.shown(editing, read, self._lists, self._reviewed, now))

    def _edited(self, editing: Editing, read: FormRead) -> Edited:
        session = read.plan.session
        kit, room = self._lists.kit(session.kit_id), self._lists.room(session.room_id)
        lines = (
            self._texts("plan.event.kit", kit=kit.label) if kit else "",
            self._texts("plan.new") if editing.is_new else (room.name if room else ""),
        )
        conflicts = () if self._reviewed is None else self._reviewed.review.conflicts
        return Edited(
            session=session,
            lines=tuple(line for line in lines if line),
            is_new=editing.is_new,
            collides={conflict.other.id for conflict in conflicts},
        )

    def _move_draft(self, start: datetime) -> bool:
        """An empty place was pressed while a draft is edited: that is where it shall be."""
        editing = self._editing
        if editing is None or editing.base.session.state is not SessionState.DRAFT:
            return False
        self.move_to(start)
        return True

    # --- inside: the review ------------------------------------------------------------------------------

    def _standing(self, plan: Plan) -> ScenarioStanding | None:
        session = plan.session
        if session.scenario_code is None or session.scenario_version is None:
            return None
        version = self._lists.version((session.scenario_code, session.scenario_version))
        return None if version is None else standing_of(version, self._services.content)

    def _ask_review(self) -> None:
        editing = self._editing
        if editing is None or not editing.can_change:
            return
        if self._review_under_way:
            self._review_again = True
            return
        self._review_under_way = True
        plan = editing.read().plan
        standing, services = self._standing(plan), self._services

        def review() -> Reviewed:
            found = services.planning.review(plan, standing)
            others = [SessionId(one.other.id) for one in found.conflicts if not one.other.is_loan]
            return Reviewed(review=found, leads=lead_names(services.stored, others))

        self._tasks.stored(review, lambda reviewed: self._on_reviewed(editing, reviewed), self._review_failed)

    def _on_reviewed(self, editing: Editing, reviewed: Reviewed) -> None:
        again, self._review_again, self._review_under_way = self._review_again, False, False
        if editing is self._editing:
            self._reviewed = reviewed
            again = editing.take_waves(len(reviewed.review.waves.waves) or 1) or again
            self._show()
        if again or editing is not self._editing:
            self._ask_review()

    def _review_failed(self, error: TrainerError) -> None:
        self._review_under_way = self._review_again = False
        self._office.notices.problem(error)

    # --- inside: saving ----------------------------------------------------------------------------------

    def _is_readable(self, editing: Editing) -> bool:
        """Otherwise the first wrong field gets the keyboard."""
        errors = editing.read().errors
        if errors:
            self._refresh()
            self._view.focus_field(next(iter(errors)))
        return not errors

    def _say(self, key: str, **params: object) -> None:
        self._office.notices.say(self._texts(key, **params))

    def _announce(self) -> None:
        self._office.changes.announce(Topic.SESSIONS, by=self.reload)
        self._load()

    def _save(self, editing: Editing, read: FormRead, then: Callable[[Plan], None]) -> None:
        planning = self._services.planning

        def saved(plan: Plan) -> None:
            editing.stored_as(plan)
            self._announce()
            then(plan)

        self._tasks.stored(
            lambda: planning.save(read.plan), saved, lambda error: self._not_saved(editing, error)
        )

    def _not_saved(self, editing: Editing, error: TrainerError) -> None:
        """Nothing typed is lost: the panel has it again."""
        self._office.notices.problem(error)
        if self._editing is None:
            self._edit(editing, None)
        elif self._editing is not editing:
            self._aside[editing.session_id] = editing

    def _keep_aside(self, editing: Editing, key: str) -> None:
        self._aside[editing.session_id] = editing
        self._office.notices.offer_undo(self._texts(key), lambda: self._edit(editing, ""))

    def _make_plan(self, editing: Editing) -> None:
        planning, stored = self._services.planning, self._services.stored
        plan, laptop = editing.read().plan, self._office.own().laptop_letter
        standing = self._standing(plan)

        def make() -> Plan:
            with stored.together():
                return planning.make_plan(planning.save(plan), standing, laptop=laptop)

        def made(planned: Plan) -> None:
            self._aside.pop(editing.session_id, None)
            if self._editing is editing:
                self._hide()
            self._announce()
            self._say("plan.said.planned", number=planned.session.number)

        self._tasks.stored(make, made, lambda error: self._not_planned(editing, error))

    def _not_planned(self, editing: Editing, error: TrainerError) -> None:
        if isinstance(error, StepBlocked) and editing is self._editing:
            self._ask_review()  # something was booked meanwhile: the panel says what
        else:
            self._not_saved(editing, error)

    def _save_changes(self, editing: Editing) -> None:
        before = editing.base

        def saved(plan: Plan) -> None:
            if self._editing is editing:
                self._hide()
            self._office.notices.offer_undo(
                self._texts("plan.said.changes_saved"), lambda: self._restore(before, plan)
            )

        self._save(editing, editing.read(), saved)

    def _restore(self, before: Plan, now: Plan) -> None:
        planning = self._services.planning
        again = replace(before, session=replace(before.session, rev=now.session.rev))
        self._tasks.stored(lambda: planning.save(again), lambda _: self._announce())

    def _taken_up(self, plan: Plan) -> None:
        self._announce()
        self._edit(self._editing_of(plan), "")

    def _deleted(self, plan: Plan) -> None:
        planning, tasks = self._services.planning, self._tasks
        self._announce()
        self._office.notices.offer_undo(
            self._texts("plan.said.deleted"),
            lambda: tasks.stored(lambda: planning.bring_back(plan), lambda _: self._announce()),
        )

    def _cancel(self, reason: str) -> None:
        editing = self._editing
        if editing is None:
            return
        session, planning = editing.base.session, self._services.planning

        def cancelled(_: object) -> None:
            if self._editing is editing:
                self._hide()
            self._announce()
            self._say("plan.said.cancelled")

        self._tasks.stored(lambda: planning.cancel(session, reason), cancelled)

    # --- inside: people, rooms, times --------------------------------------------------------------------

    def _with_line(self, text: str, limit: int, use: Callable[[str], None]) -> str:
        """Clean a typed line and use it; returns what is wrong with it, or nothing."""
        try:
            line = clean_line(text, "", limit=limit)
        except TextMissing:
            return self._texts("plan.error.empty")
        except TextTooLong as error:
            return self._texts("plan.error.too_long", **error.params)
        use(line)
        return ""

    def _save_room(self, name: str) -> None:
        department = self._lists.department
        known = next((one for one in self._lists.rooms if one.name.casefold() == name.casefold()), None)
        if known is not None:
            self.choose("room", known.id)
        elif department is not None:
            room = Room(id=RoomId(uuid4()), department_id=department.id, name=name)
            stored = self._services.stored
            self._tasks.stored(lambda: stored.rooms.save(room), lambda _: self._room_saved(room))

    def _room_saved(self, room: Room) -> None:
        self._office.changes.announce(Topic.PLACES, by=self.reload)
        self._load(lambda: self.choose("room", room.id))

    def _save_person(self, name: str, profession: Profession, field: str) -> None:
        department, stored = self._lists.department, self._services.stored
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
            self._office.changes.announce(Topic.PEOPLE, by=self.reload)
            self._load(lambda: self._take_person(person.id, field))

        self._tasks.stored(save, saved)

    def _take_person(self, person: PersonId, field: str) -> None:
        if field == "people":
            self.add_participant(person)
        else:
            self.choose(field, person)

    def _offer(self, times: Sequence[datetime]) -> None:
        texts = self._texts
        self._view.offer_times([Option(at, f"{short_day(at, texts)} {clock(at, texts)}") for at in times])
