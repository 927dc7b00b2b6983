"""Understands dates and times as people type them: ``25.11``, ``ons``, ``neste onsdag``, ``13``, ``1300``.

Norwegian and English are both understood, whatever the language of the screen.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

LOOKS_BACK = timedelta(days=90)
"""A date without a year lies at most so far back; what is older is next year's."""

_WEEKDAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday"),
    ("søndag", "sunday"),
)
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april", "april"),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("desember", "december"),
)
_NEXT = frozenset({"neste", "next"})
_DAYS_FROM_TODAY = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "i går": -1,
    "yesterday": -1,
}
_SHORTEST_NAME = 2
_LONGEST = 40
"""Characters; what is longer is no date."""

_NUMBERS = re.compile(r"(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}|\d{2}))?\.?")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})\.? *([a-zæøå]+)\.?(?: +(\d{4}))?")
_TIME = re.compile(r"(?:kl\.? *)?(\d{1,2})(?:[.:, ]?(\d{2}))?")


def read_date(text: str, today: date, *, since: date | None = None) -> date | None:
    """Return the date that is meant, or None: it cannot be understood, or there is no such day.

    Args:
        text: What was typed.
        today: What ``i morgen`` and weekdays are counted from.
        since: A date without a year is the first such day from here on; None: one that is planned for.
    """
    words = " ".join(text.casefold().split())
    if not words or len(words) > _LONGEST:
        return None
    if words in _DAYS_FROM_TODAY:
        return today + timedelta(days=_DAYS_FROM_TODAY[words])
    return _weekday(words, today) or _day_of_month(_without_weekday(words), today, since)


def read_time(text: str) -> time | None:
    """Return the time of day that is meant, or None: it cannot be understood."""
    found = _TIME.fullmatch(text.strip().casefold()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def nearest_year(day: int, month: int, today: date) -> date | None:
    """Return the day of the year that is meant when none is said; None: there is no such day."""
    for year in (today.year, today.year + 1):
        found = _date(year, month, day)
        if found is not None and found >= today - LOOKS_BACK:
            return found
    return None


def _weekday(words: str, today: date) -> date | None:
    """``ons``: the first one from today on. ``neste onsdag``: the one of next week."""
    first, _, rest = words.partition(" ")
    of_next_week = first in _NEXT and bool(rest)
    at = _place(rest if of_next_week else words, _WEEKDAYS)
    if at is None:
        return None
    if of_next_week:
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + at)
    return today + timedelta(days=(at - today.weekday()) % 7)


def _day_of_month(words: str, today: date, since: date | None) -> date | None:
    if found := _ISO.fullmatch(words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words) or _DIGITS.fullmatch(words):
        return _with_year(int(found[1]), int(found[2]), found[3], today, since)
    if found := _NAMED.fullmatch(words):
        month = _place(found[2], _MONTHS)
        return None if month is None else _with_year(int(found[1]), month + 1, found[3], today, since)
    return None


def _with_year(day: int, month: int, year: str | None, today: date, since: date | None) -> date | None:
    if year is None:
        return nearest_year(day, month, today) if since is None else _first_since(day, month, since)
    return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _first_since(day: int, month: int, since: date) -> date | None:
    of_both = (_date(year, month, day) for year in (since.year, since.year + 1))
    return next((found for found in of_both if found is not None and found >= since), None)


def _without_weekday(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and _place(first, _WEEKDAYS) is not None else words


def _place(word: str, names: tuple[tuple[str, str], ...]) -> int | None:
    """The place of the one name that begins so; a point or a comma after it does not matter."""
    beginning = word.rstrip(".,")
    if len(beginning) < _SHORTEST_NAME:
        return None
    found = [at for at, both in enumerate(names) if any(name.startswith(beginning) for name in both)]
    return found[0] if len(found) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
