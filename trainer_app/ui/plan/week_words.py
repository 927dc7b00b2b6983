"""The week as the calendar shows it: sessions, loans, and the one that is being edited. Knows no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from trainer_app.domain.kits import KitLoan
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import (
    clock,
    long_day,
    monday_of,
    sentence_case,
    short_day,
    short_weekday,
    times,
    week_days,
)
from trainer_app.texts.kit_words import said_once
from trainer_app.ui.plan.lists import PlanLists, WeekFacts
from trainer_app.ui.plan.titles import title_of
from trainer_app.ui.widgets.week_layout import EventKind, Week, WeekDay, WeekEvent

FIRST_HOUR, LAST_HOUR = 8, 18
"""Shown at least."""

WORKING_DAYS = 5
_DAY_MIN = 24 * 60
_SHORTEST_MIN = 15
"""An event is drawn at least so long."""

_KINDS = {
    SessionState.DRAFT: (EventKind.DRAFT, "pencil-simple"),
    SessionState.PLANNED: (EventKind.SESSION, "calendar-check"),
    SessionState.READY: (EventKind.SESSION, "check-square"),
    SessionState.IN_PROGRESS: (EventKind.SESSION, "play"),
    SessionState.HELD: (EventKind.PAST, "check-circle"),
    SessionState.CLOSED: (EventKind.PAST, "lock-simple"),
    SessionState.ANONYMISED: (EventKind.PAST, "user-minus"),
    SessionState.ABORTED: (EventKind.PAST, "stop-circle"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShown:
    """What stands above the calendar, and in it."""

    heading: str
    days: str
    week: Week
    is_this_week: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The session in the panel, as its fields say; ``collides``: ids of what it collides with."""

    session: Session
    lead: str = ""
    is_new: bool = False
    collides: Collection[UUID] = ()


def week_shown(
    facts: WeekFacts, lists: PlanLists, edited: Edited | None, now: datetime, texts: Texts
) -> WeekShown:
    """Put a week into words; ``now`` is the wall time."""
    monday = monday_of(facts.first)
    events = list(_events(facts, lists, edited, texts))
    at_weekend = any(event.day >= WORKING_DAYS and event.kind is not EventKind.BLOCKED for event in events)
    count = 7 if at_weekend else WORKING_DAYS
    events = [event for event in events if event.day < count]
    days = [monday + timedelta(days=at) for at in range(count)]
    return WeekShown(
        heading=texts("plan.week", week=monday.isocalendar().week),
        days=_days(days, now.date(), texts),
        week=Week(
            days=tuple(_day(day, now.date(), texts) for day in days),
            events=tuple(events),
            hours=_hours(events),
            now_min=now.hour * 60 + now.minute if now.date() in days else None,
        ),
        is_this_week=monday == monday_of(now.date()),
    )


def _days(days: Sequence[date], today: date, texts: Texts) -> str:
    """At the weekend it is said that the week shown is the one to come."""
    words = week_days(days[0], days[-1], texts)
    is_coming = today.weekday() >= WORKING_DAYS and days[0] == monday_of(today) + timedelta(days=7)
    return texts("plan.coming_week", days=words) if is_coming else words


def _day(day: date, today: date, texts: Texts) -> WeekDay:
    return WeekDay(
        weekday=short_weekday(day, texts),
        date=f"{day.day}{'.' if texts.lang == 'nb' else ''}",
        spoken=long_day(day, texts),
        is_today=day == today,
    )


