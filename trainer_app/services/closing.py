"""After a session: who was there, what was reached, and the record that is closed over it.

Each answer is kept when it is given, so that closing can be gone on with another day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from trainer_app.domain.closing import (
    Printout,
    Reopening,
    assignments_go_at,
    likely_mode,
    printouts,
    raw_notes_go_at,
)
from trainer_app.domain.findings import Finding
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.notes import ActionItem, LearningPoint, Note
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.session_errors import (
    AlreadyListed,
    MinutesImpossible,
    SessionClosed,
    StepImpossible,
)
from trainer_app.domain.session_states import Situation, findings_for, stepped
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    HeadsetAssignment,
    Objective,
    ParticipationMode,
    Reached,
    Session,
    SessionId,
    SessionState,
)
from trainer_app.domain.typed_texts import clean_line, clean_text
from trainer_app.services.organising import NAME_LIMIT, add_person
from trainer_app.services.ports import Repositories
from trainer_app.services.setting_up import SettingUp

OVER = frozenset({SessionState.HELD, SessionState.ABORTED})
"""States in which a session waits to be closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A session that is over, with all that closing looks at.

    Attributes:
        notes: Raw notes that are still there; to keep as learning points, or let go.
        findings: What stands in the way of closing, and what should be thought of; empty once it is closed.
        prints: What can be printed now.
        most_minutes: The longest anybody can have been there; None: not known.
        notes_go_at: When the raw notes are deleted (UTC), if nothing changes.
        assignments_go_at: When it is forgotten who wore which headset (UTC).
    """

    session: Session
    attendance: tuple[Attendance, ...]
    objectives: tuple[Objective, ...]
    assignments: tuple[HeadsetAssignment, ...]
    notes: tuple[Note, ...]
    learning_points: tuple[LearningPoint, ...]
    actions: tuple[ActionItem, ...]
    findings: tuple[Finding, ...]
    prints: tuple[Printout, ...]
    most_minutes: int | None
    notes_go_at: datetime | None
    assignments_go_at: datetime | None

    @property
    def can_be_closed(self) -> bool:
        """It waits for it, and nothing blocks."""
        return self.session.state in OVER and not any(finding.blocks for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who came and is on no list, as typed.

    Attributes:
        external_org: Where a guest comes from; empty: from the session's own department.
        mode: How they took part; None: as the headsets were given out.
    """

    name: str
    profession: Profession
    external_org: str = ""
    mode: ParticipationMode | None = None


