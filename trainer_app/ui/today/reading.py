"""What *I dag* is about, read on the database worker. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer_app.domain.films import Film
from trainer_app.domain.kits import FilmPresence, Headset, HeadsetCondition, Kit
from trainer_app.domain.local_time import HOME_ZONE, instant_of, local_of
from trainer_app.domain.notes import ActionItem, ActionStatus
from trainer_app.domain.organisation import Department, Room
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import AttendanceStatus, Session, SessionState, TeamRole
from trainer_app.domain.waves import WaveProposal, propose_waves
from trainer_app.services.closing import OVER
from trainer_app.services.own_settings import OwnSettings
from trainer_app.services.planning import COUNTED, Plan
from trainer_app.services.ports import Repositories
from trainer_app.services.setting_up import film_of
from trainer_app.ui.plan.titles import title_of

MOST_LATER = 3
"""Sessions listed below the next one."""

_COMING = (SessionState.PLANNED, SessionState.READY)
_OPEN_ACTIONS = frozenset({ActionStatus.OPEN, ActionStatus.UNDER_WAY})
_NOT_COMING = (AttendanceStatus.WITHDRAWN, AttendanceStatus.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSession:
    """The session that runs, or else the next one.

    Attributes:
        team: Names of those who lead with the person at the laptop: co-facilitator, or the lead.
        named: Participants whose names are known; ``confirmed`` of them have said that they come.
        film_on: On so many of the suitcase's headsets the film lay when it was last looked at.
    """

    plan: Plan
    title: str
    room: Room | None
    scenario: str
    version: int | None
    team: tuple[tuple[TeamRole, str], ...]
    named: int
    confirmed: int
    waves: WaveProposal
    film: Film | None
    headsets: int
    film_on: int

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.plan.session


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterSession:
    """A session further on in the week."""

    session: Session
    title: str
    room: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKit:
    """The department's suitcase. ``checked``: when its last check was finished, UTC; None: it never was."""

    kit: Kit
    headsets: tuple[Headset, ...]
    checked: datetime | None

    @property
    def check_due(self) -> date | None:
        """The day by which it is checked again; None: it never was."""
        if self.checked is None:
            return None
        return local_of(self.checked, HOME_ZONE).date() + timedelta(days=self.kit.check_interval_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """All of it.

    Attributes:
        later: The sessions after the next one, of this week where there are any, else the coming ones.
        later_is_this_week: Which of the two it is.
        left_in_week: How many sessions this week still has, the next one included.
        overdue: Actions that should have been done, the oldest first.
        unclosed: Sessions that were held or broken off and are not closed, the oldest first.
    """

    department: Department | None = None
    next: NextSession | None = None
    later: tuple[LaterSession, ...] = ()
    later_is_this_week: bool = True
    left_in_week: int = 0
    overdue: tuple[ActionItem, ...] = ()
    unclosed: tuple[Session, ...] = ()
    kit: OwnKit | None = None


def read_today(stored: Repositories, own: OwnSettings, now: datetime, lang: str) -> Today:
    """Read everything; ``now`` is UTC."""
    department = None if own.department_id is None else stored.departments.get(own.department_id)
    if department is None:
        return Today()
    today = local_of(now, HOME_ZONE).date()
    sessions = [one for one in stored.sessions.all() if one.department_id == department.id]
    coming = _coming(sessions, now)
    sunday = today + timedelta(days=6 - today.weekday())
    has_next = bool(coming) and coming[0].state is not SessionState.DRAFT
    after = coming[1:] if has_next else coming
    later = [one for one in after if _day(one) <= sunday]
    return Today(
        department=department,
        next=_next(stored, coming[0], own, lang) if has_next else None,
        later=tuple(_later(stored, one, lang) for one in (later or after)[:MOST_LATER]),
        later_is_this_week=bool(later),
        left_in_week=sum(_day(one) <= sunday for one in coming),
        overdue=tuple(_overdue(stored, sessions, today)),
        unclosed=tuple(one for one in sessions if one.state in OVER),
        kit=_own_kit(stored, department),
    )


def _coming(sessions: Sequence[Session], now: datetime) -> list[Session]:
    """What runs, then what can be prepared, by time; drafts only after the first of these."""
    running = [one for one in sessions if one.state is SessionState.IN_PROGRESS]
    planned = [one for one in sessions if one.state in _COMING and _ends(one) > now]
    drafts = [
        one
        for one in sessions
        if one.state is SessionState.DRAFT and one.planned_start is not None and _ends(one) > now
    ]
    first = [*running, *planned][:1]
    rest = [one for one in (*running, *planned, *drafts) if one not in first]
    return [*first, *sorted(rest, key=_day)]


def _ends(session: Session) -> datetime:
    """UTC; one without an end ends with its day."""
    end = session.planned_end
    if end is None:
        assert session.planned_start is not None
        end = session.planned_start.replace(hour=23, minute=59)
    return instant_of(end, session.zone)


def _day(session: Session) -> date:
    return date.max if session.planned_start is None else session.planned_start.date()


def _next(stored: Repositories, session: Session, own: OwnSettings, lang: str) -> NextSession:
    owner = session.id
    attendance = [row for row in stored.attendance.where(session_id=owner) if row.status not in _NOT_COMING]
    plan = Plan(
        session=session,
        team=tuple(stored.team.where(session_id=owner)),
        objectives=tuple(stored.objectives.where(session_id=owner)),
        attendance=tuple(attendance),
    )
    scenario, version = _scenario(stored, session, lang)
    headsets = _headsets(stored, session)
    film = film_of(stored, session)
    return NextSession(
        plan=plan,
        title=title_of(session, stored.themes.where(), lang),
        room=None if session.room_id is None else stored.rooms.get(session.room_id),
        scenario=scenario,
        version=version,
        team=_others(stored, plan, own.person_id),
        named=len(attendance),
        confirmed=sum(row.status is not AttendanceStatus.INVITED for row in attendance),
        waves=propose_waves(session.participants, sum(one.condition in COUNTED for one in headsets)),
        film=film,
        headsets=len(headsets),
        film_on=0 if film is None else sum(_has(stored, one, film) for one in headsets),
    )


def _scenario(stored: Repositories, session: Session, lang: str) -> tuple[str, int | None]:
    if session.scenario_code is None or session.scenario_version is None:
        return "", None
    kept = stored.scenarios.version(session.scenario_code, session.scenario_version)
    if kept is None:
        return session.scenario_code, session.scenario_version
    return (kept.title_nb if lang == "nb" else kept.title_en), kept.version


def _others(stored: Repositories, plan: Plan, own: PersonId | None) -> tuple[tuple[TeamRole, str], ...]:
    found = []
    for member in plan.team:
        person = stored.people.get(member.person_id)
        if person is not None and person.id != own and member.role in (TeamRole.LEAD, TeamRole.CO):
            found.append((member.role, person.full_name))
    return tuple(sorted(found, key=lambda one: list(TeamRole).index(one[0])))


def _headsets(stored: Repositories, session: Session) -> list[Headset]:
    """Those of the suitcase that are there."""
    gone = (HeadsetCondition.RETIRED, HeadsetCondition.MISSING, HeadsetCondition.DEFECTIVE)
    kit = session.kit_id
    return [] if kit is None else [one for one in stored.headsets.of_kit(kit) if one.condition not in gone]


def _has(stored: Repositories, headset: Headset, film: Film) -> bool:
    cell = stored.headset_films.get(headset.id, film.sha256)
    return cell is not None and cell.presence is FilmPresence.YES


def _later(stored: Repositories, session: Session, lang: str) -> LaterSession:
    room = None if session.room_id is None else stored.rooms.get(session.room_id)
    leads = [one for one in stored.team.where(session_id=session.id) if one.role is TeamRole.LEAD]
    person = stored.people.get(leads[0].person_id) if leads else None
    return LaterSession(
        session=session,
        title=title_of(session, stored.themes.where(), lang),
        room=room.name if room else "",
        lead=person.full_name if person else "",
    )


def _overdue(stored: Repositories, sessions: Sequence[Session], today: date) -> list[ActionItem]:
    own = {one.id for one in sessions}
    late = [
        one
        for one in stored.actions.where()
        if one.session_id in own and one.status in _OPEN_ACTIONS and one.due is not None and one.due < today
    ]
    return sorted(late, key=lambda one: one.due or today)


def _own_kit(stored: Repositories, department: Department) -> OwnKit | None:
    kits = stored.kits.where(department_id=department.id)
    if not kits:
        return None
    checks = stored.checks.where(kit_id=kits[0].id)
    return OwnKit(
        kit=kits[0],
        headsets=tuple(stored.headsets.of_kit(kits[0].id)),
        checked=max((one.finished_at for one in checks if one.finished_at is not None), default=None),
    )
