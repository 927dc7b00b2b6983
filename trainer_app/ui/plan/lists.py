"""What can be chosen in the panel, and what lies in a week; read on the database worker. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from trainer_app.domain.content_snapshots import ThemeEntry
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.kits import Kit, KitId, KitLoan
from trainer_app.domain.organisation import Department, Room, RoomId
from trainer_app.domain.people import Person, PersonId
from trainer_app.domain.scenarios import ScenarioVersion
from trainer_app.domain.sessions import Session, SessionId, SessionState, TeamMember, TeamRole
from trainer_app.services.own_settings import OwnSettings
from trainer_app.services.ports import Repositories
from trainer_app.services.scenario_choices import scenario_versions
from trainer_app.ui.plan.form import ScenarioKey


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLists:
    """All that can be chosen.

    Attributes:
        leads: Facilitators of the department, and those who visit; the person at the laptop among them.
        own: The person at the laptop.
    """

    department: Department | None = None
    rooms: tuple[Room, ...] = ()
    kits: tuple[Kit, ...] = ()
    people: tuple[Person, ...] = ()
    leads: tuple[Person, ...] = ()
    own: PersonId | None = None
    themes: tuple[ThemeEntry, ...] = ()
    versions: tuple[ScenarioVersion, ...] = ()

    def version(self, key: ScenarioKey | None) -> ScenarioVersion | None:
        """Return a scenario version."""
        return next((one for one in self.versions if (one.code, one.version) == key), None)

    def newest(self, theme: ThemeCode | None) -> ScenarioVersion | None:
        """Return the newest version of the theme's first scenario."""
        return next((one for one in self.versions if one.theme == theme), None)

    def offered(self, theme: ThemeCode | None, chosen: ScenarioKey | None) -> list[ScenarioVersion]:
        """Return the newest version of each scenario of a theme, and the one that is chosen."""
        found: dict[str, ScenarioVersion] = {}
        for one in self.versions:
            if one.theme == theme:
                found.setdefault(one.code, one)
        kept = self.version(chosen)
        return [*found.values(), *([kept] if kept is not None and kept not in found.values() else [])]

    def room(self, room_id: RoomId | None) -> Room | None:
        """Return a room."""
        return next((one for one in self.rooms if one.id == room_id), None)

    def kit(self, kit_id: KitId | None) -> Kit | None:
        """Return a suitcase."""
        return next((one for one in self.kits if one.id == kit_id), None)

    def person(self, person_id: PersonId | None) -> Person | None:
        """Return somebody of the list."""
        return next((one for one in self.people if one.id == person_id), None)

    def person_named(self, name: str) -> Person | None:
        """Return who has exactly this name, whatever its capitals."""
        wanted = name.casefold()
        return next((one for one in self.people if one.full_name.casefold() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """What lies in a stretch of days. ``leads``: who leads which session."""

    first: date
    last: date
    sessions: tuple[Session, ...] = ()
    loans: tuple[KitLoan, ...] = ()
    leads: Mapping[SessionId, str] = field(default_factory=dict)


def read_lists(stored: Repositories, own: OwnSettings) -> PlanLists:
    """Read all that can be chosen."""
    department = None if own.department_id is None else stored.departments.get(own.department_id)
    if department is None:
        return PlanLists()
    people = [one for one in stored.people.where() if one.active and one.anonymised_at is None]
    return PlanLists(
        department=department,
        rooms=tuple(one for one in stored.rooms.where(department_id=department.id) if one.active),
        kits=tuple(stored.kits.where(department_id=department.id)),
        people=tuple(people),
        leads=_leads(stored, people, department, own),
        own=own.person_id,
        themes=tuple(one for one in stored.themes.where() if one.active),
        versions=tuple(scenario_versions(stored)),
    )


def read_week(stored: Repositories, lists: PlanLists, first: date, last: date) -> WeekFacts:
    """Read the sessions of the department and of its suitcases, and the loans of these."""
    kits = {kit.id for kit in lists.kits}
    own = None if lists.department is None else lists.department.id
    sessions = [
        one
        for one in stored.sessions.between(first, last)
        if one.state is not SessionState.CANCELLED and (one.department_id == own or one.kit_id in kits)
    ]
    after = datetime.combine(last + timedelta(days=1), time())
    loans = [
        one
        for one in stored.loans.where()
        if one.kit_id in kits and one.returned_at is None
        if one.starts < after and one.ends > datetime.combine(first, time())
    ]
    return WeekFacts(
        first=first,
        last=last,
        sessions=tuple(sessions),
        loans=tuple(loans),
        leads=lead_names(stored, [one.id for one in sessions]),
    )


def lead_names(stored: Repositories, sessions: Sequence[SessionId]) -> dict[SessionId, str]:
    """Return who leads which of the sessions."""
    found: dict[SessionId, str] = {}
    for session_id in sessions:
        member = _lead(stored.team.where(session_id=session_id))
        person = None if member is None else stored.people.get(member.person_id)
        if person is not None:
            found[session_id] = person.full_name
    return found


def _lead(team: Sequence[TeamMember]) -> TeamMember | None:
    return next((one for one in team if one.role is TeamRole.LEAD), None)


def _leads(
    stored: Repositories, people: Sequence[Person], department: Department, own: OwnSettings
) -> tuple[Person, ...]:
    facilitators = {one.person_id: one for one in stored.facilitators.where()}
    return tuple(
        one
        for one in people
        if one.id == own.person_id
        or (
            one.id in facilitators and (one.department_id == department.id or facilitators[one.id].may_travel)
        )
    )
