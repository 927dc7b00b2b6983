"""Common periods, with their days."""

from __future__ import annotations

from datetime import date

import pytest

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.reports.periods import Period, days_of, range_words

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("period", "first", "last", "nb"),
    [
        (Period.THIS_YEAR, date(2026, 1, 1), TODAY, "1.1.–17.11.2026"),
        (Period.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31), "1.1.–31.12.2025"),
        (Period.TWELVE_MONTHS, date(2025, 11, 18), TODAY, "18.11.2025–17.11.2026"),
        (Period.THIRTY_DAYS, date(2026, 10, 19), TODAY, "19.10.–17.11.2026"),
        (Period.ALL, None, None, "Hele tiden"),
    ],
)
def test_periods(period: Period, first: date | None, last: date | None, nb: str) -> None:
    assert days_of(period, TODAY) == (first, last)
    assert range_words(days_of(period, TODAY), Texts("nb")) == nb


def test_twelve_months_before_a_leap_day() -> None:
    assert days_of(Period.TWELVE_MONTHS, date(2028, 2, 29)) == (date(2027, 3, 1), date(2028, 2, 29))
