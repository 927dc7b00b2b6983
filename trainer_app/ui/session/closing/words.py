"""Puts the record of a session into the words of the closing view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trainer_app.domain.closing import Printout
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.notes import ActionItem
from trainer_app.domain.organisation import UnitId
from trainer_app.domain.people import Person, PersonId
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.sessions import Attendance, Reached, Session, SessionState, SessionType
from trainer_app.looks.pictures.receipt_chart import ReceiptChart, chart_of
from trainer_app.services.closing import OVER, Record
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, day_of_month
from trainer_app.ui.session.closing.shown import (
    MODES,
    STATUSES,
    AttendanceLine,
    CareShown,
    ClosingShown,
    ClosingState,
    EquipmentShown,
    NotesShown,
    ObjectiveLine,
    PersonToAdd,
    PrintoutLine,
)
from trainer_app.ui.session.debrief.lines import action_line, point_line

REACHED = (Reached.YES, Reached.PARTLY, Reached.NO, Reached.NOT_ASSESSED)
"""The answers to "Ble målet nådd?", in their order."""

_LONG_ABSENCE_S = 5.0
"""A headset that was silent for a shorter time is not worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRead:
    """A record with all the names it needs."""

    record: Record
    people: Mapping[PersonId, Person]
    units: Mapping[UnitId, str]
    room: str
    showings: tuple[PlaybackRecord, ...]
    now: datetime

    @property
    def lacks_names(self) -> bool:
        """More were expected than have a name."""
        return len(self.record.attendance) < self.record.session.participants

    def owner_of(self, action: ActionItem) -> str:
        """Who does it: a role, or the name of a person."""
        person = self.people.get(action.owner_id) if action.owner_id else None
        return action.owner_role or (person.full_name if person is not None else "")


