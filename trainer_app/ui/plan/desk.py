"""What the screen *Plan* has before it: a week, and the session in the panel. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.session_states import ScenarioStanding
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.services.planning import Plan
from trainer_app.services.ports import Repositories
from trainer_app.services.scenario_choices import standing_of
from trainer_app.texts.day_words import monday_of
from trainer_app.ui.office import Office
from trainer_app.ui.plan.editing import Editing
from trainer_app.ui.plan.form import FormRead
from trainer_app.ui.plan.lists import PlanLists, WeekFacts, lead_names, read_lists, read_week
from trainer_app.ui.plan.panel_words import Option, PanelShown, PanelWords, Reviewed
from trainer_app.ui.plan.week_words import WORKING_DAYS, Edited, WeekShown, week_shown

_WEEK_DAYS = timedelta(days=6)


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


class PlanDesk:
    """Reads, shows, and has what is edited reviewed.

    Attributes:
        lists: What can be chosen.
        week: What lies in the week that is shown; ``monday`` is its first day.
        editing: The session in the panel.
        reviewed: What was last found of it.
        aside: Sessions with fields that could not be saved, until they are opened again.
    """

    def __init__(self, office: Office, view: PlanView) -> None:
        self._office, self._view = office, view
        self._texts, self._services = office.texts, office.services
        self.tasks = office.tasks.page()
        self._words = PanelWords(self._services.content, self._texts)
        self.lists = PlanLists()
        self.monday = monday_of(self.today())
        self._goes_home = True
        self.week = WeekFacts(first=self.monday, last=self.monday + _WEEK_DAYS)
        self.editing: Editing | None = None
        self.reviewed: Reviewed | None = None
        self._review_under_way = self._review_again = False
        self.aside: dict[SessionId, Editing] = {}
        self._forget = office.changes.on(
            {Topic.SESSIONS, Topic.PEOPLE, Topic.PLACES, Topic.KITS, Topic.FILMS, Topic.SETTINGS}, self.reload
        )

    def reload(self) -> None:
        """Something was changed elsewhere."""
        self.load()

    def end(self) -> None:
        """The page goes away."""
        self._forget()
        self.tasks.close()

    def announce(self, *topics: Topic) -> None:
        """Tell the other screens of a change that has been saved, and look anew."""
        self._office.changes.announce(*topics, by=self.reload)
        self.load()

    def say(self, key: str, **params: object) -> None:
        """Confirm something."""
        self._office.notices.say(self._texts(key, **params))

    # --- inside: loading ---------------------------------------------------------------------------------

    def today(self) -> date:
        """The day it is."""
        return self._office.local_now().date()

    def day(self, at: int) -> date:
        """A day of the week that is shown; 0 is Monday."""
        return self.monday + timedelta(days=at)

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Read everything anew, show it, and then go on."""
        stored, own, wanted = self._services.stored, self._office.own(), self.monday
        goes_home, today = self._goes_home, self.today()

        def read() -> tuple[PlanLists, WeekFacts]:
            lists = read_lists(stored, own)
            monday = _home(stored, lists, today) if goes_home else wanted
            return lists, read_week(stored, lists, monday, monday + _WEEK_DAYS)

        def loaded(found: tuple[PlanLists, WeekFacts]) -> None:
            self.lists, week = found
            if goes_home and self._goes_home:
                self.monday, self._goes_home = week.first, False
            if week.first == self.monday:
                self.week = week
            if self.editing is not None:
                self.editing.take_lists(self.lists)
            self.show()
            if then is not None:
                then()

        self.tasks.stored(read, loaded)

    def go_home(self) -> None:
        """Show the week that concerns people today."""
        self._goes_home = True
        self.load()

    def show_week_of(self, day: date) -> None:
        """Show the week a day lies in."""
        self.monday, self._goes_home = monday_of(day), False
        self.week = replace(
            self.week, first=self.monday, last=self.monday + _WEEK_DAYS, sessions=(), loans=()
        )
        self.load()

    # --- inside: the panel -------------------------------------------------------------------------------

    def editing_of(self, plan: Plan, *, is_new: bool = False) -> Editing:
        """Begin to edit a plan."""
        formats = self._services.content.session_formats
        return Editing(plan, self.lists, formats, self.today(), self._texts, is_new=is_new)

    def open(self, plan: Plan, then: Callable[[], None] | None) -> None:
        """Open a plan in the panel; ``then`` goes on with it, and the keyboard stays where it is."""
        kept = self.aside.get(plan.session.id)
        self.edit(kept or self.editing_of(plan), None if then else "")
        if then is not None:
            then()

    def edit(self, editing: Editing, focus: str | None) -> None:
        """``focus``: the field that gets the keyboard ("" the first); None leaves it where it is."""
        self.aside.pop(editing.session_id, None)
        self.editing, self.reviewed = editing, None
        editing.take_lists(self.lists)
        self.refresh()
        if focus is not None:
            self._view.focus_field(focus)

    def hide(self) -> None:
        """Close the panel."""
        self.editing = self.reviewed = None
        self.show()

    def change(self, change: Callable[[Editing], None]) -> None:
        """Change what is edited, where it can be changed."""
        if self.editing is not None and self.editing.can_change:
            change(self.editing)
            self.refresh()

    def refresh(self) -> None:
        """Show what is edited now, in the week it lies in, and have it reviewed."""
        starts = None if self.editing is None else self.editing.starts
        if starts is not None and monday_of(starts.date()) != self.monday:
            self.show_week_of(starts.date())
        else:
            self.show()
        self.ask_review()

    def show(self) -> None:
        """Show the week and the panel."""
        editing, now = self.editing, self._office.local_now()
        if self.lists.department is None:
            self._view.ask_who_is_here()
            return
        read = None if editing is None else editing.read()
        edited = None if editing is None or read is None else self._edited(editing, read)
        self._view.show_week(week_shown(self.week, self.lists, edited, now, self._texts))
        if editing is None or read is None:
            self._view.show_panel(None)
        else:
            self._view.show_panel(self._words.shown(editing, read, self.lists, self.reviewed, now))

    def _edited(self, editing: Editing, read: FormRead) -> Edited:
        conflicts = () if self.reviewed is None else self.reviewed.review.conflicts
        lead = self.lists.person(editing.form.lead)
        return Edited(
            session=read.plan.session,
            lead="" if lead is None else lead.full_name,
            is_new=editing.is_new,
            collides={conflict.other.id for conflict in conflicts},
        )

    # --- inside: the review ------------------------------------------------------------------------------

    def standing(self, plan: Plan) -> ScenarioStanding | None:
        """How the chosen scenario version stands."""
        session = plan.session
        if session.scenario_code is None or session.scenario_version is None:
            return None
        version = self.lists.version((session.scenario_code, session.scenario_version))
        return None if version is None else standing_of(version, self._services.content)

    def ask_review(self) -> None:
        """Have what is edited reviewed, now or when the review under way is done."""
        editing = self.editing
        if editing is None or not editing.can_change:
            return
        if self._review_under_way:
            self._review_again = True
            return
        self._review_under_way = True
        plan = editing.read().plan
        standing, services = self.standing(plan), self._services

        def review() -> Reviewed:
            found = services.planning.review(plan, standing)
            others = [SessionId(one.other.id) for one in found.conflicts if not one.other.is_loan]
            return Reviewed(review=found, leads=lead_names(services.stored, others))

        self.tasks.stored(review, lambda reviewed: self._on_reviewed(editing, reviewed), self._review_failed)

    def _on_reviewed(self, editing: Editing, reviewed: Reviewed) -> None:
        again, self._review_again, self._review_under_way = self._review_again, False, False
        if editing is self.editing:
            self.reviewed = reviewed
            again = editing.take_waves(len(reviewed.review.waves.waves) or 1) or again
            self.show()
        if again or editing is not self.editing:
            self.ask_review()

    def _review_failed(self, error: TrainerError) -> None:
        self._review_under_way = self._review_again = False
        self._office.notices.problem(error)


def _home(stored: Repositories, lists: PlanLists, today: date) -> date:
    """The Monday of this week; at the weekend of the coming one, unless this one still holds something."""
    monday = monday_of(today)
    is_over = today.weekday() >= WORKING_DAYS
    if is_over and not read_week(stored, lists, today, monday + _WEEK_DAYS).sessions:
        return monday + timedelta(days=7)
    return monday