class SessionClosing:
    """Attendance, objectives, clean headsets and after-care; then the record is closed.

    What changes a session raises ``SessionClosed`` when it is closed already, and ``StepImpossible`` when it
    is not over yet.
    """

    def __init__(self, stored: Repositories, now: Callable[[], datetime]) -> None:
        self._stored = stored
        self._now = now

    def record_of(self, session_id: SessionId) -> Record | None:
        """Return a session with all that closing looks at."""
        session = self._stored.sessions.by_id(session_id)
        if session is None:
            return None
        situation = self._situation(session)
        return Record(
            session=session,
            attendance=tuple(situation.attendance),
            objectives=tuple(self._stored.objectives.where(session_id=session_id)),
            assignments=tuple(situation.assignments),
            notes=tuple(self._stored.notes.where(session_id=session_id)),
            learning_points=tuple(self._stored.learning_points.where(session_id=session_id)),
            actions=tuple(situation.actions),
            findings=tuple(_findings(situation)),
            prints=printouts(session),
            most_minutes=_most_minutes(session),
            notes_go_at=raw_notes_go_at(session),
            assignments_go_at=assignments_go_at(session),
        )

    # --- who was there -----------------------------------------------------------------------------------

    def set_attendance(
        self,
        session_id: SessionId,
        person_id: PersonId,
        status: AttendanceStatus,
        *,
        mode: ParticipationMode | None = None,
        minutes: int | None = None,
    ) -> Attendance:
        """Say how it went for one person; somebody who came without an invitation is added.

        Args:
            session_id: The session.
            person_id: The person.
            status: Who was not there has no mode, and only who was there for a part has minutes.
            mode: How they took part; None leaves it as it is, or as it was planned.
            minutes: How long they were there, for a part of it; None leaves it as it is.

        Raises:
            MinutesImpossible: less than none, or longer than the session.
        """
        with self._stored.together():
            session = self._over(session_id)
            _require_possible(minutes, session)
            known = self._stored.attendance.get(session_id, person_id)
            row = known or Attendance(session_id=session_id, person_id=person_id)
            answered = _answered(row, status, mode or self._mode_of(row, session), minutes)
            self._stored.attendance.save(answered)
            return answered

    def confirm_the_rest(self, session_id: SessionId) -> Sequence[Attendance]:
        """Record as present whom nobody has said anything of, each as it was planned; return them."""
        with self._stored.together():
            session = self._over(session_id)
            rows = self._stored.attendance.where(session_id=session_id)
            present = [
                _answered(row, _ATTENDED, self._mode_of(row, session), None)
                for row in rows
                if not row.status.is_settled
            ]
            self._stored.attendance.save(*present)
            return present

    def add_newcomer(self, session_id: SessionId, newcomer: Newcomer) -> Person:
        """Put somebody on the department's list, and on the session's as present; both, or neither.

        Whoever has the very name is taken for that person: a list knows people by their names.

        Raises:
            TextMissing: no name.
            TextTooLong: the name or where they come from; ``field`` says which.
            AlreadyListed: they are on the session's list.
        """
        name = clean_line(newcomer.name, "person", limit=NAME_LIMIT)
        with self._stored.together():
            session = self._over(session_id)
            person = self._named(name) or add_person(
                self._stored,
                name,
                newcomer.profession,
                session.department_id,
                external_org=newcomer.external_org,
            )
            if self._stored.attendance.get(session_id, person.id) is not None:
                raise AlreadyListed(field="person", name=person.full_name)
            self.set_attendance(session_id, person.id, _ATTENDED, mode=newcomer.mode)
            return person

    def take_off_list(self, session_id: SessionId, person_id: PersonId) -> None:
        """Take somebody off the list who was added by mistake."""
        with self._stored.together():
            self._over(session_id)
            self._stored.attendance.delete(session_id, person_id)

    # --- what came of it, and the equipment --------------------------------------------------------------

    def assess(self, objective: Objective, reached: Reached) -> Objective:
        """Say whether an objective was reached."""
        assessed = replace(objective, reached=reached)
        with self._stored.together():
            self._over(objective.session_id)
            self._stored.objectives.save(assessed)
        return assessed

    def set_cleaned(
        self, session_id: SessionId, headset_id: HeadsetId, cleaned: bool = True
    ) -> Sequence[HeadsetAssignment]:
        """Say whether a headset was cleaned after the session, whoever wore it; return its assignments."""
        with self._stored.together():
            self._over(session_id)
            worn = self._stored.assignments.where(session_id=session_id, headset_id=headset_id)
            said = [replace(assignment, cleaned_after=cleaned) for assignment in worn]
            self._stored.assignments.save(*said)
            return said

    def set_spoken_of(
        self, session_id: SessionId, *, contract: bool | None = None, safety: bool | None = None
    ) -> Session:
        """Say whether contract and safety information were given; None leaves it as it is."""
        with self._stored.together():
            session = self._over(session_id)
            said = replace(
                session,
                contract_reviewed=session.contract_reviewed if contract is None else contract,
                safety_info_given=session.safety_info_given if safety is None else safety,
            )
            return self._stored.sessions.save(said)

    def set_aftercare(self, session_id: SessionId, offered: bool) -> Session:
        """Say whether after-care was offered. To whom, and who took it, is never recorded."""
        with self._stored.together():
            session = self._over(session_id)
            return self._stored.sessions.save(replace(session, aftercare_offered=offered))

    # --- registering afterwards, closing, opening again --------------------------------------------------

    def register_held(self, session: Session) -> Record:
        """Say that a planned session took place, though not with the program; then it can be closed.

        Raises:
            StepBlocked: its time is not over yet.
            StepImpossible: it is no plan.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        with self._stored.together():
            return self._saved(stepped(self._situation(session), SessionState.HELD))

    def close(self, session: Session, closed_by: PersonId | None = None) -> Record:
        """Close the record; from now on it is read only, and can be printed.

        Raises:
            StepBlocked: of somebody who was invited it is not said how it went.
            StepImpossible: the session is not over, or closed already.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        with self._stored.together():
            closed = stepped(self._situation(session), SessionState.CLOSED)
            SettingUp(self._stored.settings).forget(session.id)
            return self._saved(replace(closed, closed_by=closed_by))

    def reopen(self, session: Session, reason: str, reopened_by: PersonId | None = None) -> Record:
        """Open a closed record for changes; when, by whom and why is kept.

        Raises:
            StepBlocked: no reason is given.
            StepImpossible: it is not closed.
            SessionChangedElsewhere: it has been saved since it was read.
            TextTooLong: the reason is longer than its field.
        """
        reason = clean_text(reason, "reason", limit=500).strip()
        # One that was broken off stays so.
        before = SessionState.HELD if session.abort_reason is None else SessionState.ABORTED
        with self._stored.together():
            opened = stepped(replace(self._situation(session), reason=reason), before)
            record = self._saved(opened)
            self._stored.reopenings.save(
                Reopening(session_id=session.id, at=self._now(), reason=reason, reopened_by=reopened_by)
            )
        return record

    # --- inside ------------------------------------------------------------------------------------------

    def _over(self, session_id: SessionId) -> Session:
        session = self._stored.sessions.by_id(session_id)
        if session is None:
            raise LookupError(session_id)
        if session.state in (SessionState.CLOSED, SessionState.ANONYMISED):
            raise SessionClosed(session=session.number or session.title)
        if session.state not in OVER:
            raise StepImpossible(state=session.state.value, wanted=SessionState.CLOSED.value)
        return session

    def _mode_of(self, row: Attendance, session: Session) -> ParticipationMode:
        """As it was said or planned for this person; else as the headsets were given out."""
        on_purpose = row.mode in (ParticipationMode.SCREEN, ParticipationMode.OBSERVER)
        if row.status.participated or on_purpose:
            return row.mode
        return likely_mode(row.person_id, session, self._stored.assignments.where(session_id=session.id))

    def _named(self, name: str) -> Person | None:
        known = (one for one in self._stored.people.where() if one.active and one.anonymised_at is None)
        return next((one for one in known if one.full_name.casefold() == name.casefold()), None)

    def _saved(self, session: Session) -> Record:
        record = self.record_of(self._stored.sessions.save(session).id)
        assert record is not None, "it has just been saved"
        return record

    def _situation(self, session: Session) -> Situation:
        return Situation(
            session=session,
            now=self._now(),
            attendance=self._stored.attendance.where(session_id=session.id),
            assignments=self._stored.assignments.where(session_id=session.id),
            actions=self._stored.actions.where(session_id=session.id),
        )


_ATTENDED = AttendanceStatus.ATTENDED


def _findings(situation: Situation) -> list[Finding]:
    return findings_for(situation, SessionState.CLOSED) if situation.session.state in OVER else []


def _answered(
    row: Attendance, status: AttendanceStatus, mode: ParticipationMode, minutes: int | None
) -> Attendance:
    if not status.participated:
        return replace(row, status=status, mode=ParticipationMode.NOT_APPLICABLE, minutes_present=None)
    if status is not AttendanceStatus.PARTLY:
        minutes = None
    elif minutes is None:
        minutes = row.minutes_present
    return replace(row, status=status, mode=mode, minutes_present=minutes)


def _most_minutes(session: Session) -> int | None:
    if session.actual_start is None or session.actual_end is None:
        return None
    return max(1, round((session.actual_end - session.actual_start).total_seconds() / 60))


def _require_possible(minutes: int | None, session: Session) -> None:
    most = _most_minutes(session)
    if minutes is not None and (minutes < 0 or (most is not None and minutes > most)):
        raise MinutesImpossible(minutes=minutes, most="?" if most is None else most)