def _hours(events: Sequence[WeekEvent]) -> tuple[int, int]:
    timed = [event for event in events if event.kind is not EventKind.BLOCKED]
    first = min((event.start_min // 60 for event in timed), default=FIRST_HOUR)
    last = max((-(-event.end_min // 60) for event in timed), default=LAST_HOUR)
    return min(first, FIRST_HOUR), max(last, LAST_HOUR)


def _events(facts: WeekFacts, lists: PlanLists, edited: Edited | None, texts: Texts) -> Iterator[WeekEvent]:
    monday = monday_of(facts.first)
    collides = set() if edited is None else set(edited.collides)
    for session in facts.sessions:
        if edited is None or session.id != edited.session.id:
            lines = _lines(session, facts.leads.get(session.id, ""), lists, texts)
            title = title_of(session, lists.themes, texts.lang)
            yield from _session(session, title, lines, monday, texts, conflicts=session.id in collides)
    for loan in facts.loans:
        yield from _loan(loan, lists, monday, texts, conflicts=loan.id in collides)
    if edited is not None:
        title = title_of(edited.session, lists.themes, texts.lang)
        lines = _edited_lines(edited, lists, texts)
        yield from _session(
            edited.session, title, lines, monday, texts, conflicts=bool(collides), edited=edited
        )


def _session(
    session: Session,
    title: str,
    lines: tuple[str, ...],
    monday: date,
    texts: Texts,
    *,
    conflicts: bool,
    edited: Edited | None = None,
) -> Iterator[WeekEvent]:
    start, end = session.planned_start, session.planned_end
    if start is None or not 0 <= (start.date() - monday).days < 7:
        return
    kind, icon = _KINDS[session.state]
    start_min = start.hour * 60 + start.minute
    shown_end = end if end is not None and end > start else start + timedelta(hours=1)
    yield WeekEvent(
        key=str(session.id),
        day=(start.date() - monday).days,
        start_min=start_min,
        end_min=_end_min(start_min, start, shown_end),
        title=title or texts("plan.no_theme"),
        times=clock(start, texts) if end is None else times(start, end, texts),
        icon=icon,
        lines=lines,
        kind=kind,
        is_edited=edited is not None,
        conflicts=conflicts,
    )


def _end_min(start_min: int, start: datetime, end: datetime) -> int:
    """A session that goes on past midnight is drawn until then."""
    if end.date() != start.date():
        return _DAY_MIN
    return max(end.hour * 60 + end.minute, start_min + _SHORTEST_MIN)


def _edited_lines(edited: Edited, lists: PlanLists, texts: Texts) -> tuple[str, ...]:
    """Of one that is new: that it is. Opened, a session says no less than it did before."""
    if edited.is_new:
        return tuple(line for line in (_suitcase(edited.session, lists, texts), texts("plan.new")) if line)
    return _lines(edited.session, edited.lead, lists, texts)


def _suitcase(session: Session, lists: PlanLists, texts: Texts) -> str:
    kit = lists.kit(session.kit_id)
    return said_once(texts("plan.event.kit", kit=kit.label)) if kit else ""


def _lines(session: Session, lead: str, lists: PlanLists, texts: Texts) -> tuple[str, ...]:
    room = lists.room(session.room_id)
    where = room.name if room else sentence_case(texts(f"session.arena.{session.arena.value}"))
    count = texts("plan.event.participants", count=session.participants) if session.participants else ""
    suitcase = _suitcase(session, lists, texts)
    return tuple(line for line in (where, count, suitcase, lead) if line)


def _loan(
    loan: KitLoan, lists: PlanLists, monday: date, texts: Texts, *, conflicts: bool
) -> Iterator[WeekEvent]:
    """A loan of several days is drawn on each of them."""
    kit = lists.kit(loan.kit_id)
    several = loan.starts.date() != loan.ends.date()
    back = texts("plan.event.back", day=short_day(loan.ends.date(), texts)) if several else ""
    for at in range(7):
        day = monday + timedelta(days=at)
        begin = max(loan.starts, datetime.combine(day, time()))
        end = min(loan.ends, datetime.combine(day + timedelta(days=1), time()))
        if begin >= end:
            continue
        start_min, end_min = _shown_part(day, begin, end)
        yield WeekEvent(
            key=f"{loan.id}:{at}",
            day=at,
            start_min=start_min,
            end_min=end_min,
            title=said_once(texts("plan.event.on_loan", kit=kit.label if kit else "")),
            times=times(begin, end, texts) if not several else texts("plan.event.whole_loan"),
            icon="suitcase",
            lines=tuple(line for line in (loan.borrower, back) if line),
            kind=EventKind.BLOCKED,
            conflicts=conflicts,
        )


def _shown_part(day: date, begin: datetime, end: datetime) -> tuple[int, int]:
    """The part of a loan that lies within the hours always shown; a sliver where none does."""
    latest = LAST_HOUR * 60 - _SHORTEST_MIN
    start_min = min(max(begin.hour * 60 + begin.minute, FIRST_HOUR * 60), latest)
    end_min = LAST_HOUR * 60 if end.date() != day else min(end.hour * 60 + end.minute, LAST_HOUR * 60)
    return start_min, max(end_min, start_min + _SHORTEST_MIN)
