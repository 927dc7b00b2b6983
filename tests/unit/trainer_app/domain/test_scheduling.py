"""Nothing and nobody is booked twice: every overlap is found, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.records import KIT, wall
from trainer_app.domain.kits import KitId, KitLoan, LoanId
from trainer_app.domain.local_time import LocalPeriod
from trainer_app.domain.organisation import RoomId
from trainer_app.domain.people import PersonId
from trainer_app.domain.scheduling import Booking, Resource, conflicts, loan_booking, next_free
from trainer_app.domain.session_errors import EndBeforeStart, ZoneUnknown

MINUTE = timedelta(minutes=1)
# Two nights in which Oslo changes its clocks, and a common day.
NIGHTS = [wall("2026-03-28T20:00"), wall("2026-10-24T20:00"), wall("2026-11-25T08:00")]


def _booking(start: str, end: str, **taken: object) -> Booking:
    values: dict[str, object] = {"id": uuid4(), "label": "", "kit_id": KIT.id, **taken}
    return Booking(period=LocalPeriod(start=wall(start), end=wall(end)), **values)  # type: ignore[arg-type]


def _ids(count: int) -> st.SearchStrategy[UUID]:
    return st.integers(1, count).map(lambda number: UUID(int=number))


@st.composite
def bookings(draw: st.DrawFn, base: datetime) -> Booking:
    start = base + draw(st.integers(0, 30)) * 15 * MINUTE
    # Across both changes of the clock: an hour longer than the change, so that the end stays after the start.
    end = start + draw(st.integers(5, 24)) * 15 * MINUTE
    return Booking(
        id=draw(st.uuids()),
        label="",
        period=LocalPeriod(start=start, end=end),
        kit_id=draw(st.none() | _ids(2).map(KitId)),
        room_id=draw(st.none() | _ids(2).map(RoomId)),
        people=frozenset(draw(st.sets(_ids(3).map(PersonId), max_size=3))),
    )


def _minutes(booking: Booking) -> set[int]:
    """Every minute of real time it takes, counted one by one."""
    first = round(booking.period.starts_at.timestamp() / 60)
    return set(range(first, round(booking.period.ends_at.timestamp() / 60)))


def _things(booking: Booking) -> set[tuple[Resource, UUID]]:
    things: set[tuple[Resource, UUID]] = {(Resource.PERSON, person) for person in booking.people}
    things |= {(Resource.KIT, booking.kit_id)} if booking.kit_id else set()
    things |= {(Resource.ROOM, booking.room_id)} if booking.room_id else set()
    return things


@given(st.sampled_from(NIGHTS).flatmap(lambda base: st.lists(bookings(base), min_size=2, max_size=8)))
def test_conflicts_are_those_that_counting_minutes_finds(drawn: list[Booking]) -> None:
    wanted, *others = drawn
    expected = {
        (other.id, *thing)
        for other in others
        if other.id != wanted.id and _minutes(wanted) & _minutes(other)
        for thing in _things(wanted) & _things(other)
    }
    found = conflicts(wanted, others)
    assert {(c.other.id, c.resource, c.resource_id) for c in found} == expected
    for conflict in found:
        shared = (conflict.ends_at - conflict.starts_at) // MINUTE
        assert shared == len(_minutes(wanted) & _minutes(conflict.other))


@given(st.lists(bookings(NIGHTS[2]), min_size=1, max_size=8))
def test_the_free_time_that_is_offered_is_free_and_in_working_hours(drawn: list[Booking]) -> None:
    wanted, *others = drawn
    offered = next_free(wanted, others)
    assert offered is not None
    length = wanted.period.end - wanted.period.start
    moved = replace(wanted, period=LocalPeriod(start=offered, end=offered + length))
    assert conflicts(moved, others) == []
    assert offered >= wanted.period.start
    assert offered.weekday() < 5
    assert offered.hour >= 8
    assert moved.period.end <= offered.replace(hour=16, minute=0)


def test_the_next_free_time_leaves_room_to_pack() -> None:
    taken = _booking("2026-11-19T12:30", "2026-11-19T14:00")
    wanted = _booking("2026-11-19T13:00", "2026-11-19T14:30")
    assert next_free(wanted, [taken]) == wall("2026-11-19T14:15")


def test_a_friday_without_room_gives_monday_morning() -> None:
    loan = KitLoan(
        id=LoanId(uuid4()),
        kit_id=KIT.id,
        borrower="Poliklinikk Sør",
        starts=wall("2026-11-20T12:00"),
        ends=wall("2026-11-20T16:00"),
    )
    wanted = _booking("2026-11-20T13:00", "2026-11-20T14:30")
    assert next_free(wanted, [loan_booking(loan)]) == wall("2026-11-23T08:00")


def test_one_that_begins_when_the_other_ends_does_not_collide() -> None:
    morning = _booking("2026-11-25T09:00", "2026-11-25T10:00")
    assert conflicts(_booking("2026-11-25T10:00", "2026-11-25T11:00"), [morning]) == []
    assert conflicts(morning, [morning]) == []


def test_the_hour_that_the_clocks_are_put_back_is_real_time() -> None:
    night = LocalPeriod(start=wall("2026-10-25T01:00"), end=wall("2026-10-25T04:00"))
    assert night.duration == timedelta(hours=4)
    assert LocalPeriod(start=wall("2026-03-29T01:00"), end=wall("2026-03-29T04:00")).duration == timedelta(
        hours=2
    )


def test_times_in_different_zones_are_compared_as_instants() -> None:
    oslo = _booking("2026-11-25T13:00", "2026-11-25T14:00")
    period = LocalPeriod(start=wall("2026-11-25T12:00"), end=wall("2026-11-25T13:00"), zone="Europe/London")
    assert len(conflicts(replace(oslo, id=uuid4(), period=period), [oslo])) == 1


@pytest.mark.parametrize("end", ["2026-11-25T13:00", "2026-11-25T12:00"])
def test_an_end_that_is_not_after_the_start_is_refused(end: str) -> None:
    with pytest.raises(EndBeforeStart) as caught:
        LocalPeriod(start=wall("2026-11-25T13:00"), end=wall(end))
    assert caught.value.params["start"] == "13.00"


def test_a_zone_without_rules_is_refused() -> None:
    with pytest.raises(ZoneUnknown):
        LocalPeriod(start=wall("2026-11-25T13:00"), end=wall("2026-11-25T14:00"), zone="Mars/Olympus")
