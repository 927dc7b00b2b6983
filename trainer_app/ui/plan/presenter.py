"""What the screen *Plan* does: weeks, the session in the panel, its conflicts. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from trainer_app.domain.people import PersonId, Profession
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.sessions import SessionId, SessionState
from trainer_app.runtime.background import ignored
from trainer_app.services.planning import Plan
from trainer_app.texts.day_words import clock, short_day
from trainer_app.ui.office import Office, Target
from trainer_app.ui.plan.desk import PlanDesk, PlanView
from trainer_app.ui.plan.editing import Editing, new_plan
from trainer_app.ui.plan.entering import NAME_LIMIT, Entering, Told, nobody
from trainer_app.ui.plan.keeping import PlanKeeping
from trainer_app.ui.plan.panel_words import Option
from trainer_app.ui.plan.unfinished_words import unfinished_words

_WEEK = timedelta(days=7)
OBJECTIVE_LIMIT = 500
"""Characters of a learning objective of the facilitator's own."""

REASON_LIMIT = 500
"""Characters of why a session is cancelled."""

_STEPS = {"prepare": "prepare", "ready": "prepare", "open": "", "register": "close"}
"""Where on the session's own page an action leads."""


class PlanPresenter:
    """The screen *Plan*: what the user does in it."""

    def __init__(self, office: Office, view: PlanView) -> None:
        self._office, self._view = office, view
        self._texts, self._services = office.texts, office.services
        self._desk = PlanDesk(office, view)
        self._keeping = PlanKeeping(office, self._desk)
        self._entering = Entering(office, self._desk)
        self._left_to_read: SessionId | None = None

    # --- the page ----------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """The page is shown; a target may name a session, or ask for a new one.

        Who left a form to read its scenario finds the form again.
        """
        left, self._left_to_read = self._left_to_read, None

        def then() -> None:
            session_id = target.session_id or (None if target.detail else left)
            if session_id is not None:
                self.open_session(str(session_id))
            elif target.detail == "new":
                self.new_session()

        self._desk.load(then)

    def reload(self) -> None:
        """Something was changed elsewhere."""
        self._desk.reload()

    def leave(self) -> None:
        """The page is hidden: what is typed is kept."""
        self.close_panel()

    def keep(self) -> None:
        """Store what can be read of a draft that is open; a plan is stored when somebody says so."""
        editing = self._desk.editing
        if editing is not None and editing.is_changed and editing.base.session.state is SessionState.DRAFT:
            self._keeping.save(editing, ignored)

    def end(self) -> None:
        """The page goes away."""
        self._desk.end()

    def unfinished(self) -> tuple[str, ...]:
        """Plans with something that is not stored: in the panel, on the way to the disk, kept aside."""
        desk = self._desk
        at_hand = (desk.editing, *self._keeping.under_way, *desk.aside.values())
        once = {one.session_id: one for one in at_hand if one is not None and one.can_change}
        words = (unfinished_words(one, self._texts) for one in once.values())
        return tuple(each for each in words if each)

    # --- weeks -------------------------------------------------------------------------------------------

    def go_weeks(self, weeks: int) -> None:
        """Show another week."""
        self._desk.show_week_of(self._desk.monday + weeks * _WEEK)

    def go_today(self) -> None:
        """Show this week; when it is over, the coming one."""
        self._desk.go_home()

    # --- opening and closing -----------------------------------------------------------------------------

    def new_session(self, day: int | None = None, minute: int = 0) -> None:
        """Open an empty panel, or one for the day (0 is Monday) and minute that were pressed."""
        department, own = self._desk.lists.department, self._office.own()
        if department is None:
            self._view.ask_who_is_here()
            return
        start = None if day is None else datetime.combine(self._desk.day(day), datetime.min.time())
        start = None if start is None else start + timedelta(minutes=minute)
        if start is not None and self._desk.editing is not None and self._move_draft(start):
            return
        self.close_panel()
        kept = next((one for one in self._desk.aside.values() if one.is_new), None)
        if kept is not None and start is None:
            self._desk.edit(kept, "theme")
            return
        plan = new_plan(department.id, own.person_id, self._desk.lists, start)
        self._desk.edit(self._desk.editing_of(plan, is_new=True), "theme")

    def open_session(self, key: str, *, then: Callable[[], None] | None = None) -> None:
        """Open a session in the panel; a loan on the page of the suitcases. ``key``: of the event."""
        loan = next((one for one in self._desk.week.loans if key.startswith(str(one.id))), None)
        if loan is not None:
            self._office.go(Target(place="kit", item=loan.kit_id))
            return
        if self._desk.editing is not None and str(self._desk.editing.session_id) == key:
            (then or (lambda: self._view.focus_field("")))()
            return
        self.close_panel()
        planning = self._services.planning

        def opened(plan: Plan | None) -> None:
            if plan is not None:
                self._desk.open(plan, then)

        self._desk.tasks.stored(lambda: planning.plan_of(SessionId(UUID(key))), opened)

    def close_panel(self) -> None:
        """Close the panel; what was typed is saved, or kept until it can be."""
        editing = self._desk.editing
        if editing is None:
            return
        self._desk.hide()
        if not editing.can_change or not editing.is_changed:
            return
        read = editing.read()
        if read.plan.session.state is SessionState.DRAFT:
            said = "plan.said.draft_saved_without_wrong" if read.errors else "plan.said.draft_saved"
            if read.errors:
                self._desk.aside[editing.session_id] = editing
            self._keeping.save(editing, lambda _: self._office.notices.say(self._texts(said)))
        else:
            self._keeping.keep_aside(editing, "plan.said.not_saved")

    def discard(self) -> None:
        """Close the panel without saving; what was typed can be had back."""
        editing = self._desk.editing
        if editing is None:
            return
        self._desk.hide()
        self._desk.aside.pop(editing.session_id, None)
        if editing.can_change and editing.is_changed:
            self._office.notices.offer_undo(
                self._texts("plan.said.discarded"), lambda: self._desk.edit(editing, "theme")
            )

    # --- fields ------------------------------------------------------------------------------------------

    def type(self, name: str, text: str) -> None:
        """A character was typed into a field; what it means is looked at when the field is left."""
        editing = self._desk.editing
        if editing is None:
            return
        was_changed = editing.is_changed
        editing.type(name, text)
        if name in ("participants", "contact"):
            self.commit(name)
        elif editing.is_changed is not was_changed:
            self._desk.show()  # the first button saves now, before anybody can press it for something else

    def commit(self, name: str) -> None:
        """A field was left."""
        self._desk.change(lambda editing: editing.commit(name))

    def choose(self, name: str, value: Any) -> None:
        """Something was chosen in a list."""
        self._desk.change(lambda editing: editing.choose(name, value))

    def choose_objective(self, at: int, chosen: bool) -> None:
        """A learning objective was ticked."""
        self._desk.change(lambda editing: editing.choose_objective(at, chosen))

    def add_objective(self, text: str) -> str:
        """Take in an own objective; returns what is wrong with it, or nothing."""
        return self._entering.with_line(
            text, OBJECTIVE_LIMIT, lambda line: self._desk.change(lambda one: one.add_objective(line))
        )

    def type_minutes(self, code: PhaseCode, text: str) -> None:
        """The minutes of a phase were typed."""
        self._desk.change(lambda editing: editing.set_minutes(code, text))

    def include_phase(self, code: PhaseCode, included: bool) -> None:
        """An optional phase was left out, or taken in."""
        self._desk.change(lambda editing: editing.include_phase(code, included))

    def propose_phases(self) -> None:
        """Take the proposed phases."""
        self._desk.change(lambda editing: editing.propose_phases())

    # --- people and rooms --------------------------------------------------------------------------------

    def add_participant(self, person: PersonId) -> None:
        """Somebody on the list takes part."""
        self._desk.change(lambda editing: editing.add_person(person))

    def remove_participant(self, person: PersonId) -> None:
        """Somebody does not take part."""
        self._desk.change(lambda editing: editing.remove_person(person))

    def add_room(self, name: str, told: Told = nobody) -> str:
        """Enter a room and choose it; returns what is wrong with its name, or nothing.

        ``told`` hears later what kept it from being saved, or nothing.
        """
        return self._entering.add_room(name, told)

    def wrong_name(self, name: str) -> str:
        """What is wrong with the name of somebody new, or nothing."""
        return self._entering.with_line(name, NAME_LIMIT, ignored)

    def add_person(self, name: str, profession: Profession, field: str, told: Told = nobody) -> str:
        """Enter somebody and choose them as ``lead``, ``co`` or of the ``people``; returns what is wrong."""
        return self._entering.add_person(name, profession, field, told)

    # --- time --------------------------------------------------------------------------------------------

    def move_event(self, key: str, days: int, minutes: int) -> None:
        """Move a session by days and minutes; it is opened, and saved when the user says so."""
        self.open_session(key, then=lambda: self._desk.change(lambda editing: editing.move_by(days, minutes)))

    def lengthen_event(self, key: str, minutes: int) -> None:
        """Make a session longer or shorter; it is opened, and saved when the user says so."""
        self.open_session(key, then=lambda: self._desk.change(lambda editing: editing.lengthen_by(minutes)))

    def move_to_free(self) -> None:
        """Move the session to the next time at which nothing collides."""
        free = None if self._desk.reviewed is None else self._desk.reviewed.review.next_free
        if free is not None:
            self.move_to(free)

    def move_to(self, start: datetime) -> None:
        """Move the session to a wall time."""
        self._desk.change(lambda editing: editing.move_to(start))

    def choose_day(self, day: date) -> None:
        """A day was chosen in the pop-up."""
        if self._desk.editing is not None:
            self._desk.editing.type("day", day.isoformat())
            self.commit("day")

    def find_times(self) -> None:
        """Offer times at which nothing collides."""
        if self._desk.editing is not None:
            plan = self._desk.editing.read().plan
            self._desk.tasks.stored(lambda: self._services.planning.free_times(plan), self._offer)

    # --- what becomes of it ------------------------------------------------------------------------------

    def press(self, action: str) -> None:
        """Plan it, save the changes or the draft, take the plan up again, or go on to the session itself."""
        editing = self._desk.editing
        if editing is None:
            return
        if action in _STEPS:
            target = Target(place="session", session_id=editing.session_id, detail=_STEPS[action])
            self._office.go(target)
        elif action == "take_up":
            self._keeping.take_up(editing)
        elif action == "draft":
            self.save_draft()
        elif self._is_readable(editing):
            self._keeping.make_plan(editing) if action == "plan" else self._keeping.save_changes(editing)

    def save_draft(self) -> None:
        """Save the draft and close the panel."""
        editing = self._desk.editing
        if editing is not None and self._is_readable(editing):
            self._desk.hide()
            self._keeping.save(editing, lambda _: self._desk.say("plan.said.draft_saved"))

    def save(self) -> None:
        """Ctrl+S: save and stay."""
        editing = self._desk.editing
        if editing is None or not editing.can_change or not self._is_readable(editing):
            return
        if editing.base.session.state is SessionState.DRAFT:
            self._keeping.save(editing, lambda _: self._desk.say("plan.said.draft_saved"))
        else:
            self._keeping.save_changes(editing)

    def read_scenario(self) -> None:
        """Show the scenario in the library; what is typed here is kept, and stands here again afterwards."""
        editing = self._desk.editing
        if editing is not None:
            self._office.go(Target(place="library", item=editing.form.theme))
            self._left_to_read = editing.session_id

    def delete_draft(self) -> None:
        """Delete the draft; it can be had back. Of a new one nothing is stored yet."""
        editing = self._desk.editing
        if editing is None or editing.is_new:
            return
        self._desk.hide()
        self._keeping.delete(editing)

    def cancel(self, key: str, reason: str, told: Told = nobody) -> str:
        """Cancel the session with this key for good; returns what is wrong with the reason, or nothing.

        ``told`` hears later what kept it from being saved, or nothing; it is told in any case.
        """
        session_id, refused = SessionId(UUID(key)), self._entering.refused(told)

        def cancel(line: str) -> None:
            self._keeping.cancel(session_id, line, lambda: ignored(told("")), refused)

        return self._entering.with_line(reason, REASON_LIMIT, cancel)

    def _move_draft(self, start: datetime) -> bool:
        """An empty place was pressed while a draft is edited: that is where it shall be."""
        editing = self._desk.editing
        if editing is None or editing.base.session.state is not SessionState.DRAFT:
            return False
        self.move_to(start)
        return True

    def _is_readable(self, editing: Editing) -> bool:
        """Otherwise the first wrong field gets the keyboard."""
        errors = editing.read().errors
        if errors:
            self._desk.refresh()
            self._view.focus_field(next(iter(errors)))
        return not errors

    def _offer(self, times: Sequence[datetime]) -> None:
        texts = self._texts
        self._view.offer_times([Option(at, f"{short_day(at, texts)} {clock(at, texts)}") for at in times])
