"""An evening that was held: five who came or did not, a film, notes, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from headset_agent.virtual.wearing import looks_at
from tests.fakes.films import PROBE, a_film
from tests.fakes.receipts import a_headset_receipt
from tests.fakes.records import DEPARTMENT, KIT, ROOM, wall
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.heat_gathering import HeatGathering
from trainer_app.domain.heat_map import HeatMap
from trainer_app.domain.kits import Headset, Serial
from trainer_app.domain.live_kit import Gaze
from trainer_app.domain.local_time import HOME_ZONE, instant_of
from trainer_app.domain.notes import (
    ActionId,
    ActionItem,
    LearningPoint,
    LearningPointId,
    Note,
    NoteId,
    NoteKind,
    Verdict,
)
from trainer_app.domain.organisation import Unit, UnitId, UnitType
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackId, PlaybackRecord
from trainer_app.domain.scenarios import Content
from trainer_app.domain.session_phases import SessionPhase, phases_of
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    HeadsetAssignment,
    Objective,
    ObjectiveId,
    ParticipationMode,
    Session,
    SessionId,
    SessionState,
)
from trainer_app.domain.spread import Percentiles
from trainer_app.services.heat_maps import keep_heat
from trainer_app.services.ports import Repositories

SESSION_ID = SessionId(UUID(int=100))
PLAYBACK_ID = PlaybackId(UUID(int=50))
UNITS = (
    Unit(
        id=UnitId(UUID(int=10)),
        department_id=DEPARTMENT.id,
        name="Døgnenhet Nord",
        unit_type=UnitType.INPATIENT,
    ),
    Unit(
        id=UnitId(UUID(int=11)),
        department_id=DEPARTMENT.id,
        name="Poliklinikk Sør",
        unit_type=UnitType.OUTPATIENT,
    ),
)
_PEOPLE = (
    ("Anne Påhittmo", Profession.NURSE, 0),
    ("Bjørn Demodal", Profession.SOCIAL_EDUCATOR, 0),
    ("Cecilie Latsomrud", Profession.PSYCHOLOGIST, 1),
    ("David Liksomvik", Profession.SOCIAL_WORKER, 0),
    ("Eli Fiktivsen", Profession.DOCTOR, 0),
    ("Frida Tenktberg", Profession.NURSE, 1),
)
PEOPLE = tuple(
    Person(
        id=PersonId(UUID(int=20 + place)),
        full_name=name,
        profession=profession,
        department_id=DEPARTMENT.id,
        unit_id=UNITS[unit].id,
    )
    for place, (name, profession, unit) in enumerate(_PEOPLE)
)
ELI, FRIDA = PEOPLE[4], PEOPLE[5]
"""Nobody has said yet how it went for Eli; Frida was not invited."""

_NOTES = (
    (NoteKind.OBSERVATION, 205.0, "To snakket samtidig, avstanden krympet."),
    (NoteKind.TIME_MARK, 262.0, "Stolen skyves bakover."),
    (NoteKind.QUESTION, 316.0, "Hvem la merke til blikket mot døren?"),
    (NoteKind.OBSERVATION, None, "Gruppen er uenig om når uroen startet."),
)
_POINTS = (
    (Verdict.TRY, "Én snakker, de andre rydder rommet."),
    (Verdict.KEEP, "Vi tilbyr et valg før vi gjentar regelen."),
)
_OBJECTIVES = (
    "Beskrive tidlige tegn på uro",
    "Dempe med stemme, avstand og enkle ord",
    "Samarbeide i team: én snakker, de andre støtter",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """What was stored."""

    session: Session
    phases: tuple[SessionPhase, ...]
    headsets: tuple[Headset, ...]

    def phase(self, code: PhaseCode) -> SessionPhase:
        """A phase of the plan."""
        return next(phase for phase in self.phases if phase.code is code)


def store_evening(
    stored: Repositories, content: Content, *, state: SessionState = SessionState.HELD
) -> Evening:
    """Store it; the content has been kept before. The department may be there already."""
    stored.departments.save(DEPARTMENT)
    stored.rooms.save(ROOM)
    stored.kits.save(KIT)
    stored.units.save(*UNITS)
    stored.people.save(*PEOPLE)
    session = stored.sessions.save(_session(content, state))
    theme = content.theme(ThemeCode("VOT"))
    assert theme is not None
    phases = phases_of(SESSION_ID, theme.scenario.plan)
    stored.phases.save(*phases)
    headsets = tuple(_headset(stored, number) for number in range(1, 6))
    _store_group(stored, headsets)
    _store_film(stored, headsets)
    _store_talk(stored)
    return Evening(session=session, phases=phases, headsets=headsets)


def at(clock: str) -> datetime:
    """The instant of a wall time of the evening."""
    return instant_of(wall(f"2026-11-17T{clock}"), HOME_ZONE)


def _session(content: Content, state: SessionState) -> Session:
    theme = content.theme(ThemeCode("VOT"))
    assert theme is not None
    over = state is not SessionState.IN_PROGRESS
    return Session(
        id=SESSION_ID,
        department_id=DEPARTMENT.id,
        number="EV-2026-A031",
        state=state,
        kit_id=KIT.id,
        room_id=ROOM.id,
        theme=theme.code,
        scenario_code=theme.scenario.code,
        scenario_version=theme.scenario.version,
        title="Vold og trusler",
        planned_start=wall("2026-11-17T13:00"),
        planned_end=wall("2026-11-17T14:30"),
        participants=5,
        debrief_model=theme.scenario.debrief_model,
        aftercare_contact="Siv Testmoen",
        contract_reviewed=True,
        safety_info_given=True,
        actual_start=at("13:00"),
        actual_end=at("14:28") if over else None,
    )


def _headset(stored: Repositories, number: int) -> Headset:
    known = stored.headsets.remember(Serial(f"EV{number:04d}"), "Pico G3", None, at("12:30"))
    return stored.headsets.place(known.id, KIT.id, number)


def _store_group(stored: Repositories, headsets: tuple[Headset, ...]) -> None:
    came = (AttendanceStatus.ATTENDED,) * 3 + (AttendanceStatus.PARTLY, AttendanceStatus.INVITED)
    stored.attendance.save(
        *(
            Attendance(session_id=SESSION_ID, person_id=person.id, status=status, mode=ParticipationMode.VR)
            for person, status in zip(PEOPLE, came, strict=False)
        )
    )
    stored.assignments.save(
        *(
            HeadsetAssignment(session_id=SESSION_ID, wave=1, headset_id=headset.id, person_id=person.id)
            for headset, person in zip(headsets, PEOPLE, strict=False)
        )
    )
    stored.objectives.save(
        *(
            Objective(id=ObjectiveId(UUID(int=40 + seq)), session_id=SESSION_ID, seq=seq, text=text)
            for seq, text in enumerate(_OBJECTIVES, start=1)
        )
    )


def _store_film(stored: Repositories, headsets: tuple[Headset, ...]) -> None:
    film = a_film(probe=replace(PROBE, duration_s=422.0))
    stored.films.add(film)
    playback = PlaybackRecord(
        id=PLAYBACK_ID,
        session_id=SESSION_ID,
        film_sha256=film.sha256,
        wave=1,
        started_at=at("13:24"),
        ended_at=at("13:31"),
        receipt=Receipt(
            film_sha256=film.sha256,
            start_spread_ms=6.0,
            spread_ms=Percentiles(p50=4.0, p95=9.0, p99=11.0, max=14.0),
            instants=4220,
            headsets=tuple(
                a_headset_receipt(
                    serial=headset.serial,
                    number=headset.number,
                    clock_uncertainty_ms=1.0,
                    start_error_ms=1.0,
                    corrections=1,
                )
                for headset in headsets
            ),
        ),
    )
    stored.playbacks.save(playback)
    stored.playback_headsets.save(
        *(
            PlaybackHeadset(playback_id=playback.id, headset_id=headset.id, number=headset.number)
            for headset in headsets
        )
    )


def _store_talk(stored: Repositories) -> None:
    stored.notes.save(
        *(
            Note(
                id=NoteId(UUID(int=60 + place)),
                session_id=SESSION_ID,
                at=at("13:51") - timedelta(minutes=3 - place),
                kind=kind,
                text=text,
                film_s=film_s,
            )
            for place, (kind, film_s, text) in enumerate(_NOTES)
        )
    )
    stored.learning_points.save(
        *(
            LearningPoint(
                id=LearningPointId(UUID(int=70 + seq)),
                session_id=SESSION_ID,
                seq=seq,
                text=text,
                verdict=verdict,
            )
            for seq, (verdict, text) in enumerate(_POINTS, start=1)
        )
    )
    stored.actions.save(
        ActionItem(
            id=ActionId(UUID(int=80)),
            session_id=SESSION_ID,
            seq=1,
            what="Roller og signal avtales ved vaktstart",
            owner_role="vaktansvarlig",
            due=date(2026, 12, 1),
        )
    )


def store_heat(stored: Repositories, *, headsets: int = 5) -> HeatMap:
    """Where the group of the evening's film looked, as its wearers did who are made up; all of the film."""
    gathering = HeatGathering()
    for tick in range(422 * 5):
        for wearer in range(1, headsets + 1):
            looks = looks_at(wearer, tick / 5)
            gathering.look(f"S{wearer}", tick / 5, Gaze(yaw_deg=looks.yaw_deg, pitch_deg=looks.pitch_deg))
        gathering.group_is_at(tick / 5)
    gathering.end()
    keep_heat(stored, PLAYBACK_ID, gathering.kept())
    return gathering.kept()
