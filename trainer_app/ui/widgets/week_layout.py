"""Where the events of a week lie: days, lanes side by side, what overlaps. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

EDITED_DAY = 1.95
"""How much wider the day is that is being edited."""


class EventKind(Enum):
    """What an event is; it decides how it is drawn."""

    SESSION = "session"
    PAST = "past"
    DRAFT = "draft"
    OTHER = "other"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekEvent:
    """An event of a day.

    Attributes:
        day: 0 is the first day shown.
        start_min: Minutes since midnight.
        end_min: Minutes since midnight.
        times: As people read them ("13.00–14.30").
        icon: Phosphor's.
        lines: Under the title.
        is_edited: It is open in the side panel.
        conflicts: Something it needs is taken by an event that overlaps.
    """

    key: str
    day: int
    start_min: int
    end_min: int
    title: str
    times: str
    icon: str = "calendar-check"
    lines: tuple[str, ...] = ()
    kind: EventKind = EventKind.SESSION
    is_edited: bool = False
    conflicts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """A day's head: "tir.", "17."."""

    weekday: str
    date: str
    spoken: str
    is_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What the calendar shows.

    Attributes:
        hours: First and last hour shown.
        now_min: Minutes since midnight of the now-line on the day that is today.
    """

    days: tuple[WeekDay, ...]
    events: tuple[WeekEvent, ...] = ()
    hours: tuple[int, int] = (8, 18)
    now_min: int | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """An event's place among those it overlaps with: column ``at`` of ``of``."""

    at: int
    of: int


def day_widths(days: int, edited: int | None, total: float) -> list[float]:
    """Share the width among the days; the edited one is wider."""
    parts = [EDITED_DAY if day == edited else 1.0 for day in range(days)]
    return [total * part / sum(parts) for part in parts]


def lanes(events: Sequence[WeekEvent]) -> dict[str, Lane]:
    """Give overlapping events of a day columns of their own, by the key of the event."""
    found: dict[str, Lane] = {}
    for day in sorted({event.day for event in events}):
        for cluster in _clusters([event for event in events if event.day == day]):
            found |= _columns(cluster)
    return found


def overlap(event: WeekEvent, events: Sequence[WeekEvent]) -> tuple[int, int] | None:
    """The minutes (from, to) in which a conflicting event overlaps with another conflicting one."""
    if not event.conflicts:
        return None
    shared = [
        (max(event.start_min, other.start_min), min(event.end_min, other.end_min))
        for other in events
        if other.key != event.key and other.day == event.day and other.conflicts
    ]
    shared = [(begin, end) for begin, end in shared if begin < end]
    if not shared:
        return None
    return min(begin for begin, _ in shared), max(end for _, end in shared)


def in_order(events: Sequence[WeekEvent]) -> list[WeekEvent]:
    """By day and time, as the keyboard goes through them."""
    return sorted(events, key=lambda event: (event.day, event.start_min, event.key))


def neighbour_day(events: Sequence[WeekEvent], event: WeekEvent, step: int) -> WeekEvent | None:
    """The event nearest in time on the next day with events, before (-1) or after (+1)."""
    days = sorted({each.day for each in events if (each.day - event.day) * step > 0}, reverse=step < 0)
    if not days:
        return None
    there = [each for each in events if each.day == days[0]]
    return min(there, key=lambda each: abs(each.start_min - event.start_min))


def _clusters(events: Sequence[WeekEvent]) -> list[list[WeekEvent]]:
    clusters: list[list[WeekEvent]] = []
    end = -1
    for event in sorted(events, key=lambda each: (each.start_min, each.end_min, each.key)):
        if event.start_min >= end:
            clusters.append([])
        clusters[-1].append(event)
        end = max(end, event.end_min) if len(clusters[-1]) > 1 else event.end_min
    return clusters


def _columns(cluster: Sequence[WeekEvent]) -> dict[str, Lane]:
    ends: list[int] = []
    places: dict[str, int] = {}
    for event in cluster:
        free = [at for at, end in enumerate(ends) if end <= event.start_min]
        at = free[0] if free else len(ends)
        if free:
            ends[at] = event.end_min
        else:
            ends.append(event.end_min)
        places[event.key] = at
    return {key: Lane(at, len(ends)) for key, at in places.items()}
