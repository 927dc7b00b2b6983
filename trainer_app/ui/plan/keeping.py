"""What becomes of a session in the panel: saved, planned, cancelled, deleted. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.session_errors import StepBlocked
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.background import Failed
from trainer_app.runtime.changes import Topic
from trainer_app.runtime.turns import Turn
from trainer_app.services.planning import Plan
from trainer_app.ui.office import Office
from trainer_app.ui.plan.desk import PlanDesk
from trainer_app.ui.plan.editing import Editing


class PlanKeeping:
    """Saves what is edited at the desk; what cannot be saved is not lost."""

    def __init__(self, office: Office, desk: PlanDesk) -> None:
        self._office, self._desk = office, desk
        self._texts, self._services = office.texts, office.services
        self._turns: dict[SessionId, Turn] = {}
        self._under_way: list[Editing] = []

    @property
    def under_way(self) -> tuple[Editing, ...]:
        """What is being saved."""
        return tuple(self._under_way)

    def turn_of(self, editing: Editing) -> Turn:
        """What becomes of one session happens one after the other: each needs what the last has stored."""
        return self._turns.setdefault(editing.session_id, Turn(self._desk.tasks))

    def save(self, editing: Editing, then: Callable[[Plan], None]) -> None:
        """Save what can be read, and go on. Of what has just been saved, what was typed since is saved."""
        turn, planning = self.turn_of(editing), self._services.planning
        if turn.is_taken:
            turn.when_free(lambda: self.save(editing, then) if editing.is_changed else None)
            return
        plan, form = editing.read().plan, editing.form
        self._under_way.append(editing)

        def saved(plan: Plan) -> None:
            self._under_way.remove(editing)
            editing.stored_as(plan, form)
            self._desk.announce(Topic.SESSIONS)
            then(plan)

        turn.stored(lambda: planning.save(plan), saved, lambda error: self._not_saved(editing, error))

    def _not_saved(self, editing: Editing, error: TrainerError) -> None:
        """Nothing typed is lost: the panel has it again."""
        self._under_way.remove(editing)
        self._office.notices.problem(error)
        if self._desk.editing is None:
            self._desk.edit(editing, None)
        elif self._desk.editing is not editing:
            self._desk.aside[editing.session_id] = editing

    def keep_aside(self, editing: Editing, key: str) -> None:
        """Keep the fields for when the session is opened again, and offer to open it now."""
        self._desk.aside[editing.session_id] = editing
        self._office.notices.offer_undo(self._texts(key), lambda: self._desk.edit(editing, ""))

    def make_plan(self, editing: Editing) -> None:
        """Make a plan of it."""
        turn, form = self.turn_of(editing), editing.form
        if turn.is_taken:
            turn.when_free(lambda: self.make_plan(editing) if self._desk.editing is editing else None)
            return
        planning, stored = self._services.planning, self._services.stored
        plan, laptop = editing.read().plan, self._office.own().laptop_letter
        standing = self._desk.standing(plan)
        self._under_way.append(editing)

        def make() -> Plan:
            with stored.together():
                return planning.make_plan(planning.save(plan), standing, laptop=laptop)

        def made(planned: Plan) -> None:
            self._under_way.remove(editing)
            editing.stored_as(planned, form)
            self._desk.aside.pop(editing.session_id, None)
            if self._desk.editing is editing:
                self._desk.hide()
            self._desk.announce(Topic.SESSIONS)
            self._desk.say("plan.said.planned", number=planned.session.number)

        turn.stored(make, made, lambda error: self._not_planned(editing, error))

    def _not_planned(self, editing: Editing, error: TrainerError) -> None:
        if isinstance(error, StepBlocked) and editing is self._desk.editing:
            self._under_way.remove(editing)
            self._desk.ask_review()  # something was booked meanwhile: the panel says what
        else:
            self._not_saved(editing, error)

    def save_changes(self, editing: Editing) -> None:
        """Save the changes of a plan, and offer to undo them."""
        before = editing.base

        def saved(plan: Plan) -> None:
            if self._desk.editing is editing:
                self._desk.hide()
            self._office.notices.offer_undo(
                self._texts("plan.said.changes_saved"), lambda: self._restore(before, plan)
            )

        self.save(editing, saved)

    def _restore(self, before: Plan, now: Plan) -> None:
        planning = self._services.planning
        again = replace(before, session=replace(before.session, rev=now.session.rev))
        self._desk.tasks.stored(lambda: planning.save(again), lambda _: self._desk.announce(Topic.SESSIONS))

    def take_up(self, editing: Editing) -> None:
        """Let the plan of a ready session be changed again."""
        plan, planning = editing.base, self._services.planning
        self.turn_of(editing).stored(lambda: planning.take_up_again(plan), self._taken_up)

    def _taken_up(self, plan: Plan) -> None:
        self._desk.announce(Topic.SESSIONS)
        self._desk.edit(self._desk.editing_of(plan), "")

    def delete(self, editing: Editing) -> None:
        """Delete a draft; it can be had back."""
        self.turn_of(editing).when_free(lambda: self._delete(editing))

    def _delete(self, editing: Editing) -> None:
        plan, planning = editing.base, self._services.planning
        self.turn_of(editing).stored(lambda: planning.delete_draft(plan), lambda _: self._deleted(plan))

    def _deleted(self, plan: Plan) -> None:
        planning, desk = self._services.planning, self._desk

        def bring_back() -> None:
            desk.tasks.stored(lambda: planning.bring_back(plan), lambda _: desk.announce(Topic.SESSIONS))

        desk.announce(Topic.SESSIONS)
        self._office.notices.offer_undo(self._texts("plan.said.deleted"), bring_back)

    def cancel(self, session_id: SessionId, reason: str, done: Callable[[], None], failed: Failed) -> None:
        """Cancel a session for good; ``done`` or ``failed`` hears of it however it ends.

        It waits for no turn: an order that waits is dropped where what it waits for fails. The worker has
        stored what was asked of it before, and cancels the session as it then stands.
        """
        planning = self._services.planning

        def cancelled(_: object) -> None:
            done()
            self._desk.aside.pop(session_id, None)
            if self._desk.editing is not None and self._desk.editing.session_id == session_id:
                self._desk.hide()
            self._desk.announce(Topic.SESSIONS)
            self._desk.say("plan.said.cancelled")

        self._desk.tasks.stored(lambda: planning.cancel(session_id, reason), cancelled, failed)
