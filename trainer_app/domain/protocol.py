"""What the protocol of a session says (report 7): numbers and words, participants without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer_app.domain.heat_print import FilmHeat
from trainer_app.domain.inventory import CheckItem, CheckKind, CheckResult, LineResult
from trainer_app.domain.local_time import local_of
from trainer_app.domain.notes import ActionStatus, LearningPoint
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.playback import Receipt
from trainer_app.domain.running import Run
from trainer_app.domain.sessions import (
    Attendance,
    HeadsetAssignment,
    Objective,
    ParticipationMode,
    Session,
    SessionState,
    TeamRole,
)
from trainer_app.domain.words import Words

_NONE = timedelta(0)

PRINTED_STATES = frozenset(
    {SessionState.HELD, SessionState.CLOSED, SessionState.ANONYMISED, SessionState.ABORTED}
)
"""A protocol tells what happened; before these there is nothing to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTime:
    """A phase as planned and as held.

    ``used``: None when it was never begun, or when the session was registered afterwards.
    """

    code: PhaseCode
    name: Words
    planned: timedelta
    used: timedelta | None
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """Who had which role."""

    role: TeamRole
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action; ``owner`` is a role or a person's name."""

    what: str
    owner: str
    due: date | None
    status: ActionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveHeadsets:
    """The numbers of the headsets that were given out in a wave."""

    wave: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultLine:
    """What a check found not in order. ``headset``: its number, or None for an accessory."""

    headset: int | None
    item: CheckItem
    result: LineResult
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSummary:
    """A check of the suitcase before the session, or after it."""

    kind: CheckKind
    result: CheckResult
    faults: tuple[FaultLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A film shown to a wave. ``started_at`` is the wall time."""

    wave: int
    film: str
    started_at: datetime
    receipt: Receipt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The scenario a session was held with. ``is_approved``: clinically, in that version."""

    code: str
    version: int
    title: Words
    is_approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """How many took part, never who.

    Attributes:
        by_profession: In the order of the code list.
        by_mode: Likewise.
    """

    total: int
    by_profession: tuple[tuple[Profession, int], ...]
    by_mode: tuple[tuple[ParticipationMode, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """Report 7.

    Attributes:
        paused: All pauses of the run.
        heat: Where the group looked, film by film; empty where nobody wants it, or nothing is kept.
    """

    session: Session
    department: str
    unit: str
    room: str
    kit: str
    theme: Words | None
    scenario: Scenario | None
    format: Words | None
    debrief_model: Words | None
    team: tuple[TeamLine, ...]
    participants: Participants
    objectives: tuple[Objective, ...]
    phases: tuple[PhaseTime, ...]
    paused: timedelta
    points: tuple[LearningPoint, ...]
    actions: tuple[ActionLine, ...]
    waves: tuple[WaveHeadsets, ...]
    checks: tuple[CheckSummary, ...]
    showings: tuple[Showing, ...]
    heat: tuple[FilmHeat, ...] = ()

    @property
    def is_final(self) -> bool:
        """The session is closed: nothing in it changes any more."""
        return self.session.state in (SessionState.CLOSED, SessionState.ANONYMISED)

    @property
    def held(self) -> tuple[datetime, datetime] | None:
        """Wall times of the real start and end."""
        begin, end = self.session.actual_start, self.session.actual_end
        if begin is None or end is None:
            return None
        return local_of(begin, self.session.zone), local_of(end, self.session.zone)

    @property
    def planned_total(self) -> timedelta:
        """The sum of the planned phases."""
        return sum((phase.planned for phase in self.phases), _NONE)

    @property
    def used_total(self) -> timedelta | None:
        """The sum of the phases as held, without pauses; None when nobody knows."""
        known = [phase.used for phase in self.phases if phase.used is not None]
        return sum(known, _NONE) if known else None


def phase_times(run: Run, names: dict[PhaseCode, Words], now: datetime) -> tuple[PhaseTime, ...]:
    """Lay the phases of a run beside their plan."""
    begun = {visit.seq for visit in run.visits}
    return tuple(
        PhaseTime(
            code=phase.code,
            name=names[phase.code],
            planned=timedelta(minutes=phase.planned_min),
            used=run.used(phase.seq, now) if phase.seq in begun else None,
            skipped=phase.seq in run.skipped,
        )
        for phase in run.phases
    )


def participants_of(rows: Iterable[Attendance], people: dict[PersonId, Person]) -> Participants:
    """Count those who took part, by profession and by mode."""
    there = [row for row in rows if row.status.participated]
    professions = Counter(people[row.person_id].profession for row in there)
    modes = Counter(row.mode for row in there)
    return Participants(
        total=len(there),
        by_profession=tuple((code, professions[code]) for code in Profession if professions[code]),
        by_mode=tuple((mode, modes[mode]) for mode in ParticipationMode if modes[mode]),
    )


def headsets_by_wave(
    assignments: Sequence[HeadsetAssignment], numbers: dict[object, int]
) -> tuple[WaveHeadsets, ...]:
    """The headsets given out, wave by wave; ``numbers`` by headset id."""
    waves = sorted({row.wave for row in assignments})
    return tuple(
        WaveHeadsets(
            wave=wave,
            numbers=tuple(
                sorted(
                    numbers[row.headset_id]
                    for row in assignments
                    if row.wave == wave and row.headset_id in numbers
                )
            ),
        )
        for wave in waves
    )
