"""Days, weeks and times of day in words, as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer_app.texts.catalogue import Texts  # it writes its dates by this module

_PATTERNS = {
    # a day with its weekday, short; long; day and month; with the year; a weekday; its short form
    "nb": ("EEE d. MMM", "EEEE d. MMMM", "d. MMMM", "d. MMMM y", "EEEE", "EEE"),
    "en": ("EEE d MMM", "EEEE d MMMM", "d MMMM", "d MMMM y", "EEEE", "EEE"),
}
_SHORT, _LONG, _DAY, _DAY_YEAR, _WEEKDAY, _SHORT_WEEKDAY = range(6)


def _formatted(day: date, pattern: str, lang: str) -> str:
    from babel.dates import format_date  # takes a while to import; not every start needs it

    return str(format_date(day, pattern, locale=lang))


def _in(texts: Texts, which: int, day: date) -> str:
    return _formatted(day, _PATTERNS[texts.lang][which], texts.lang)


def short_day(day: date, texts: Texts) -> str:
    """``tor. 19. nov.``."""
    return _in(texts, _SHORT, day)


def long_day(day: date, texts: Texts) -> str:
    """``torsdag 19. november``."""
    return _in(texts, _LONG, day)


def list_day(day: date, texts: Texts) -> str:
    """``Torsdag 19. nov.``: at the head of a row."""
    pattern = "EEEE d. MMM" if texts.lang == "nb" else "EEEE d MMM"
    return sentence_case(_formatted(day, pattern, texts.lang))


def day_of_month(day: date, texts: Texts) -> str:
    """``1. desember``."""
    return _in(texts, _DAY, day)


def day_with_year(day: date, texts: Texts) -> str:
    """``1. desember 2026``."""
    return _in(texts, _DAY_YEAR, day)


def day_in_figures(day: date, texts: Texts) -> str:
    """``1.12.2026``, ``1/12/2026``: as it is typed."""
    return in_figures(day, texts.lang)


def in_figures(day: date, lang: str) -> str:
    """The same in a language."""
    sign = "." if lang == "nb" else "/"
    return f"{day.day}{sign}{day.month}{sign}{day.year}"


def weekday(day: date, texts: Texts) -> str:
    """``torsdag``."""
    return _in(texts, _WEEKDAY, day)


def short_weekday(day: date, texts: Texts) -> str:
    """``tor.``."""
    return _in(texts, _SHORT_WEEKDAY, day)


def week_days(first: date, last: date, texts: Texts) -> str:
    """``16.–20. november 2026``, ``30. november–4. desember 2026``, ``28. desember 2026–1. januar 2027``."""
    if first.year != last.year:
        return f"{day_with_year(first, texts)}–{day_with_year(last, texts)}"
    if first.month != last.month:
        return f"{day_of_month(first, texts)}–{day_with_year(last, texts)}"
    point = "." if texts.lang == "nb" else ""
    return f"{first.day}{point}–{day_with_year(last, texts)}"


def clock(at: time | datetime, texts: Texts) -> str:
    """``09.05``, ``09:05``."""
    return f"{at.hour:02d}{'.' if texts.lang == 'nb' else ':'}{at.minute:02d}"


def times(start: time | datetime, end: time | datetime, texts: Texts) -> str:
    """``13.00–14.30``."""
    return f"{clock(start, texts)}–{clock(end, texts)}"


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def sentence_case(words: str) -> str:
    """With a capital at the beginning."""
    return words[:1].upper() + words[1:]
