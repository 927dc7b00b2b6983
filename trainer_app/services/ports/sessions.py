"""What the services need of stored sessions, people, suitcases and content."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol, TypeVar

from trainer_app.domain.closing import ASSIGNMENT_DAYS, AssignmentsUnlinked, Reopening
from trainer_app.domain.content_snapshots import ScenarioSnapshot, ThemeEntry
from trainer_app.domain.heat_map import KeptHeatMap
from trainer_app.domain.inventory import CheckLine, InventoryCheck
from trainer_app.domain.kits import Accessory, HeadsetFilm, Kit, KitLoan
from trainer_app.domain.notes import RAW_NOTES_DAYS, ActionItem, LearningPoint, Note, NotesDeleted
from trainer_app.domain.organisation import Department, Room, Unit
from trainer_app.domain.people import Facilitator, Person
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackRecord
from trainer_app.domain.running import Recovery, Run
from trainer_app.domain.scheduling import Booking
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import (
    Attendance,
    HeadsetAssignment,
    Objective,
    Session,
    SessionId,
    SessionState,
    TeamMember,
)
from trainer_app.services.ports.equipment import KitHeadsets
from trainer_app.services.ports.films import FilmRepository

D = TypeVar("D")


class Records(Protocol[D]):
    """Domain objects of one kind, by their key."""

    def get(self, *key: object) -> D | None:
        """Return the record with this key; of several fields in their order."""

    def where(self, **fields: object) -> Sequence[D]:
        """Return the records with these values, in order; all without any."""

    def save(self, *records: D) -> None:
        """Add records, or put them in the place of those with their keys; all or none."""

    def replace(self, records: Sequence[D], **owner: object) -> None:
        """Put these records in the place of all that have the owner's values."""

    def delete(self, *key: object) -> None:
        """Delete a record; one that is not there is no error."""


class Settings(Protocol):
    """Small settings that belong to the data."""

    def get(self, key: str) -> str | None:
        """Return what was set, or None."""

    def set(self, key: str, value: str) -> None:
        """Remember a word under a key."""

    def remove(self, key: str) -> None:
        """Forget what was set, if anything was."""

    def keys(self, prefix: str) -> Sequence[str]:
        """Return the keys that begin so."""


class ScenarioArchive(Protocol):
    """Scenario versions as sessions refer to them."""

    def keep(self, snapshot: ScenarioSnapshot) -> None:
        """Keep a version.

        Raises:
            ScenarioVersionFixed: a session refers to it, and the content is another.
        """

    def version(self, code: str, version: int) -> ScenarioSnapshot | None:
        """Return one version of a scenario."""

    def all(self) -> Sequence[ScenarioSnapshot]:
        """Return all versions, by code and version."""


class SessionRepository(Protocol):
    """Sessions; what belongs to them lies in repositories of its own."""

    def save(self, session: Session) -> Session:
        """Write a session and return it with its new ``rev``.

        Raises:
            SessionChangedElsewhere: it has been saved since ``session`` was read.
        """

    def save_numbered(self, session: Session, *, prefix: str, laptop: str) -> Session:
        """Write a session that gets the next number of its year; one that has a number keeps it.

        Raises:
            SessionChangedElsewhere: it has been saved since ``session`` was read.
        """

    def by_id(self, session_id: SessionId) -> Session | None:
        """Return the session with this id."""

    def by_number(self, number: str) -> Session | None:
        """Return the session people know by this number."""

    def all(self) -> Sequence[Session]:
        """Return all sessions by planned start; those without a date come first."""

    def in_state(self, *states: SessionState) -> Sequence[Session]:
        """Return the sessions in one of these states, by planned start."""

    def between(self, first: date, last: date) -> Sequence[Session]:
        """Return the sessions planned to begin on these days, both included, by planned start."""

    def bookings(self) -> Sequence[Booking]:
        """Return what all sessions and loans take."""

    def delete_draft(self, session_id: SessionId) -> None:
        """Delete a session that never became more than a draft."""


class RunJournal(Protocol):
    """What has happened in running sessions, written as it happens."""

    def record(self, session_id: SessionId, run: Run) -> None:
        """Write the events that are not written yet."""

    def record_step(self, session: Session, run: Run) -> Session:
        """Write a new state of the session together with the events that led to it; all or none.

        Raises:
            SessionChangedElsewhere: the session has been saved since it was read.
        """

    def heartbeat(self, session_id: SessionId, at: datetime) -> None:
        """Write a sign of life, at least every five seconds. ``at`` is UTC."""

    def load(self, session_id: SessionId) -> Run:
        """Return the run of a session as far as it is written."""

    def interrupted(self) -> Sequence[Recovery]:
        """Return the sessions that are in progress as far as the database knows."""