class ClosingWords:
    """Words of one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def shown(self, read: RecordRead) -> ClosingShown:
        """The whole view."""
        record = read.record
        lines = tuple(self.line(row, read) for row in self._rows(read))
        return ClosingShown(
            about=self._about(record.session, read.room),
            is_open=record.session.state in OVER,
            people=lines,
            missing=self._missing([line.name for line in lines if line.is_missing]) or self._unnamed(read),
            objectives=tuple(
                ObjectiveLine(source=one, text=one.text, reached=REACHED.index(one.reached))
                for one in record.objectives
            ),
            points=tuple(point_line(point, self._texts) for point in record.learning_points),
            actions=tuple(action_line(one, read.owner_of(one), self._texts) for one in record.actions),
            care=CareShown(
                contract=record.session.contract_reviewed,
                safety=record.session.safety_info_given,
                aftercare=record.session.aftercare_offered,
                contact=self._contact(record.session),
            ),
            notes=self._notes(record),
            equipment=self._equipment(read),
            printouts=self._printouts(record.session),
            print_note=self._print_note(record.session),
            state=self._state(read, [line.name for line in lines if line.is_missing]),
        )

    def line(self, row: Attendance, read: RecordRead) -> AttendanceLine:
        """One row of the attendance."""
        person = read.people[row.person_id]
        took_part = row.status.participated
        return AttendanceLine(
            person_id=person.id,
            name=person.full_name,
            about=self.about_person(person, read.units),
            status=STATUSES.index(row.status) if row.status in STATUSES else None,
            mode=MODES.index(row.mode) if took_part and row.mode in MODES else None,
            minutes="" if row.minutes_present is None else str(row.minutes_present),
            is_missing=not row.status.is_settled,
        )

    def about_person(self, person: Person, units: Mapping[UnitId, str]) -> str:
        """``Sykepleier, Døgnenhet Nord``."""
        profession = self._texts(f"person.profession.{person.profession.value}")
        unit = person.external_org or (units.get(person.unit_id, "") if person.unit_id else "")
        return ", ".join(part for part in (profession, unit) if part)

    def to_add(self, people: Sequence[Person], units: Mapping[UnitId, str]) -> tuple[PersonToAdd, ...]:
        """Those who can be added to the list."""
        return tuple(
            PersonToAdd(
                person_id=one.id,
                name=one.full_name,
                words=f"{one.full_name}, {self.about_person(one, units)}",
            )
            for one in people
        )

    def day(self, day: date) -> str:
        """``24. november``."""
        return day_of_month(day, self._texts)

    # --- inside ------------------------------------------------------------------------------------------

    def _rows(self, read: RecordRead) -> list[Attendance]:
        known = [row for row in read.record.attendance if row.person_id in read.people]
        return sorted(known, key=lambda row: read.people[row.person_id].full_name)

    def _about(self, session: Session, room: str) -> str:
        number = self._texts("closing.number", number=session.number) if session.number else ""
        parts = (session.title, self._when(session), self._planned(session), room, number)
        return " · ".join(part for part in parts if part)

    def _when(self, session: Session) -> str:
        start, end = session.planned_start, session.planned_end
        if session.actual_start is not None and session.actual_end is not None:
            start = local_of(session.actual_start, session.zone)
            end = local_of(session.actual_end, session.zone)
        if start is None or end is None:
            return ""
        return f"{self.day(start)} · {clock(start, self._texts)}–{clock(end, self._texts)}"

    def _planned(self, session: Session) -> str:
        return self._of_planned_day("closing.planned", session)

    def _print_note(self, session: Session) -> str:
        return self._of_planned_day("closing.print.held", session)

    def _of_planned_day(self, key: str, session: Session) -> str:
        """Only where it was held on another day."""
        planned = session.planned_day
        if planned is None or planned == session.day:
            return ""
        return self._texts(key, day=self.day(planned))

    def _missing(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        if len(names) == 1:
            return self._texts("closing.missing.one", name=names[0])
        return self._texts("closing.missing.many", count=len(names))

    def _unnamed(self, read: RecordRead) -> str:
        """A group that was booked as a number: who came is still to be written."""
        named, expected = len(read.record.attendance), read.record.session.participants
        return self._texts("closing.unnamed", named=named, expected=expected) if read.lacks_names else ""

    def _contact(self, session: Session) -> str:
        contact = session.aftercare_contact.strip()
        return self._texts("closing.care.contact", name=contact) if contact else ""

    def _notes(self, record: Record) -> NotesShown:
        points = {point.id for point in record.learning_points}
        plain = sum(note.is_plain(points) for note in record.notes)
        facts = [self._counted("closing.notes.points", len(record.learning_points))]
        if plain and record.notes_go_at is not None:
            day = self.day(local_of(record.notes_go_at, HOME_ZONE).date())
            facts.append(self._counted("closing.notes.go", plain, day=day))
        elif not plain:
            facts.append(self._texts("closing.notes.none"))
        is_open = record.session.state in OVER
        return NotesShown(facts=tuple(facts), can_review=is_open and plain > 0)

    def _equipment(self, read: RecordRead) -> EquipmentShown:
        facts = [fact for showing in read.showings for fact in self._showing(showing, read)]
        worn = {one.headset_id: one.cleaned_after for one in read.record.assignments}
        clean = sum(worn.values())
        return EquipmentShown(
            facts=tuple(dict.fromkeys(facts)) or (self._texts("closing.equipment.no_receipt"),),
            charts=tuple(chart for showing in read.showings if (chart := self._chart(showing, read))),
            cleaned=None if not worn else clean == len(worn),
            cleaned_words=self._cleaned(clean, len(worn)),
        )

    def _cleaned(self, clean: int, worn: int) -> str:
        if 0 < clean < worn:
            return self._texts("closing.equipment.some_cleaned", clean=clean, worn=worn)
        return self._texts("closing.equipment.cleaned")

    def _showing(self, showing: PlaybackRecord, read: RecordRead) -> list[str]:
        """What the receipt tells; which wave it was, where there was more than one."""
        facts = [] if showing.receipt is None else self._receipt(showing.receipt)
        if len({one.wave for one in read.showings}) == 1:
            return facts
        return [self._texts("closing.equipment.wave", wave=showing.wave, fact=fact) for fact in facts]

    def _chart(self, showing: PlaybackRecord, read: RecordRead) -> ReceiptChart | None:
        """How far apart the headsets were over time; which wave it was, where there was more than one."""
        if showing.receipt is None:
            return None
        title = self._texts("looks.receipt_chart.title")
        if len({one.wave for one in read.showings}) > 1:
            title = self._texts("closing.equipment.wave", wave=showing.wave, fact=title)
        return chart_of(
            showing.receipt,
            title=title,
            away=self._texts("looks.receipt_chart.away"),
            milliseconds=lambda count: self._texts("looks.receipt_chart.ms", count=count),
            clock=lambda seconds: self._texts("looks.clock", seconds=seconds),
        )

    def _receipt(self, receipt: Receipt) -> list[str]:
        count = len(receipt.headsets)
        facts = []
        if receipt.spread_ms is not None:
            spread = round(receipt.spread_ms.max)
            facts.append(self._texts("closing.equipment.together", count=count, spread=spread))
        elif count == 1:
            facts.append(self._texts("closing.equipment.alone", number=receipt.headsets[0].number))
        for headset in receipt.headsets:
            longest = max(headset.away, key=lambda away: away.length_s, default=None)
            if longest is not None and longest.length_s >= _LONG_ABSENCE_S:
                key = f"closing.equipment.absent.{longest.cause.value}"
                facts.append(self._texts(key, number=headset.number, seconds=round(longest.length_s)))
        facts += [
            self._texts("closing.equipment.own_player", number=one.number) for one in receipt.unsynchronised
        ]
        return facts

    def _printouts(self, session: Session) -> tuple[PrintoutLine, ...]:
        if session.session_type is SessionType.SYSTEM_TEST:
            return ()
        day = "" if session.day is None else self.day(session.day)
        return (
            PrintoutLine(kind=Printout.PROTOCOL, words=self._texts("closing.print.protocol")),
            PrintoutLine(
                kind=Printout.PARTICIPATION, words=self._texts("closing.print.participation", day=day)
            ),
        )

    def _state(self, read: RecordRead, missing: Sequence[str]) -> ClosingState:
        record, state = read.record, read.record.session.state
        fact, cause = self._standing(read, missing)
        soft = [finding for finding in record.findings if not finding.blocks]
        period = record.session.period
        is_past = period is not None and period.ends_at <= read.now
        return ClosingState(
            fact=fact,
            cause=cause,
            ready=self._ready(read),
            warnings=tuple(self._texts(finding.key, **finding.params) for finding in soft),
            can_close=record.can_be_closed,
            can_reopen=state is SessionState.CLOSED,
            can_register=state is SessionState.PLANNED and is_past,
            can_show_protocol=state in OVER or state in (SessionState.CLOSED, SessionState.ANONYMISED),
        )

    def _standing(self, read: RecordRead, missing: Sequence[str]) -> tuple[str, str]:
        session = read.record.session
        if session.state is SessionState.CLOSED:
            return self._closed(read)
        if session.state is SessionState.PLANNED:
            return self._texts("closing.not_held.fact"), self._texts("closing.not_held.cause")
        if len(missing) == 1:
            return (
                self._texts("closing.blocked.one"),
                self._texts("closing.blocked.choose_one", name=missing[0]),
            )
        if missing:
            return (
                self._texts("closing.blocked.many", count=len(missing)),
                self._texts("closing.blocked.choose_many"),
            )
        return "", ""

    def _ready(self, read: RecordRead) -> tuple[str, str]:
        """That nothing stands in the way, and what is known of everybody."""
        if not read.record.can_be_closed:
            return "", ""
        everybody = bool(read.record.attendance) and not read.lacks_names
        return self._texts("closing.ready.fact"), self._texts("closing.ready.everybody") if everybody else ""

    def _closed(self, read: RecordRead) -> tuple[str, str]:
        session = read.record.session
        if session.closed_at is None:
            return self._texts("closing.closed.fact"), ""
        at = local_of(session.closed_at, session.zone)
        words = {"day": self.day(at), "time": clock(at, self._texts)}
        person = read.people.get(session.closed_by) if session.closed_by else None
        if person is None:
            return self._texts("closing.closed.fact"), self._texts("closing.closed.when", **words)
        cause = self._texts("closing.closed.when_by", name=person.full_name, **words)
        return self._texts("closing.closed.fact"), cause

    def _counted(self, key: str, count: int, **params: object) -> str:
        return self._texts(f"{key}.{'one' if count == 1 else 'many'}", count=count, **params)
