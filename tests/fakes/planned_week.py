"""A department with a week of sessions, as the designer's pictures have it; for tests of screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from tests.fakes.office import TestOffice
from tests.fakes.records import wall
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.kits import Headset, Kit, KitId, KitLoan, LoanId, Serial
from trainer_app.domain.organisation import Department, DepartmentId, Room, RoomId
from trainer_app.domain.people import Facilitator, Person, PersonId, Profession
from trainer_app.domain.session_phases import phases_of
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    Objective,
    ObjectiveId,
    Session,
    SessionId,
    TeamMember,
    TeamRole,
)
from trainer_app.services.own_settings import OwnSettings, save_settings
from trainer_app.services.planning import Plan

_NAMES = ("Kari Eksempelsen", "Ola Prøvestad", "Siv Testmoen", "Anne Påhittmo", "Per Oppdiktet", "Lise Tenkt")


@dataclass
class PlannedWeek:
    """Who and what there is; sessions are added by the test."""

    office: TestOffice
    rooms: list[Room] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    headsets: list[Headset] = field(default_factory=list)

    def __post_init__(self) -> None:
        stored = self.office.stored
        self.department = Department(id=DepartmentId(uuid4()), name="BUP Eksempelvik", short_name="EV")
        stored.departments.save(self.department)
        names = ("Møterom Lauv", "Møterom Bjørk")
        self.rooms = [Room(id=RoomId(uuid4()), department_id=self.department.id, name=name) for name in names]
        stored.rooms.save(*self.rooms)
        self.people = [self._person(name) for name in _NAMES]
        stored.people.save(*self.people)
        trained = date(2025, 1, 1)
        stored.facilitators.save(
            *(Facilitator(person_id=one.id, vr_training_date=trained) for one in self.people[:3])
        )
        self.kit = Kit(id=KitId(uuid4()), label="EV-1", department_id=self.department.id)
        stored.kits.save(self.kit)
        self._headsets()
        self.own = OwnSettings(person_id=self.people[0].id, department_id=self.department.id)
        save_settings(stored, self.own)

    def _person(self, name: str) -> Person:
        return Person(
            id=PersonId(uuid4()),
            full_name=name,
            profession=Profession.NURSE,
            department_id=self.department.id,
        )

    def _headsets(self) -> None:
        stored, now = self.office.stored, self.office.office.now()
        for number in range(1, 6):
            found = stored.headsets.remember(Serial(f"S{number}"), "Quest 3", None, now)
            self.headsets.append(stored.headsets.place(found.id, self.kit.id, number))

    def session(
        self,
        theme: str,
        start: str,
        end: str,
        *,
        participants: int = 5,
        lead: int = 0,
        room: int = 0,
        draft: bool = False,
        confirmed: int = 0,
    ) -> Plan:
        """Plan a session; ``confirmed`` of the people are named and have said that they come."""
        planning, content = self.office.office.services.planning, self.office.office.services.content
        entry = content.theme(ThemeCode(theme))
        assert entry is not None
        scenario = entry.scenario
        session = Session(
            id=SessionId(uuid4()),
            department_id=self.department.id,
            theme=entry.code,
            title=entry.title.words.nb,
            planned_start=wall(start),
            planned_end=wall(end),
            room_id=self.rooms[room].id,
            kit_id=self.kit.id,
            participants=participants,
            scenario_code=scenario.code,
            scenario_version=scenario.version,
            debrief_model=scenario.debrief_model,
            format=scenario.format,
            aftercare_contact="Anne Påhittmo",
        )
        named = self.people[-confirmed:] if confirmed else []
        plan = planning.save(
            Plan(
                session=session,
                team=(TeamMember(session_id=session.id, person_id=self.people[lead].id, role=TeamRole.LEAD),),
                objectives=tuple(
                    Objective(
                        id=ObjectiveId(uuid4()),
                        session_id=session.id,
                        seq=seq,
                        text=one.words.nb,
                        source=one.id,
                    )
                    for seq, one in enumerate(scenario.objectives[:2], start=1)
                ),
                phases=phases_of(session.id, scenario.plan),
                attendance=tuple(
                    Attendance(session_id=session.id, person_id=one.id, status=AttendanceStatus.CONFIRMED)
                    for one in named
                ),
            )
        )
        return plan if draft else planning.make_plan(plan, None, laptop="A")

    def lend(self, start: str, end: str) -> KitLoan:
        """Lend the suitcase."""
        loan = KitLoan(
            id=LoanId(uuid4()),
            kit_id=self.kit.id,
            borrower="Poliklinikk Sør",
            starts=wall(start),
            ends=wall(end),
        )
        self.office.stored.loans.save(loan)
        return loan
