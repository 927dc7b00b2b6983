"""Participation as report 1 counts it.

A participation is an attendance row ``mott`` or ``delvis`` of a session that was held. It belongs to the
department and the unit of the person. Whoever has no minutes of their own was there as long as the session
lasted, at most as long as it was planned; of a partial attendance without minutes nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trainer_app.domain.films import ThemeCode
from trainer_app.domain.organisation import DepartmentId, UnitId
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    ParticipationMode,
    Session,
    SessionId,
    SessionState,
)

REPORTED_STATES = frozenset(
    {SessionState.HELD, SessionState.CLOSED, SessionState.ANONYMISED, SessionState.ABORTED}
)
"""Sessions that took place, whole or in part."""

COMPLETED_PERCENT = 80
"""Of the planned minutes; who was there so long has completed the session."""

SMALLEST_SHOWN = 5
"""A smaller number could point to a person where the reader is from another department."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a participation report is about; None: everything. Both days are included.

    A session belongs to the day it was held, whatever day it was planned for.
    """

    first: date | None = None
    last: date | None = None
    department_id: DepartmentId | None = None
    theme: ThemeCode | None = None

    def holds(self, session: Session) -> bool:
        """The session took place, within the period, on the theme."""
        day = session.day
        if session.state not in REPORTED_STATES or day is None:
            return False
        begun = self.first is None or self.first <= day
        ended = self.last is not None and day > self.last
        return begun and not ended and self.theme in (None, session.theme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a line of the report is about."""

    department_id: DepartmentId
    unit_id: UnitId | None
    theme: ThemeCode | None
    profession: Profession


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """One person in one session. ``minutes``: None where nobody has said how long."""

    session_id: SessionId
    person_id: PersonId
    group: Group
    mode: ParticipationMode
    minutes: float | None
    completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of a line. ``without_minutes``: participations that count no hours."""

    sessions: int = 0
    participations: int = 0
    unique: int = 0
    minutes: float = 0.0
    vr: int = 0
    screen: int = 0
    observer: int = 0
    completed: int = 0
    without_minutes: int = 0

    @property
    def hours(self) -> float:
        """Participant hours."""
        return self.minutes / 60


def participation_of(session: Session, row: Attendance, person: Person) -> Participation | None:
    """Return what an attendance row counts as; None when the person did not take part."""
    if not row.status.participated:
        return None
    minutes = _minutes(session, row)
    return Participation(
        session_id=session.id,
        person_id=person.id,
        group=Group(
            department_id=person.department_id,
            unit_id=person.unit_id,
            theme=session.theme,
            profession=person.profession,
        ),
        mode=row.mode,
        minutes=minutes,
        completed=row.status is AttendanceStatus.ATTENDED and _is_complete(session, minutes),
    )


def planned_minutes_of(session: Session) -> float | None:
    """How long a session was planned to take."""
    return None if session.period is None else session.period.duration / _MINUTE


def _minutes(session: Session, row: Attendance) -> float | None:
    if row.minutes_present is not None:
        return float(row.minutes_present)
    if row.status is AttendanceStatus.PARTLY:
        return None
    planned = planned_minutes_of(session)
    if session.actual_start is None or session.actual_end is None:
        return planned
    lasted = (session.actual_end - session.actual_start) / _MINUTE
    # A session that somebody forgot to end must not become a long day of training.
    return lasted if planned is None else min(lasted, planned)


def _is_complete(session: Session, minutes: float | None) -> bool:
    planned = planned_minutes_of(session)
    return minutes is not None and planned is not None and 100 * minutes >= COMPLETED_PERCENT * planned


def count(participations: Iterable[Participation]) -> Counts:
    """Count; a person and a session once each, however often they occur."""
    rows = list(participations)
    modes = [row.mode for row in rows]
    return Counts(
        sessions=len({row.session_id for row in rows}),
        participations=len(rows),
        unique=len({row.person_id for row in rows}),
        minutes=sum(row.minutes for row in rows if row.minutes is not None),
        vr=modes.count(ParticipationMode.VR),
        screen=modes.count(ParticipationMode.SCREEN),
        observer=modes.count(ParticipationMode.OBSERVER),
        completed=sum(row.completed for row in rows),
        without_minutes=sum(row.minutes is None for row in rows),
    )


def count_by_group(participations: Iterable[Participation]) -> dict[Group, Counts]:
    """Count each group by itself."""
    groups: dict[Group, list[Participation]] = defaultdict(list)
    for row in participations:
        groups[row.group].append(row)
    return {group: count(rows) for group, rows in groups.items()}


def is_small(number: int) -> bool:
    """A number from 1 to 4, which other departments see as ``<5``. Nothing is nobody."""
    return 0 < number < SMALLEST_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationLine:
    """A line of the report with its names; ``masks_small``: the reader is from another department."""

    department: str
    unit: str
    theme: str
    profession: Profession
    counts: Counts
    masks_small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationReport:
    """Report 1.

    Attributes:
        first: The first day asked for, or of the first session found; None: neither.
        last: The last one likewise.
        department: The one asked for; ``""``: all.
        theme: The title of the one asked for; ``""``: all.
        total: Each person and each session counted once.
    """

    first: date | None
    last: date | None
    department: str
    theme: str
    lines: tuple[ParticipationLine, ...]
    total: Counts

    @property
    def masks_small(self) -> bool:
        """Small numbers of some lines are hidden; a small sum would give them away."""
        return any(line.masks_small for line in self.lines)
