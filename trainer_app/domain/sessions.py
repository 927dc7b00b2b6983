"""A session: what is planned, who leads, who takes part, and what is ticked off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from trainer_app.domain.films import ThemeCode
from trainer_app.domain.kits import HeadsetId, KitId
from trainer_app.domain.local_time import HOME_ZONE, LocalPeriod, local_of
from trainer_app.domain.organisation import DepartmentId, RoomId, UnitId
from trainer_app.domain.people import PersonId
from trainer_app.domain.session_formats import FormatCode

SessionId = NewType("SessionId", UUID)
ObjectiveId = NewType("ObjectiveId", UUID)


class SessionState(Enum):
    """Where a session stands; which may follow which stands in ``session_states``."""

    DRAFT = "utkast"
    PLANNED = "planlagt"
    READY = "klargjort"
    IN_PROGRESS = "pagar"
    HELD = "gjennomfort"
    CLOSED = "lukket"
    ANONYMISED = "anonymisert"
    CANCELLED = "avlyst"
    ABORTED = "avbrutt"


class SessionType(Enum):
    """What kind of meeting it is."""

    VR_SIMULATION = "vr_simulering"
    INFORMATION_MEETING = "informasjonsmote"
    SYSTEM_TEST = "systemtest"
    FACILITATOR_TRAINING = "fasilitatortrening"


class Arena(Enum):
    """The setting it is part of."""

    SECTION_MEETING = "seksjonsmote"
    STAFF_MEETING = "personalmote"
    DEVELOPMENT_DAY = "fagdag"
    INTRODUCTION_COURSE = "innforingskurs"
    OTHER = "annet"


class AbortReason(Enum):
    """Why a session was broken off; neutral on purpose, nothing about a person."""

    EQUIPMENT = "utstyr"
    TIME = "tid"
    CARE_FOR_PARTICIPANTS = "deltakerhensyn"
    OTHER = "annet"


class TeamRole(Enum):
    """What somebody does in a session; one person may have several."""

    LEAD = "hoved"
    CO = "med"
    OPERATOR = "operator"
    ROLE_PLAYER = "markor"
    SUBJECT_RESOURCE = "fagressurs"


class AttendanceStatus(Enum):
    """From the invitation to what happened on the day."""

    INVITED = "invitert"
    CONFIRMED = "bekreftet"
    ATTENDED = "mott"
    PARTLY = "delvis"
    ABSENT = "ikke_mott"
    WITHDRAWN = "avmeldt"

    @property
    def is_settled(self) -> bool:
        """Somebody has said how it went."""
        return self not in (AttendanceStatus.INVITED, AttendanceStatus.CONFIRMED)

    @property
    def participated(self) -> bool:
        """Counts as a participation in every report."""
        return self in (AttendanceStatus.ATTENDED, AttendanceStatus.PARTLY)


class ParticipationMode(Enum):
    """How somebody took part. Never why."""

    VR = "vr"
    SCREEN = "skjerm"
    OBSERVER = "observator"
    NOT_APPLICABLE = "ikke_aktuelt"


class Reached(Enum):
    """Whether a learning objective was reached."""

    YES = "ja"
    PARTLY = "delvis"
    NO = "nei"
    NOT_ASSESSED = "ikke_vurdert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session from its first draft to its archive.

    Attributes:
        rev: Counts what was saved; a stale one is refused.
        number: ``EV-2026-A031``; given when the draft becomes a plan.
        planned_start: Wall time in ``zone``, without a zone of its own; the end likewise.
        scenario_code: With ``scenario_version`` the scenario as it stood when it was chosen.
        participants: How many are expected.
        actual_start: UTC, as all that was recorded.
        plan_snapshot: The plan as it was frozen when the session was made ready (JSON).
    """

    id: SessionId
    department_id: DepartmentId
    rev: int = 0
    number: str | None = None
    session_type: SessionType = SessionType.VR_SIMULATION
    state: SessionState = SessionState.DRAFT
    unit_id: UnitId | None = None
    kit_id: KitId | None = None
    room_id: RoomId | None = None
    arena: Arena = Arena.OTHER
    theme: ThemeCode | None = None
    scenario_code: str | None = None
    scenario_version: int | None = None
    title: str = ""
    planned_start: datetime | None = None
    planned_end: datetime | None = None
    zone: str = HOME_ZONE
    participants: int = 0
    mandatory: bool = False
    format: FormatCode = FormatCode.FILM_AND_DEBRIEF
    debrief_model: str = ""
    content_lang: str = "nb"
    aftercare_contact: str = ""
    contract_reviewed: bool = False
    safety_info_given: bool = False
    aftercare_offered: bool = False
    actual_start: datetime | None = None
    actual_end: datetime | None = None
    cancel_reason: str = ""
    abort_reason: AbortReason | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    plan_snapshot: str | None = None

    @property
    def period(self) -> LocalPeriod | None:
        """When it is planned, once both ends are known.

        Raises:
            EndBeforeStart: the end is not after the start.
        """
        if self.planned_start is None or self.planned_end is None:
            return None
        return LocalPeriod(start=self.planned_start, end=self.planned_end, zone=self.zone)

    @property
    def planned_day(self) -> date | None:
        """The day it is planned for."""
        return None if self.planned_start is None else self.planned_start.date()

    @property
    def day(self) -> date | None:
        """The day it was held; until then, the day it is planned for."""
        if self.actual_start is None:
            return self.planned_day
        return local_of(self.actual_start, self.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Somebody who runs a session."""

    session_id: SessionId
    person_id: PersonId
    role: TeamRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A learning objective of a session; ``source`` is its code in the scenario (``INN-L1``)."""

    id: ObjectiveId
    session_id: SessionId
    seq: int
    text: str
    source: str = ""
    reached: Reached = Reached.NOT_ASSESSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One person's part in one session; ``minutes_present`` when it was not the whole."""

    session_id: SessionId
    person_id: PersonId
    status: AttendanceStatus = AttendanceStatus.INVITED
    mode: ParticipationMode = ParticipationMode.VR
    checked_in_at: datetime | None = None
    signed_on_paper: bool = False
    minutes_present: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetAssignment:
    """Who wears which headset in which wave. Why somebody ended early is never recorded."""

    session_id: SessionId
    wave: int
    headset_id: HeadsetId
    person_id: PersonId | None = None
    cleaned_before: bool = False
    cleaned_after: bool = False
    ended_early: bool = False


def session_number(prefix: str, year: int, laptop: str, count: int) -> str:
    """Return the number people know a session by: ``EV-2026-A031``.

    The letter of the laptop keeps two that number sessions offline from giving the same number twice.
    """
    return f"{prefix}-{year}-{laptop}{count:03d}"
