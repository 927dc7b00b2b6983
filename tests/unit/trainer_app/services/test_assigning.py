"""Headsets are dealt, and dealt otherwise when one fails."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.ready_session import NAMES, READY_ID, Ready, store_ready
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.sessions import AttendanceStatus, ParticipationMode
from trainer_app.library.scenarios import find_content
from trainer_app.services.assigning import Assigning, Seats
from trainer_app.services.content_keeping import keep_content
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.storage.repositories import SqlRepositories


class Evening:
    def __init__(self, stored: SqlRepositories, **wanted: object) -> None:
        content = find_content().content
        keep_content(stored, content, write_snapshot)
        self.stored = stored
        self.ready: Ready = store_ready(stored, content, **wanted)  # type: ignore[arg-type]
        self.assigning = Assigning(stored)
        self.headsets: list[HeadsetId] = [each.id for each in self.ready.headsets]


def _who(seats: Seats) -> list[tuple[int, int, str]]:
    return [(seat.wave, seat.number, seat.name.split()[0] if seat.name else "") for seat in seats.seats]


def test_seven_people_see_the_film_in_two_waves(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored, people=7)
    seats = evening.assigning.deal(READY_ID, evening.headsets)
    assert seats.waves == 2
    assert _who(seats) == [
        (1, 1, "Anne"),
        (1, 2, "Bjørn"),
        (1, 3, "Cecilie"),
        (1, 4, "David"),
        (2, 1, "Eli"),
        (2, 2, "Frida"),
        (2, 3, "Geir"),
    ]
    assert evening.assigning.seats_of(READY_ID) == seats


def test_what_was_dealt_stays_until_somebody_deals_anew(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored)
    dealt = evening.assigning.deal_once(READY_ID, evening.headsets)
    assert evening.assigning.deal_once(READY_ID, evening.headsets[:2]) == dealt
    assert evening.assigning.deal(READY_ID, evening.headsets[:4]).waves == 2


def test_who_watches_on_a_screen_or_has_withdrawn_gets_no_headset(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored)
    first, second, *_ = department_stored.attendance.where(session_id=READY_ID)
    department_stored.attendance.save(
        replace(first, mode=ParticipationMode.SCREEN), replace(second, status=AttendanceStatus.WITHDRAWN)
    )
    seats = evening.assigning.deal(READY_ID, evening.headsets)
    # Five were expected, and one of the five has withdrawn: somebody whose name is not known may come.
    assert [seat.name for seat in seats.seats] == [*NAMES[2:5], ""]


def test_people_without_names_are_counted(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored, people=2, participants=7)
    seats = evening.assigning.deal(READY_ID, evening.headsets)
    assert (seats.waves, len(seats.seats)) == (2, 7)
    assert [seat.name for seat in seats.seats][:3] == [*NAMES[:2], ""]


def test_a_failed_headsets_wearer_gets_one_that_is_free_in_the_wave(
    department_stored: SqlRepositories,
) -> None:
    evening = Evening(department_stored, people=7)
    evening.assigning.deal(READY_ID, evening.headsets)
    failed, ready = evening.headsets[1], [evening.headsets[0], *evening.headsets[2:]]
    seats = evening.assigning.do_without(READY_ID, failed, wave=1, ready=ready)
    assert (1, 5, "Bjørn") in _who(seats)
    assert (2, 4, "Frida") in _who(seats)
    assert seats.without == ()


def test_with_all_in_use_the_wearer_waits_for_the_next_wave(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored, people=7)
    four = evening.headsets[:4]
    evening.assigning.deal(READY_ID, four)
    seats = evening.assigning.do_without(READY_ID, four[0], wave=1, ready=four[1:])
    assert (2, 4, "Anne") in _who(seats)
    assert seats.without == ("Eli Fiktivsen",)


def test_with_one_wave_and_no_spare_they_go_on_with_four(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored)
    evening.assigning.deal(READY_ID, evening.headsets)
    seats = evening.assigning.do_without(READY_ID, evening.headsets[4], wave=1, ready=evening.headsets[:4])
    assert [seat.number for seat in seats.seats] == [1, 2, 3, 4]
    assert seats.without == ("Eli Fiktivsen",)


def test_a_wave_that_is_over_keeps_what_it_wore(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored, people=7)
    evening.assigning.deal(READY_ID, evening.headsets)
    seats = evening.assigning.do_without(READY_ID, evening.headsets[0], wave=2, ready=evening.headsets[1:])
    assert (1, 1, "Anne") in _who(seats)
    assert (2, 4, "Eli") in _who(seats)


def test_cleaning_between_waves_is_recorded_for_both(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored, people=7)
    evening.assigning.deal(READY_ID, evening.headsets)
    seats = evening.assigning.mark_cleaned(READY_ID, 1)
    assert all(seat.cleaned_after for seat in seats.of_wave(1))
    assert not any(seat.cleaned_after for seat in seats.of_wave(2))
    second = department_stored.assignments.where(session_id=READY_ID, wave=2)
    assert all(row.cleaned_before for row in second)
    seats = evening.assigning.mark_cleaned(READY_ID, 1, cleaned=False)  # ticked off by mistake
    assert not any(seat.cleaned_after for seat in seats.seats)
    second = department_stored.assignments.where(session_id=READY_ID, wave=2)
    assert not any(row.cleaned_before for row in second)


def test_without_headsets_nothing_is_dealt(department_stored: SqlRepositories) -> None:
    evening = Evening(department_stored)
    assert evening.assigning.deal(READY_ID, []).seats == ()
