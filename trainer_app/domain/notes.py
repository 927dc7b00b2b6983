"""Notes of a session, and what they become: learning points and actions.

None of them says who said something: notes have no link to a person, and no author.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NewType
from uuid import UUID

from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionId

NoteId = NewType("NoteId", UUID)
LearningPointId = NewType("LearningPointId", UUID)
ActionId = NewType("ActionId", UUID)

RAW_NOTES_DAYS = 7
"""Raw notes are deleted so many days after their session was closed; a hospital may set another number."""


class NoteKind(Enum):
    """What a note is about."""

    OBSERVATION = "observasjon"
    LEARNING_POINT = "laeringspunkt"
    QUESTION = "sporsmal"
    PARKED = "parkert"
    TIME_MARK = "tidsmerke"
    TECHNICAL = "teknisk"


class Level(Enum):
    """Whom a learning point is for."""

    INDIVIDUAL = "individ"
    TEAM = "team"
    DEPARTMENT = "avdeling"


class Dimension(Enum):
    """What a learning point is about."""

    RESULT = "resultat"
    PROCESS = "prosess"
    COOPERATION = "samarbeid"


class Verdict(Enum):
    """What the group wants with it."""

    KEEP = "behold"
    CHANGE = "endre"
    TRY = "prov"


class ActionStatus(Enum):
    """How far an action has come."""

    OPEN = "apen"
    UNDER_WAY = "pagar"
    TRIED = "utprovd"
    CLOSED_KEPT = "lukket_beholdt"
    CLOSED_ADJUSTED = "lukket_justert"
    CLOSED_NOT_RELEVANT = "lukket_ikke_aktuell"


class PdsaStep(Enum):
    """Where in the circle of improvement an action is."""

    PLAN = "planlegge"
    DO = "utfore"
    STUDY = "kontrollere"
    ACT = "korrigere"


class ActionCategory(Enum):
    """What an action concerns."""

    ROUTINE = "rutine"
    TRAINING = "opplaering"
    EQUIPMENT = "utstyr"
    COLLABORATION = "samhandling"
    ENVIRONMENT = "miljo"
    OTHER = "annet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the facilitator wrote down.

    Attributes:
        at: UTC.
        phase_seq: The phase it was written in.
        film_s: Seconds of film when the film was showing.
        stop_point: Code of the stop-point the film stood at.
    """

    id: NoteId
    session_id: SessionId
    at: datetime
    kind: NoteKind
    text: str = ""
    phase_seq: int | None = None
    film_s: float | None = None
    stop_point: str | None = None
    promoted_to: LearningPointId | None = None

    def is_plain(self, points: Collection[LearningPointId]) -> bool:
        """It is a note still: none of these ``points`` was made of it."""
        return self.promoted_to is None or self.promoted_to not in points


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPoint:
    """What the group takes out of the room.

    Attributes:
        seq: Its place in the list.
        film_s: Seconds of film when it was written while the film was showing.
    """

    id: LearningPointId
    session_id: SessionId
    seq: int
    text: str
    level: Level | None = None
    dimension: Dimension | None = None
    verdict: Verdict | None = None
    shared: bool = False
    film_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """Who does what by when; the owner is a role, or a person.

    ``film_s``: seconds of film when it was written while the film was showing.
    """

    id: ActionId
    session_id: SessionId
    seq: int
    what: str
    why: str = ""
    how: str = ""
    learning_point_id: LearningPointId | None = None
    owner_role: str = ""
    owner_id: PersonId | None = None
    due: date | None = None
    status: ActionStatus = ActionStatus.OPEN
    pdsa_step: PdsaStep | None = None
    category: ActionCategory | None = None
    outcome: str = ""
    closed_at: datetime | None = None
    film_s: float | None = None

    @property
    def is_agreed(self) -> bool:
        """It has an owner and a due date."""
        return self.due is not None and (bool(self.owner_role) or self.owner_id is not None)


def promoted(note: Note, point_id: LearningPointId, seq: int) -> tuple[Note, LearningPoint]:
    """Make a learning point of a note."""
    point = LearningPoint(
        id=point_id, session_id=note.session_id, seq=seq, text=note.text, film_s=note.film_s
    )
    return replace(note, promoted_to=point_id), point


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesDeleted:
    """Receipt of one run of the deletion.

    Attributes:
        closed_before: UTC; sessions closed by then were concerned, or over by then and never closed.
    """

    at: datetime
    closed_before: datetime
    sessions: int
    notes: int


def notes_go_at(closed_at: datetime, days: int = RAW_NOTES_DAYS) -> datetime:
    """When the raw notes of a session closed at ``closed_at`` are deleted."""
    return closed_at + timedelta(days=days)
