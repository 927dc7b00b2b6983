"""Reads a due date as people type it: 1.12.2026, 1.12, 1/12."""

from __future__ import annotations

import re
from datetime import date

_TYPED = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})(?:\s*[./ -]\s*(\d{2}|\d{4}))?\s*\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def due_date(text: str, today: date) -> date | None:
    """Return the day that was typed; without a year, the next such day; None: it is no day."""
    typed = text.strip()
    if found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
        return _day(year, month, day)
    found = _TYPED.fullmatch(typed)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3] is not None:
        return _day(int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3]), month, day)
    this_year = _day(today.year, month, day)
    if this_year is None or this_year < today:
        return _day(today.year + 1, month, day) or this_year
    return this_year


def typed_day(day: date | None) -> str:
    """A day as it is typed."""
    return "" if day is None else f"{day.day}.{day.month}.{day.year}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
