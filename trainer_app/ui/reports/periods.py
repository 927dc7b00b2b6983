"""The periods a report is commonly about, and days that are typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from trainer_app.domain.report_errors import DayUnreadable, PeriodReversed
from trainer_app.domain.typed_times import read_date
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import day_in_figures

Days = tuple[date | None, date | None]
"""First and last day, both included; None: no bound."""


class Period(Enum):
    """Each ends today, but for the last year, and for days that somebody has chosen."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    TWELVE_MONTHS = "twelve_months"
    THIRTY_DAYS = "thirty_days"
    ALL = "all"
    CHOSEN = "chosen"


class End(Enum):
    """Of a period, as its field is called."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The days as they were typed; an empty one is no bound."""

    first: str = ""
    last: str = ""


def read_days(typed: Typed, today: date) -> Days:
    """Understand the days; one without a year lies in the past, the last one not before the first.

    Raises:
        DayUnreadable: one of them is no date; ``end`` says which.
        PeriodReversed: the last lies before the first.
    """
    past = _a_year_before(today) + timedelta(days=1)
    first = _read(typed.first, End.FIRST, today, past)
    last = _read(typed.last, End.LAST, today, first or past)
    if first is not None and last is not None and last < first:
        raise PeriodReversed(first=first, last=last)
    return first, last


def _read(typed: str, end: End, today: date, since: date) -> date | None:
    if not typed.strip():
        return None
    day = read_date(typed, today, since=since)
    if day is None:
        raise DayUnreadable(end=end.value)
    return day


def days_of(period: Period, today: date) -> Days:
    """The days of a period; of chosen ones nothing is known here."""
    if period is Period.THIS_YEAR:
        return date(today.year, 1, 1), today
    if period is Period.LAST_YEAR:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if period is Period.TWELVE_MONTHS:
        return _a_year_before(today) + timedelta(days=1), today
    if period is Period.THIRTY_DAYS:
        return today - timedelta(days=29), today
    return None, None


def day_words(day: date | None, texts: Texts) -> str:
    """``17.11.2026``; empty where there is no bound."""
    return "" if day is None else day_in_figures(day, texts)


def range_words(days: Days, texts: Texts) -> str:
    """``1.1.–17.11.2026``, ``fra 1.1.2026``, ``hele tiden``."""
    first, last = days
    if first is None and last is None:
        return texts("reports.period.all")
    if first is None:
        return texts("reports.period.until", day=day_words(last, texts))
    if last is None:
        return texts("reports.period.since", day=day_words(first, texts))
    if texts.lang == "nb":
        year = "" if first.year == last.year else str(first.year)
        return f"{first.day}.{first.month}.{year}–{last.day}.{last.month}.{last.year}"
    year = "" if first.year == last.year else f"/{first.year}"
    return f"{first.day}/{first.month}{year}–{last.day}/{last.month}/{last.year}"


def _a_year_before(day: date) -> date:
    """29 February has 28 February a year before."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)
