"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from trainer_app.ui.session.debrief.due_dates import due_date, typed_day

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.12.2026", date(2026, 12, 1)),
        (" 1.12 ", date(2026, 12, 1)),
        ("1/12/26", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("17.11", date(2026, 11, 17)),
        ("16.11", date(2027, 11, 16)),
        ("5.1.", date(2027, 1, 5)),
        ("29.2", None),
        ("31.2.2027", None),
        ("snart", None),
        ("", None),
    ],
)
def test_a_day_without_a_year_is_the_next_such_day(typed: str, day: date | None) -> None:
    assert due_date(typed, TODAY) == day


def test_a_day_is_read_as_it_is_written() -> None:
    day = date(2027, 1, 5)
    assert due_date(typed_day(day), TODAY) == day
    assert typed_day(None) == ""
