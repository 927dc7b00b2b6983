"""What people type for a date or a time is understood, in Norwegian and in English; nonsense is not."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.typed_times import read_date, read_time
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, day_in_figures, short_day

TUESDAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25.11", date(2026, 11, 25)),
        ("25/11", date(2026, 11, 25)),
        ("2511", date(2026, 11, 25)),
        ("25.11.26", date(2026, 11, 25)),
        ("25.11.2027", date(2027, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        (" 25. nov ", date(2026, 11, 25)),
        ("Thu 19 Nov", date(2026, 11, 19)),
        ("tor. 19. nov.", date(2026, 11, 19)),
        ("tor. 25. nov. 2027", date(2027, 11, 25)),
        ("tirsdag", TUESDAY),
        ("ons", date(2026, 11, 18)),
        ("ma", date(2026, 11, 23)),
        ("neste onsdag", date(2026, 11, 25)),
        ("next wednesday", date(2026, 11, 25)),
        ("i morgen", date(2026, 11, 18)),
        ("1.2", date(2027, 2, 1)),
        ("20.10", date(2026, 10, 20)),
    ],
)
def test_a_date_is_understood(typed: str, meant: date) -> None:
    assert read_date(typed, TUESDAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.3", date(2026, 3, 1)),
        ("25. des", date(2025, 12, 25)),
        ("18.11", date(2025, 11, 18)),
        ("17.11", TUESDAY),
        ("1.2.2024", date(2024, 2, 1)),
        ("i går", date(2026, 11, 16)),
        ("30.2", None),
    ],
)
def test_a_date_without_a_year_may_be_the_first_since_a_day(typed: str, meant: date | None) -> None:
    assert read_date(typed, TUESDAY, since=date(2025, 11, 18)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.12", date(2026, 12, 1)),
        ("17.11", TUESDAY),
        ("16.11", date(2027, 11, 16)),
        ("5.1.", date(2027, 1, 5)),
        ("fredag", date(2026, 11, 20)),
        ("i morgen", date(2026, 11, 18)),
        ("29.2", None),
    ],
)
def test_a_due_date_without_a_year_is_not_past(typed: str, meant: date | None) -> None:
    assert read_date(typed, TUESDAY, since=TUESDAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "   ", "31.2", "t", "nei", "25.13", "neste", "1" * 100_000, "12.12.12.12"]
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed, TUESDAY) is None


@pytest.mark.parametrize("typed", ["13", "1300", "13.00", "13:00", "13,00", "kl. 13", " 13 "])
def test_one_o_clock_can_be_typed_in_many_ways(typed: str) -> None:
    assert read_time(typed) == time(13)


def test_a_time_with_one_figure_for_the_hour() -> None:
    assert (read_time("9"), read_time("930"), read_time("9.05")) == (time(9), time(9, 30), time(9, 5))


@pytest.mark.parametrize("typed", ["", "24", "1360", "13.5", "tolv", "1" * 100_000])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_time(typed) is None


@given(st.dates(date(2026, 9, 1), date(2027, 8, 1)), st.sampled_from(["nb", "en"]))
def test_what_the_program_writes_it_understands_again(day: date, lang: str) -> None:
    assert read_date(short_day(day, Texts(lang)), TUESDAY) == day


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["nb", "en"]))
def test_days_in_figures_are_read_as_they_are_written(day: date, lang: str) -> None:
    assert read_date(day_in_figures(day, Texts(lang)), TUESDAY, since=TUESDAY) == day


@given(st.times(), st.sampled_from(["nb", "en"]))
def test_times_are_read_as_they_are_written(at: time, lang: str) -> None:
    whole = at.replace(second=0, microsecond=0)
    assert read_time(clock(whole, Texts(lang))) == whole
