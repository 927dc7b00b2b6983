"""Every kind of record comes back from the database as it went in, and only where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.films import a_film
from tests.fakes.records import (
    ANNE,
    DEPARTMENT,
    KARI,
    KIT,
    NOON,
    ROOM,
    THEME,
    a_person,
    a_session,
    phases_for,
)
from trainer_app.domain.absences import Absence, AbsenceCause
from trainer_app.domain.histories import History
from trainer_app.domain.inventory import CheckId, CheckKind, InventoryCheck, LineResult, quick_questions
from trainer_app.domain.kits import (
    Accessory,
    AccessoryId,
    FilmPresence,
    HeadsetCondition,
    HeadsetFilm,
    ItemType,
    KitLoan,
    LoanId,
    Serial,
)
from trainer_app.domain.notes import (
    ActionCategory,
    ActionId,
    ActionItem,
    LearningPoint,
    LearningPointId,
    Level,
    Note,
    NoteId,
    NoteKind,
    PdsaStep,
    Verdict,
)
from trainer_app.domain.organisation import Unit, UnitId, UnitType
from trainer_app.domain.people import Facilitator
from trainer_app.domain.playback import HeadsetReceipt, Receipt, Unsynchronised
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackId, PlaybackRecord
from trainer_app.domain.seen_picture import PictureWay, SeenPicture
from trainer_app.domain.session_errors import HeadsetNumberTaken
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    HeadsetAssignment,
    Objective,
    ObjectiveId,
    ParticipationMode,
    Reached,
    TeamMember,
    TeamRole,
)
from trainer_app.domain.spread import Percentiles
from trainer_app.storage.database import Database
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.storage.tables.organisation import PersonRow

RECEIPT = Receipt(
    film_sha256="ab" * 32,
    start_spread_ms=4.5,
    spread_ms=Percentiles(p50=1.0, p95=2.0, p99=3.0, max=9.0),
    instants=600,
    headsets=(
        HeadsetReceipt(
            serial="S1",
            number=1,
            clock_offset_ms=0.1,
            clock_uncertainty_ms=0.4,
            clock_drift_ppm=-20.0,
            clock_at_ns=123_456_789_012,
            start_error_ms=None,
            corrections=3,
            seeks=0,
            stalls=0,
            absences_s=((1.5, 2.5),),
            absences=(Absence(begin_s=1.5, end_s=2.5, cause=AbsenceCause.LOST),),
            ahead=History(step_s=2, low_ms=(-1.5, None), high_ms=(0.5, None)),
            picture=SeenPicture(ways=(PictureWay.LAYER, PictureWay.SPHERE), behind_ms=16.7),
        ),
    ),
    spread=History(step_s=1, low_ms=(1.0, None), high_ms=(9.0, None)),
    unsynchronised=(Unsynchronised(serial="S5", number=5, accepted_s=1.5, joined_late=True),),
)


def test_the_organisation_comes_back_as_it_was(stored: SqlRepositories) -> None:
    unit = Unit(
        id=UnitId(uuid4()), department_id=DEPARTMENT.id, name="Døgnenhet Nord", unit_type=UnitType.INPATIENT
    )
    stored.units.save(unit)
    person = replace(a_person("Åse Ørnæs"), unit_id=unit.id, is_new_employee=True, external_org="Bydel Sør")
    stored.people.save(person)
    facilitator = Facilitator(
        person_id=person.id, course_name="Grunnkurs", course_date=date(2024, 2, 29), may_travel=True
    )
    stored.facilitators.save(facilitator)
    assert stored.departments.where() == [DEPARTMENT]
    assert stored.rooms.get(ROOM.id) == ROOM
    assert stored.units.get(unit.id) == unit
    assert stored.people.get(person.id) == person
    assert stored.facilitators.get(person.id) == facilitator
    assert stored.themes.where() == [THEME]


def test_the_suitcase_comes_back_as_it_was(stored: SqlRepositories) -> None:
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    stored.films.add(a_film())
    cell = HeadsetFilm(
        headset_id=headset.id,
        film_sha256=a_film().sha256,
        presence=FilmPresence.WRONG_VERSION,
        checked_at=NOON,
    )
    accessory = Accessory(
        id=AccessoryId(uuid4()), kit_id=KIT.id, item_type=ItemType.FACE_COVER, quantity_expected=50
    )
    loan = KitLoan(
        id=LoanId(uuid4()),
        kit_id=KIT.id,
        borrower="Poliklinikk Sør",
        starts=datetime.fromisoformat("2026-03-28T12:00"),
        ends=datetime.fromisoformat("2026-03-30T12:00"),
    )
    stored.headset_films.save(cell)
    stored.accessories.save(accessory)
    stored.loans.save(loan)
    assert stored.kits.where(label="EV-1") == [KIT]
    assert stored.headset_films.where(headset_id=headset.id) == [cell]
    assert stored.accessories.where(kit_id=KIT.id) == [accessory]
    assert stored.loans.get(loan.id) == loan


def test_what_belongs_to_a_session_comes_back_in_order(stored: SqlRepositories) -> None:
    session = stored.sessions.save(a_session(kit_id=KIT.id, room_id=ROOM.id))
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    team = TeamMember(session_id=session.id, person_id=KARI.id, role=TeamRole.LEAD)
    objectives = [
        Objective(
            id=ObjectiveId(uuid4()), session_id=session.id, seq=n, text=f"Mål {n}", reached=Reached.PARTLY
        )
        for n in (1, 2, 3)
    ]
    attendance = Attendance(
        session_id=session.id,
        person_id=ANNE.id,
        status=AttendanceStatus.PARTLY,
        mode=ParticipationMode.OBSERVER,
        checked_in_at=NOON,
        minutes_present=42,
    )
    worn = HeadsetAssignment(
        session_id=session.id, wave=2, headset_id=headset.id, person_id=ANNE.id, cleaned_before=True
    )
    stored.team.save(team)
    stored.objectives.save(*reversed(objectives))
    stored.phases.save(*phases_for(session.id))
    stored.attendance.save(attendance)
    stored.assignments.save(worn)
    assert stored.team.where(session_id=session.id) == [team]
    assert stored.objectives.where(session_id=session.id) == objectives
    assert stored.phases.where(session_id=session.id) == list(phases_for(session.id))
    assert stored.attendance.get(session.id, ANNE.id) == attendance
    assert stored.attendance.where(status=AttendanceStatus.PARTLY) == [attendance]
    assert stored.assignments.where(session_id=session.id, wave=2) == [worn]


def test_what_comes_of_a_session_comes_back_as_it_was(stored: SqlRepositories) -> None:
    session = stored.sessions.save(a_session())
    point = LearningPoint(
        id=LearningPointId(uuid4()),
        session_id=session.id,
        seq=1,
        text="Én snakker, de andre rydder rommet.",
        level=Level.TEAM,
        verdict=Verdict.TRY,
    )
    note = Note(
        id=NoteId(uuid4()),
        session_id=session.id,
        at=NOON,
        kind=NoteKind.LEARNING_POINT,
        text="To linjer\nmed 😀",
        phase_seq=5,
        film_s=252.4,
        stop_point="S1",
        promoted_to=point.id,
    )
    action = ActionItem(
        id=ActionId(uuid4()),
        session_id=session.id,
        seq=1,
        what="Roller avtales ved vaktstart",
        learning_point_id=point.id,
        owner_role="vaktansvarlig",
        due=date(2026, 12, 1),
        pdsa_step=PdsaStep.DO,
        category=ActionCategory.ROUTINE,
    )
    stored.learning_points.save(point)
    stored.notes.save(note)
    stored.actions.save(action)
    assert stored.learning_points.where(session_id=session.id) == [point]
    assert stored.notes.where(session_id=session.id) == [note]
    assert stored.actions.get(action.id) == action


def test_a_playback_keeps_its_receipt(stored: SqlRepositories) -> None:
    session = stored.sessions.save(a_session())
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    stored.films.add(a_film())
    playback = PlaybackRecord(
        id=PlaybackId(uuid4()),
        session_id=session.id,
        film_sha256=a_film().sha256,
        wave=1,
        started_at=NOON,
    )
    stored.playbacks.save(playback)
    assert stored.playbacks.get(playback.id) == playback
    ended = replace(playback, ended_at=NOON + timedelta(minutes=7), receipt=RECEIPT)
    stored.playbacks.save(ended)
    worn = PlaybackHeadset(playback_id=playback.id, headset_id=headset.id, number=1)
    stored.playback_headsets.save(worn)
    assert stored.playbacks.where(session_id=session.id) == [ended]
    assert stored.playback_headsets.where(playback_id=playback.id) == [worn]


def test_a_check_keeps_its_answers(stored: SqlRepositories) -> None:
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    check = InventoryCheck(
        id=CheckId(uuid4()), kit_id=KIT.id, kind=CheckKind.QUICK_BEFORE, started_at=NOON, performed_by=KARI.id
    )
    lines = quick_questions(check.id, [headset])
    lines[1] = replace(lines[1], result=LineResult.LOW_STOCK, battery_percent=38)
    stored.checks.save(check)
    stored.check_lines.save(*lines)
    assert stored.checks.get(check.id) == check
    assert stored.check_lines.where(check_id=check.id) == lines


def test_replacing_what_belongs_to_one_leaves_the_others_alone(stored: SqlRepositories) -> None:
    here, there = (stored.sessions.save(a_session()) for _ in range(2))
    for session in (here, there):
        stored.phases.save(*phases_for(session.id))
    fewer = phases_for(here.id, minutes=9)[:4]
    stored.phases.replace(fewer, session_id=here.id)
    assert stored.phases.where(session_id=here.id) == list(fewer)
    assert stored.phases.where(session_id=there.id) == list(phases_for(there.id))


def test_all_or_none_is_saved(stored: SqlRepositories) -> None:
    good, orphan = a_person("God"), replace(a_person("Løs"), unit_id=UnitId(uuid4()))
    with pytest.raises(IntegrityError):
        stored.people.save(good, orphan)
    assert stored.people.get(good.id) is None


def test_a_row_tells_who_made_it_and_who_changed_it(database: Database, stored: SqlRepositories) -> None:
    person = a_person("Ola Prøvestad")
    database.author = KARI.id
    stored.people.save(person)
    database.author = ANNE.id
    stored.people.save(replace(person, active=False))
    with database.reading() as session:
        row = session.get_one(PersonRow, person.id)
        assert (row.created_by, row.updated_by, row.rev) == (KARI.id, ANNE.id, 2)
        assert row.created_at.tzinfo is UTC


def test_a_headset_is_placed_and_keeps_its_number_when_seen_again(stored: SqlRepositories) -> None:
    first, second = (stored.headsets.remember(Serial(s), "Quest 3", None, NOON) for s in ("A", "B"))
    placed = stored.headsets.place(second.id, KIT.id)
    assert (placed.kit_id, placed.number) == (KIT.id, 1)
    assert stored.headsets.place(second.id, KIT.id) == placed
    with pytest.raises(HeadsetNumberTaken):
        stored.headsets.place(first.id, KIT.id, number=1)
    assert stored.headsets.place(first.id, KIT.id, number=5).number == 5
    stored.headsets.set_condition(second.id, HeadsetCondition.DEFECTIVE, NOON, "stroppen løsner")
    again = stored.headsets.remember(Serial("B"), "Quest 3", "10.0.0.2:5555", NOON)
    assert (again.number, again.condition) == (1, HeadsetCondition.DEFECTIVE)
    assert [headset.number for headset in stored.headsets.of_kit(KIT.id)] == [1, 5]


def test_a_setting_is_remembered(stored: SqlRepositories) -> None:
    assert stored.settings.get("laptop.letter") is None
    stored.settings.set("laptop.letter", "A")
    stored.settings.set("laptop.letter", "B")
    assert stored.settings.get("laptop.letter") == "B"
