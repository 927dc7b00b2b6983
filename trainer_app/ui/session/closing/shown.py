"""What the closing view shows, as ready words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from trainer_app.domain.closing import Printout
from trainer_app.domain.people import PersonId, Profession
from trainer_app.domain.sessions import AttendanceStatus, Objective, ParticipationMode
from trainer_app.looks.pictures.receipt_chart import ReceiptChart
from trainer_app.ui.session.debrief.lines import GatheredLine

STATUSES = (AttendanceStatus.ATTENDED, AttendanceStatus.PARTLY, AttendanceStatus.ABSENT)
"""The answers of a row, in their order."""

MODES = (ParticipationMode.VR, ParticipationMode.SCREEN, ParticipationMode.OBSERVER)
"""The modes of a row, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """One person.

    Attributes:
        about: Profession and unit.
        status: Place in :data:`STATUSES`; None: nothing of the kind is said yet.
        mode: Place in :data:`MODES`; None while nobody has said that they took part.
        minutes: As typed; empty: not known.
        is_missing: Nobody has said how it went.
    """

    person_id: PersonId
    name: str
    about: str
    status: int | None
    mode: int | None
    minutes: str
    is_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveLine:
    """A learning objective; ``reached``: place among the answers."""

    source: Objective
    text: str
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CareShown:
    """What was given and offered."""

    contract: bool
    safety: bool
    aftercare: bool
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesShown:
    """What becomes of the notes. ``can_review``: there are some, and the record is open."""

    facts: tuple[str, ...]
    can_review: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentShown:
    """How the film was shown, and whether the headsets are clean; ``cleaned`` None: none was worn.

    ``charts``: one a showing, of those that have something to show.
    """

    facts: tuple[str, ...]
    charts: tuple[ReceiptChart, ...]
    cleaned: bool | None
    cleaned_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintoutLine:
    """Something that can be printed."""

    kind: Printout
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingState:
    """Where closing stands.

    Attributes:
        fact: What is the case: what is missing, that it is closed, that it has not been held.
        cause: What to do about it, or when and by whom.
        ready: Fact and cause where nothing is missing any more; else empty.
        warnings: What should be thought of, and may be passed over.
        can_close: Nothing blocks.
        can_reopen: It is closed.
        can_register: It is planned, and its time is over.
        can_show_protocol: There is something to tell.
    """

    fact: str
    cause: str
    ready: tuple[str, str]
    warnings: tuple[str, ...]
    can_close: bool
    can_reopen: bool
    can_register: bool
    can_show_protocol: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingShown:
    """All of the view.

    Attributes:
        is_open: Answers can be given and changed.
        points: The learning points, as the protocol has them; the actions likewise.
        print_note: Which day the papers count, where it is not the planned one.
    """

    about: str
    is_open: bool
    people: tuple[AttendanceLine, ...]
    missing: str
    objectives: tuple[ObjectiveLine, ...]
    points: tuple[GatheredLine, ...]
    actions: tuple[GatheredLine, ...]
    care: CareShown
    notes: NotesShown
    equipment: EquipmentShown
    printouts: tuple[PrintoutLine, ...]
    print_note: str
    state: ClosingState


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteToReview:
    """A raw note while the notes are gone through; one without a word of its own cannot be kept."""

    id: UUID
    icon: str
    about: str
    text: str
    can_keep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPaper:
    """A paper that could not be saved.

    Attributes:
        name: Proposed for its file.
        paper: Makes it again.
    """

    name: str
    fact: str
    cause: str
    paper: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToAdd:
    """Somebody who is not on the list. ``words``: name, profession and unit."""

    person_id: PersonId
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerTyped:
    """Somebody who is on no list, as typed. ``mode``: place in :data:`MODES`; None: not said."""

    name: str
    profession: Profession
    external_org: str
    mode: int | None