class NoteRepository(Records[Note], Protocol):
    """Raw notes."""

    def promote(self, note: Note, point: LearningPoint) -> None:
        """Save a learning point and the note it came from together."""

    def conclude(self, note: Note, point: LearningPoint) -> None:
        """Save a learning point in the place of the note it was typed as; both, or nothing."""

    def delete_expired(self, now: datetime, days: int = RAW_NOTES_DAYS) -> NotesDeleted | None:
        """Delete the raw notes of sessions closed, or over, ``days`` ago or longer; None: there were none."""

    def receipts(self) -> Sequence[NotesDeleted]:
        """Return what was deleted when, the oldest first."""


class AssignmentRepository(Records[HeadsetAssignment], Protocol):
    """Who wears which headset in which wave."""

    def unlink_expired(self, now: datetime, days: int = ASSIGNMENT_DAYS) -> AssignmentsUnlinked | None:
        """Take the people off the headsets of sessions over ``days`` ago; None: there was nobody."""

    def receipts(self) -> Sequence[AssignmentsUnlinked]:
        """Return how many were taken off when, the oldest first."""


class Repositories(Protocol):
    """All that is stored; a service asks for what it needs of it.

    What belongs to a closed session can be read only: writing it raises ``SessionClosed``. Of its actions,
    the follow-up (status, step, outcome) may still be written.
    """

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all that this thread writes meanwhile; an exception undoes all of it."""

    @property
    def settings(self) -> Settings:
        """Small settings."""

    @property
    def departments(self) -> Records[Department]:
        """By name."""

    @property
    def units(self) -> Records[Unit]:
        """By name."""

    @property
    def rooms(self) -> Records[Room]:
        """By name."""

    @property
    def people(self) -> Records[Person]:
        """By name."""

    @property
    def facilitators(self) -> Records[Facilitator]:
        """By person."""

    @property
    def themes(self) -> Records[ThemeEntry]:
        """In the order they are shown."""

    @property
    def scenarios(self) -> ScenarioArchive:
        """Versions that sessions refer to."""

    @property
    def films(self) -> FilmRepository:
        """The library."""

    @property
    def headsets(self) -> KitHeadsets:
        """All that were ever connected."""

    @property
    def kits(self) -> Records[Kit]:
        """By label."""

    @property
    def loans(self) -> Records[KitLoan]:
        """By begin."""

    @property
    def accessories(self) -> Records[Accessory]:
        """Of all suitcases."""

    @property
    def headset_films(self) -> Records[HeadsetFilm]:
        """The film matrix."""

    @property
    def checks(self) -> Records[InventoryCheck]:
        """By begin."""

    @property
    def check_lines(self) -> Records[CheckLine]:
        """By check and seq."""

    @property
    def sessions(self) -> SessionRepository:
        """Sessions."""

    @property
    def team(self) -> Records[TeamMember]:
        """Who runs which session."""

    @property
    def objectives(self) -> Records[Objective]:
        """By seq."""

    @property
    def phases(self) -> Records[SessionPhase]:
        """By session and seq."""

    @property
    def attendance(self) -> Records[Attendance]:
        """Who takes part in which session."""

    @property
    def assignments(self) -> AssignmentRepository:
        """Who wears which headset in which wave."""

    @property
    def reopenings(self) -> Records[Reopening]:
        """Why closed sessions were opened again, by time."""

    @property
    def journal(self) -> RunJournal:
        """What happened in running sessions."""

    @property
    def notes(self) -> NoteRepository:
        """Raw notes, by time."""

    @property
    def learning_points(self) -> Records[LearningPoint]:
        """By seq."""

    @property
    def actions(self) -> Records[ActionItem]:
        """By seq."""

    @property
    def playbacks(self) -> Records[PlaybackRecord]:
        """By begin."""

    @property
    def playback_headsets(self) -> Records[PlaybackHeadset]:
        """Which headsets were in a playback."""

    @property
    def heat_maps(self) -> Records[KeptHeatMap]:
        """Where the groups looked, one map a playback."""
