"""The panel's fields as they are typed and chosen, and the plan that can be read from them. Knows no Qt.

What cannot be understood stays in its field: the form keeps every character, the plan only what makes sense.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import uuid4

from trainer_app.domain.films import ThemeCode
from trainer_app.domain.kits import KitId
from trainer_app.domain.organisation import RoomId
from trainer_app.domain.people import PersonId
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.session_errors import TextTooLong
from trainer_app.domain.session_formats import FormatCode
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import (
    Arena,
    Attendance,
    AttendanceStatus,
    Objective,
    ObjectiveId,
    Session,
    TeamMember,
    TeamRole,
)
from trainer_app.domain.typed_texts import LINE_LIMIT, clean_text
from trainer_app.domain.typed_times import nearest_year, read_date, read_time
from trainer_app.services.planning import Plan
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, short_day

MOST_PARTICIPANTS = 999
MOST_MINUTES = 600
"""Of one phase."""

PROPOSED_OBJECTIVES = 3
"""Two or three are what one session has room for."""

ScenarioKey = tuple[str, int]
"""Code and version."""


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """A learning objective, offered or chosen; ``source`` is its code in the scenario, "" for an own."""

    text: str
    source: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase of the plan; ``minutes`` as they are typed. An optional one can be left out."""

    code: PhaseCode
    minutes: str
    required: bool
    included: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """Every field of the panel.

    Attributes:
        day: As typed, like ``start``, ``end`` and ``participants``.
        phases_own: The facilitator has changed the phases: nothing replaces them unasked.
    """

    theme: ThemeCode | None = None
    scenario: ScenarioKey | None = None
    day: str = ""
    start: str = ""
    end: str = ""
    room: RoomId | None = None
    kit: KitId | None = None
    participants: str = ""
    people: tuple[PersonId, ...] = ()
    arena: Arena = Arena.SECTION_MEETING
    format: FormatCode = FormatCode.FILM_AND_DEBRIEF
    lead: PersonId | None = None
    co: PersonId | None = None
    contact: str = ""
    objectives: tuple[ObjectiveLine, ...] = ()
    debrief_model: str = ""
    phases: tuple[PhaseLine, ...] = ()
    phases_own: bool = False


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with a field: a key of the catalogue, and what its words need."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormRead:
    """What a form says: the plan, and the fields that could not be read, in the order of the panel."""

    plan: Plan
    errors: Mapping[str, FieldError]


def form_of(plan: Plan, today: date, texts: Texts) -> PlanForm:
    """Write a plan into the fields."""
    session = plan.session
    return PlanForm(
        theme=session.theme,
        scenario=_scenario_key(session),
        day="" if session.planned_start is None else day_text(session.planned_start.date(), today, texts),
        start="" if session.planned_start is None else clock(session.planned_start, texts),
        end="" if session.planned_end is None else clock(session.planned_end, texts),
        room=session.room_id,
        kit=session.kit_id,
        participants=str(session.participants) if session.participants else "",
        people=tuple(
            row.person_id for row in plan.attendance if row.status is not AttendanceStatus.WITHDRAWN
        ),
        arena=session.arena,
        format=session.format,
        lead=_member(plan, TeamRole.LEAD),
        co=_member(plan, TeamRole.CO),
        contact=session.aftercare_contact,
        objectives=tuple(ObjectiveLine(one.text, one.source, chosen=True) for one in plan.objectives),
        debrief_model=session.debrief_model,
        phases=tuple(PhaseLine(one.code, str(one.planned_min), one.required) for one in plan.phases),
        phases_own=bool(plan.phases),
    )


def read_form(form: PlanForm, base: Plan, today: date, title: str) -> FormRead:
    """Read the fields into ``base``, the plan as it was opened; ``title`` is what the session is called."""
    reading = _Reading(form, base, today)
    return FormRead(reading.plan(title), reading.errors)


def day_text(day: date, today: date, texts: Texts) -> str:
    """``tor. 19. nov.``; with the year where it would be understood as another."""
    words = short_day(day, texts)
    return words if nearest_year(day.day, day.month, today) == day else f"{words} {day.year}"


def tidied(form: PlanForm, name: str, today: date, texts: Texts) -> PlanForm:
    """Write a field the way the program writes it, once it is understood: ``1300`` becomes ``13.00``."""
    if name == "day" and (day := read_date(form.day, today)) is not None:
        return replace(form, day=day_text(day, today, texts))
    if name == "start" and (start := read_time(form.start)) is not None:
        return replace(form, start=clock(start, texts))
    if name == "end" and (end := read_time(form.end)) is not None:
        return replace(form, end=clock(end, texts))
    return form


