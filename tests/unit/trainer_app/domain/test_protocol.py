"""What a protocol tells of phases, participants and headsets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.fakes.records import ANNE, KARI, a_person, a_session, phases_for
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.people import Profession
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.protocol import headsets_by_wave, participants_of, phase_times
from trainer_app.domain.running import Run
from trainer_app.domain.sessions import Attendance, AttendanceStatus, HeadsetAssignment, ParticipationMode
from trainer_app.domain.words import Words

SESSION = a_session()
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NAMES = {code: Words(nb=code.value, en=code.value) for code in PhaseCode}


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_phases_stand_with_planned_and_real_time() -> None:
    run = Run(phases=phases_for(SESSION.id)[:3]).start(NOON).next_phase(after(7)).pause(after(8))
    run = run.resume(after(10)).end(after(12))
    first, second, third = phase_times(run, NAMES, after(99))
    assert (first.planned, first.used) == (timedelta(minutes=5), timedelta(minutes=7))
    assert second.used == timedelta(minutes=3)
    assert third.used is None


def test_a_phase_left_out_says_so() -> None:
    run = Run(phases=phases_for(SESSION.id)).start(NOON)
    optional = next(phase.seq for phase in run.phases if not phase.required and phase.seq > 1)
    times = phase_times(run.skip(after(1), optional), NAMES, after(2))
    assert [time.skipped for time in times].index(True) == optional - 1


def test_a_session_registered_afterwards_has_plans_and_no_times() -> None:
    times = phase_times(Run(phases=phases_for(SESSION.id)), NAMES, NOON)
    assert {time.used for time in times} == {None}
    assert {time.planned for time in times} == {timedelta(minutes=5)}


def test_participants_are_counted_and_not_named() -> None:
    doctor = a_person("Liv Oppdiktet", Profession.DOCTOR)
    people = {person.id: person for person in (KARI, ANNE, doctor)}
    rows = [
        Attendance(session_id=SESSION.id, person_id=person, status=AttendanceStatus.ATTENDED)
        for person in people
    ]
    rows[1] = replace(rows[1], status=AttendanceStatus.ABSENT)
    found = participants_of(rows, people)
    assert found.total == 2
    assert found.by_profession == ((Profession.DOCTOR, 1), (Profession.NURSE, 1))
    assert found.by_mode == ((ParticipationMode.VR, 2),)
    assert "Kari" not in repr(found)


def test_headsets_stand_wave_by_wave_in_their_order() -> None:
    one, two = HeadsetId(uuid4()), HeadsetId(uuid4())
    rows = [
        HeadsetAssignment(session_id=SESSION.id, wave=wave, headset_id=headset)
        for wave, headset in ((2, one), (1, two), (1, one))
    ]
    waves = headsets_by_wave(rows, {one: 1, two: 2})
    assert [(wave.wave, wave.numbers) for wave in waves] == [(1, (1, 2)), (2, (1,))]
