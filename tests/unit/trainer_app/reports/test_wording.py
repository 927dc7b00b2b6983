"""Dates, numbers and durations as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from trainer_app.reports.wording import Wording
from trainer_app.texts.catalogue import Texts

NB, EN = Wording(Texts("nb")), Wording(Texts("en"))
AT = datetime.fromisoformat("2026-03-02T09:05")


def test_days_and_times() -> None:
    assert (NB.moment(AT), EN.moment(AT)) == ("2.3.2026 09.05", "2 Mar 2026 09:05")


def test_a_span_over_midnight_names_both_days() -> None:
    assert NB.span(AT, AT + timedelta(hours=1)) == "2.3.2026 09.05–10.05"
    assert NB.span(AT, AT + timedelta(hours=20)) == "2.3.2026 09.05–3.3.2026 05.05"


def test_a_period_may_be_open() -> None:
    day = date(2026, 1, 1)
    assert [NB.period(day, day), NB.period(day, None), NB.period(None, day), NB.period(None, None)] == [
        "1.1.2026–1.1.2026",
        "1.1.2026–",
        "–1.1.2026",
        "–",
    ]


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [
        (-4.25, "−4,2", "−4.2"),
        (0.04, "0,0", "0.0"),
        (31.4, "31", "31"),
        (-0.04, "0,0", "0.0"),
        (0.35, "0,4", "0.4"),
    ],
)
def test_milliseconds(value: float, nb: str, en: str) -> None:
    assert (NB.milliseconds(value), EN.milliseconds(value)) == (nb, en)


def test_what_is_not_known_is_a_dash() -> None:
    assert (NB.milliseconds(None), NB.minutes(None)) == ("–", "–")