class _Reading:
    """Reads a form field by field and gathers what cannot be read."""

    def __init__(self, form: PlanForm, base: Plan, today: date) -> None:
        self._form, self._base, self._today = form, base, today
        self.errors: dict[str, FieldError] = {}

    def plan(self, title: str) -> Plan:
        session = self._session(title)
        return replace(
            self._base,
            session=session,
            team=self._team(session),
            objectives=self._objectives(session),
            phases=self._phases(session),
            attendance=self._attendance(session),
        )

    def _session(self, title: str) -> Session:
        form = self._form
        start, end = self._times()
        return replace(
            self._base.session,
            theme=form.theme,
            title=title,
            scenario_code=None if form.scenario is None else form.scenario[0],
            scenario_version=None if form.scenario is None else form.scenario[1],
            planned_start=start,
            planned_end=end,
            room_id=form.room,
            kit_id=form.kit,
            participants=self._participants(),
            arena=form.arena,
            format=form.format,
            debrief_model=form.debrief_model,
            aftercare_contact=self._contact(),
        )

    def _times(self) -> tuple[datetime | None, datetime | None]:
        day = read_date(self._form.day, self._today)
        if day is None and self._form.day.strip():
            self.errors["day"] = FieldError("plan.error.day")
        return self._moment("start", self._form.start, day), self._moment("end", self._form.end, day)

    def _moment(self, name: str, text: str, day: date | None) -> datetime | None:
        at = read_time(text)
        if at is None and text.strip():
            self.errors[name] = FieldError("plan.error.time")
        return None if at is None or day is None else datetime.combine(day, at)

    def _participants(self) -> int:
        text, named = self._form.participants.strip(), len(self._form.people)
        if not text:
            return named
        if not (text.isdecimal() and len(text) <= 3 and int(text) <= MOST_PARTICIPANTS):
            self.errors["participants"] = FieldError("plan.error.participants")
            return named
        if int(text) < named:
            self.errors["participants"] = FieldError("plan.error.fewer_than_named", {"count": named})
        return max(int(text), named)

    def _contact(self) -> str:
        return self._line("contact", self._form.contact)

    def _line(self, name: str, text: str) -> str:
        try:
            return " ".join(clean_text(text, name, limit=LINE_LIMIT).split())
        except TextTooLong as error:
            self.errors[name] = FieldError("plan.error.too_long", error.params)
            return ""

    def _team(self, session: Session) -> tuple[TeamMember, ...]:
        kept = [one for one in self._base.team if one.role not in (TeamRole.LEAD, TeamRole.CO)]
        chosen = ((TeamRole.LEAD, self._form.lead), (TeamRole.CO, self._form.co))
        made = [
            TeamMember(session_id=session.id, person_id=person, role=role)
            for role, person in chosen
            if person is not None
        ]
        return (*made, *kept)

    def _objectives(self, session: Session) -> tuple[Objective, ...]:
        before = {(one.source, one.text): one for one in self._base.objectives}
        chosen = [line for line in self._form.objectives if line.chosen]
        found: list[Objective] = []
        for seq, line in enumerate(chosen, start=1):
            old = before.get((line.source, line.text))
            fresh = Objective(
                id=ObjectiveId(uuid4()), session_id=session.id, seq=seq, text=line.text, source=line.source
            )
            found.append(fresh if old is None else replace(old, seq=seq))
        return tuple(found)

    def _phases(self, session: Session) -> tuple[SessionPhase, ...]:
        lines = [line for line in self._form.phases if line.included or line.required]
        return tuple(
            SessionPhase(
                session_id=session.id,
                seq=seq,
                code=line.code,
                planned_min=self._minutes(line),
                required=line.required,
            )
            for seq, line in enumerate(lines, start=1)
        )

    def _minutes(self, line: PhaseLine) -> int:
        text = line.minutes.strip()
        if text.isdecimal() and len(text) <= 3 and 0 < int(text) <= MOST_MINUTES:
            return int(text)
        self.errors[f"phase.{line.code.value}"] = FieldError("plan.error.minutes")
        return 0

    def _attendance(self, session: Session) -> tuple[Attendance, ...]:
        before = {row.person_id: row for row in self._base.attendance}
        chosen = [_invited(session, person, before) for person in self._form.people]
        withdrawn = [
            row
            for row in self._base.attendance
            if row.status is AttendanceStatus.WITHDRAWN and row.person_id not in self._form.people
        ]
        return (*chosen, *withdrawn)


def _invited(session: Session, person: PersonId, before: Mapping[PersonId, Attendance]) -> Attendance:
    row = before.get(person)
    if row is None or row.status is AttendanceStatus.WITHDRAWN:
        return Attendance(session_id=session.id, person_id=person)
    return row


def _scenario_key(session: Session) -> ScenarioKey | None:
    if session.scenario_code is None or session.scenario_version is None:
        return None
    return session.scenario_code, session.scenario_version


def _member(plan: Plan, role: TeamRole) -> PersonId | None:
    return next((one.person_id for one in plan.team if one.role is role), None)


def offered_objectives(
    chosen: Sequence[ObjectiveLine], offered: Sequence[ObjectiveLine]
) -> tuple[ObjectiveLine, ...]:
    """Put what a scenario offers before what else was chosen; what is chosen stays chosen."""
    taken = {line.source: line for line in chosen if line.source and line.chosen}
    codes = {line.source for line in offered}
    first = [taken.get(line.source, line) for line in offered]
    others = [line for line in chosen if line.chosen and line.source not in codes]
    return (*first, *others)


def proposed_objectives(lines: Sequence[ObjectiveLine]) -> tuple[ObjectiveLine, ...]:
    """Choose the first ones where nobody has chosen any: without one, no session can be made ready."""
    if any(line.chosen for line in lines):
        return tuple(lines)
    return tuple(replace(line, chosen=at < PROPOSED_OBJECTIVES) for at, line in enumerate(lines))
