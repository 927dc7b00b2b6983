"""The periods a report is commonly about."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from trainer_app.texts.catalogue import Texts


class Period(Enum):
    """Each ends today, but for the last year."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    TWELVE_MONTHS = "twelve_months"
    THIRTY_DAYS = "thirty_days"
    ALL = "all"


def days_of(period: Period, today: date) -> tuple[date | None, date | None]:
    """First and last day, both included; None: no bound."""
    if period is Period.THIS_YEAR:
        return date(today.year, 1, 1), today
    if period is Period.LAST_YEAR:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if period is Period.TWELVE_MONTHS:
        return _a_year_before(today) + timedelta(days=1), today
    if period is Period.THIRTY_DAYS:
        return today - timedelta(days=29), today
    return None, None


def range_words(period: Period, today: date, texts: Texts) -> str:
    """``1.1.–17.11.2026``; the period's name where it has no bounds."""
    first, last = days_of(period, today)
    if first is None or last is None:
        return texts(f"reports.period.{period.value}")
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
