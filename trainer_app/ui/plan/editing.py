"""A session while it is edited in the panel: what is typed, what follows from a choice. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from trainer_app.domain.organisation import DepartmentId
from trainer_app.domain.people import PersonId
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.scenarios import ScenarioVersion, SessionFormats
from trainer_app.domain.session_formats import FormatCode, PhasePlan, fitting_plan
from trainer_app.domain.sessions import Arena, Session, SessionId, SessionState, TeamMember, TeamRole
from trainer_app.domain.typed_times import read_date, read_time
from trainer_app.services.planning import EDITABLE, Plan
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock
from trainer_app.ui.plan.form import (
    FormRead,
    ObjectiveLine,
    PhaseLine,
    PlanForm,
    day_text,
    form_of,
    offered_objectives,
    proposed_objectives,
    read_form,
    tidied,
)
from trainer_app.ui.plan.lists import PlanLists

USUAL_LENGTH = timedelta(minutes=90)
"""Until the end is typed."""

_DAY = timedelta(days=1)


class Editing:
    """The form of one session.

    Attributes:
        base: The plan as it is stored, or as it was begun.
        form: What the fields hold.
        is_new: It is not stored yet.
        waves: As the last review proposed; the phases follow.
    """

    def __init__(
        self,
        base: Plan,
        lists: PlanLists,
        formats: SessionFormats,
        today: date,
        texts: Texts,
        *,
        is_new: bool = False,
    ) -> None:
        self.base, self.is_new = base, is_new
        self._lists, self._formats, self._today, self._texts = lists, formats, today, texts
        self.form = form_of(base, today, texts)
        self.form = replace(self.form, phases_own=not self._is_proposal(self.form.phases))
        self._offer_objectives()
        self._opened = self.form
        self._start_before = read_time(self.form.start)
        self.waves = 1

    @property
    def session_id(self) -> SessionId:
        """Of the session."""
        return self.base.session.id

    @property
    def can_change(self) -> bool:
        """Its plan is not fixed."""
        return self.base.session.state in EDITABLE

    @property
    def is_changed(self) -> bool:
        """Something was typed or chosen that is not stored."""
        return self.form != self._opened

    def changes(self) -> tuple[str, ...]:
        """The fields that hold what is not stored: something else than they did, or what nobody can read."""
        wrong = {name.partition(".")[0].replace("phase", "phases") for name in self.read().errors}
        names = (one.name for one in fields(PlanForm))
        return tuple(
            name for name in names if name in wrong or getattr(self.form, name) != getattr(self._opened, name)
        )

    def read(self) -> FormRead:
        """What the fields say."""
        return read_form(self.form, self.base, self._today, self._title())

    def stored_as(self, plan: Plan, form: PlanForm) -> None:
        """It was stored like this; what was typed since the fields held ``form`` is still a change."""
        self.base, self.is_new = plan, False
        self._opened = form

    def take_lists(self, lists: PlanLists) -> None:
        """Something can be chosen that could not before."""
        self._lists = lists

    # --- what the user does ------------------------------------------------------------------------------

    def type(self, name: str, text: str) -> None:
        """A character was typed: it is kept as it is."""
        change: dict[str, Any] = {name: text}
        self.form = replace(self.form, **change)

    def commit(self, name: str) -> None:
        """A field was left: what is understood is written the usual way, and what follows from it follows."""
        self.form = tidied(self.form, name, self._today, self._texts)
        if name == "start":
            self._move_end()
        if name in ("start", "end", "participants"):
            self._propose_phases()

    def choose(self, name: str, value: Any) -> None:
        """Something was chosen in a list."""
        self.form = replace(self.form, **{name: value})
        if name == "theme":
            self._take_scenario(self._lists.newest(self.form.theme))
        elif name == "scenario":
            self._take_scenario(self._lists.version(self.form.scenario))
        elif name == "format":
            self._propose_phases()

    def move_to(self, start: datetime) -> None:
        """Put it at another wall time, as long as it was."""
        length = self.length
        self.form = replace(
            self.form,
            day=day_text(start.date(), self._today, self._texts),
            start=clock(start, self._texts),
            end=clock(start + length, self._texts),
        )
        self._start_before = start.time()
        self._propose_phases()

    def move_by(self, days: int, minutes: int) -> None:
        """Move it by days and minutes, within its day."""
        start = self.starts
        if start is None:
            return
        moved = start + days * _DAY + timedelta(minutes=minutes)
        if moved.date() == (start + days * _DAY).date() == (moved + self.length).date():
            self.move_to(moved)

    def lengthen_by(self, minutes: int) -> None:
        """Make it longer or shorter; at least a quarter of an hour, and not past midnight."""
        start = self.starts
        if start is None:
            return
        end = start + self.length + timedelta(minutes=minutes)
        if start < end and end.date() == start.date():
            self.form = replace(self.form, end=clock(end, self._texts))
            self._propose_phases()

    @property
    def starts(self) -> datetime | None:
        """The wall time it begins at, as far as it is understood."""
        day, at = read_date(self.form.day, self._today), read_time(self.form.start)
        return None if day is None or at is None else datetime.combine(day, at)

    @property
    def length(self) -> timedelta:
        """From start to end; the usual length while they are not both known."""
        start, end = read_time(self.form.start), read_time(self.form.end)
        if start is None or end is None or end <= start:
            return USUAL_LENGTH
        return datetime.combine(self._today, end) - datetime.combine(self._today, start)

    def choose_objective(self, at: int, chosen: bool) -> None:
        """Take an objective in, or leave it out; one of the facilitator's own goes away."""
        lines = list(self.form.objectives)
        if not chosen and not lines[at].source:
            del lines[at]
        else:
            lines[at] = replace(lines[at], chosen=chosen)
        self.form = replace(self.form, objectives=tuple(lines))

    def add_objective(self, text: str) -> None:
        """Take in an objective of the facilitator's own."""
        line = ObjectiveLine(text, chosen=True)
        if line not in self.form.objectives:
            self.form = replace(self.form, objectives=(*self.form.objectives, line))

    def add_person(self, person: PersonId) -> None:
        """Somebody takes part; the number follows."""
        if person not in self.form.people:
            self._take_people((*self.form.people, person))

    def remove_person(self, person: PersonId) -> None:
        """Somebody does not take part after all; the number follows when it was that of the names."""
        self._take_people(tuple(one for one in self.form.people if one != person))

    def set_minutes(self, code: PhaseCode, text: str) -> None:
        """The minutes of a phase were typed."""
        self._change_phase(code, minutes=text)

    def include_phase(self, code: PhaseCode, included: bool) -> None:
        """Leave out a phase that is optional, or take it in again."""
        self._change_phase(code, included=included)

    def propose_phases(self) -> None:
        """Take the proposal instead of the facilitator's own phases."""
        self.form = replace(self.form, phases_own=False)
        self._propose_phases()

    def take_waves(self, waves: int) -> bool:
        """There will be so many waves; True when the phases have changed with it."""
        if waves == self.waves:
            return False
        before, self.waves = self.form, waves
        self._propose_phases()
        return self.form != before

    # --- what follows ------------------------------------------------------------------------------------

    def _title(self) -> str:
        theme = next((one for one in self._lists.themes if one.code == self.form.theme), None)
        if theme is None:
            return self.base.session.title
        return theme.title_nb if self._texts.lang == "nb" else theme.title_en

    def _take_scenario(self, version: ScenarioVersion | None) -> None:
        key = None if version is None else (version.code, version.version)
        self.form = replace(self.form, scenario=key)
        if version is not None:
            self.form = replace(self.form, format=version.format, debrief_model=version.debrief_model)
        others = [line for line in self.form.objectives if line.chosen and not line.source]
        self.form = replace(self.form, objectives=tuple(others))
        self._offer_objectives()
        self.form = replace(self.form, objectives=proposed_objectives(self.form.objectives))
        self._propose_phases()

    def _offer_objectives(self) -> None:
        version = self._lists.version(self.form.scenario)
        if version is None or not self.can_change:
            return
        lang = self._texts.lang
        offered = [ObjectiveLine(one.words.in_language(lang), one.id) for one in version.objectives]
        self.form = replace(self.form, objectives=offered_objectives(self.form.objectives, offered))

    def _move_end(self) -> None:
        """The length stays when the start is moved; without an end the session has the usual length."""
        start, before, end = read_time(self.form.start), self._start_before, read_time(self.form.end)
        self._start_before = start if start is not None else before
        if start is None or (self.form.end.strip() and end is None):
            return
        if end is None:
            length = USUAL_LENGTH
        elif before is not None and before < end and start != before:
            length = datetime.combine(self._today, end) - datetime.combine(self._today, before)
        else:
            return
        moved = datetime.combine(self._today, start) + length
        if moved.date() == self._today:
            self.form = replace(self.form, end=clock(moved, self._texts))

    def _take_people(self, people: Sequence[PersonId]) -> None:
        typed = self.form.participants.strip()
        count = int(typed) if typed.isdecimal() and len(typed) <= 3 else 0
        follows = count in (0, len(self.form.people)) or count < len(people)
        number = str(len(people) or "") if follows else self.form.participants
        self.form = replace(self.form, people=tuple(people), participants=number)
        self._propose_phases()

    def _change_phase(self, code: PhaseCode, **changes: Any) -> None:
        phases = tuple(replace(one, **changes) if one.code is code else one for one in self.form.phases)
        self.form = replace(self.form, phases=phases, phases_own=True)

    def _is_proposal(self, phases: Sequence[PhaseLine]) -> bool:
        """Nobody has changed these phases."""
        return not phases or any(tuple(phases) == _lines(plan) for plan in self._plans())

    def _propose_phases(self) -> None:
        if self.form.phases_own:
            return
        plan = self._fitting()
        self.form = replace(self.form, phases=() if plan is None else _lines(plan))

    def _fitting(self) -> PhasePlan | None:
        minutes = round(self.length.total_seconds() / 60)
        return fitting_plan(self._plans(), self.form.format, minutes=minutes, waves=self.waves)

    def _plans(self) -> list[PhasePlan]:
        """The scenario's own plan before those that all scenarios share."""
        version = self._lists.version(self.form.scenario)
        return [*([version.plan] if version is not None else []), *self._formats.plans]


def _lines(plan: PhasePlan) -> tuple[PhaseLine, ...]:
    return tuple(PhaseLine(one.code, str(one.minutes), one.required) for one in plan.phases)


def new_plan(
    department: DepartmentId, lead: PersonId | None, lists: PlanLists, start: datetime | None = None
) -> Plan:
    """Begin a session with the department's suitcase, at a time where one was pressed."""
    session = Session(
        id=SessionId(uuid4()),
        department_id=department,
        state=SessionState.DRAFT,
        kit_id=lists.kits[0].id if lists.kits else None,
        room_id=lists.rooms[0].id if len(lists.rooms) == 1 else None,
        planned_start=start,
        planned_end=None if start is None else start + USUAL_LENGTH,
        arena=Arena.SECTION_MEETING,
        format=FormatCode.FILM_AND_DEBRIEF,
    )
    return Plan(session=session, team=_led_by(session, lead))


def _led_by(session: Session, lead: PersonId | None) -> tuple[TeamMember, ...]:
    return () if lead is None else (TeamMember(session_id=session.id, person_id=lead, role=TeamRole.LEAD),)
