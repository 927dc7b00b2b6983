"""Who and what is taken when: a suitcase, a room and a person can be in one session at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import UUID

from trainer_app.domain.kits import KitId, KitLoan
from trainer_app.domain.local_time import LocalPeriod, local_of
from trainer_app.domain.organisation import RoomId
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionState

STEP = timedelta(minutes=15)
"""Free times are offered on the quarter."""

BUFFER = timedelta(minutes=10)
"""To pack, to clean, and for a film that stays with somebody."""

DAY_BEGINS = time(8)
DAY_ENDS = time(16)

NOT_BOOKING = frozenset({SessionState.DRAFT, SessionState.CANCELLED})
"""Sessions in these states take nothing from anybody."""


class Resource(Enum):
    """What can be taken twice."""

    KIT = "koffert"
    ROOM = "rom"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What a session, or a loan, takes and when. ``id`` is the session's or the loan's."""

    id: UUID
    label: str
    period: LocalPeriod
    kit_id: KitId | None = None
    room_id: RoomId | None = None
    people: frozenset[PersonId] = frozenset()
    is_loan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something is wanted twice between ``starts_at`` and ``ends_at`` (UTC)."""

    resource: Resource
    resource_id: UUID
    other: Booking
    starts_at: datetime
    ends_at: datetime


def loan_booking(loan: KitLoan) -> Booking:
    """A suitcase that is away cannot be used."""
    return Booking(id=loan.id, label=loan.borrower, period=loan.period, kit_id=loan.kit_id, is_loan=True)


def conflicts(wanted: Booking, others: Iterable[Booking]) -> list[Conflict]:
    """All that ``wanted`` wants at the same time as another booking, by time."""
    found = []
    for other in others:
        if other.id == wanted.id or not wanted.period.overlaps(other.period):
            continue
        starts_at = max(wanted.period.starts_at, other.period.starts_at)
        ends_at = min(wanted.period.ends_at, other.period.ends_at)
        found += [
            Conflict(
                resource=resource, resource_id=resource_id, other=other, starts_at=starts_at, ends_at=ends_at
            )
            for resource, resource_id in _shared(wanted, other)
        ]
    return sorted(found, key=lambda c: (c.starts_at, c.resource.value, str(c.resource_id)))


def _shared(one: Booking, other: Booking) -> list[tuple[Resource, UUID]]:
    shared: list[tuple[Resource, UUID]] = []
    if one.kit_id is not None and one.kit_id == other.kit_id:
        shared.append((Resource.KIT, one.kit_id))
    if one.room_id is not None and one.room_id == other.room_id:
        shared.append((Resource.ROOM, one.room_id))
    shared += [(Resource.PERSON, person) for person in one.people & other.people]
    return shared


def moved_to(booking: Booking, start: datetime) -> Booking:
    """The booking at another wall time, as long as it was."""
    length = booking.period.end - booking.period.start
    return replace(booking, period=replace(booking.period, start=start, end=start + length))


def next_free(wanted: Booking, others: Sequence[Booking], *, days: int = 60) -> datetime | None:
    """Return the first wall time from ``wanted`` on at which nothing collides, within working hours.

    After what stood in the way there is a :data:`BUFFER`. None when no such time is found in ``days``.
    """
    latest = wanted.period.start + timedelta(days=days)
    tried = wanted
    while (start := tried.period.start) <= latest:
        inside = _within_hours(tried.period)
        if inside != start:
            tried = moved_to(tried, inside)
            continue
        in_the_way = conflicts(tried, others)
        if not in_the_way:
            return start
        free_from = max(local_of(c.other.period.ends_at, wanted.period.zone) for c in in_the_way) + BUFFER
        tried = moved_to(tried, _on_the_quarter(free_from))
    return None


def free_times(wanted: Booking, others: Sequence[Booking], *, count: int = 5) -> list[datetime]:
    """Return wall times at which nothing collides: the next one, then one on each later day that has any."""
    found: list[datetime] = []
    tried = wanted
    while len(found) < count and (start := next_free(tried, others)) is not None:
        found.append(start)
        tried = moved_to(wanted, datetime.combine(_next_working_day(start), wanted.period.start.time()))
    return found


def _within_hours(period: LocalPeriod) -> datetime:
    """The start, or the next working day's beginning when the session would not fit in its own."""
    day = period.start.date()
    fits_today = period.start.weekday() < 5 and period.end <= datetime.combine(day, DAY_ENDS)
    if fits_today:
        return max(period.start, datetime.combine(day, DAY_BEGINS))
    return datetime.combine(_next_working_day(period.start), DAY_BEGINS)


def _next_working_day(after: datetime) -> date:
    day = after.date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _on_the_quarter(moment: datetime) -> datetime:
    beyond = (moment - datetime.combine(moment.date(), time())) % STEP
    return moment if not beyond else moment + STEP - beyond
