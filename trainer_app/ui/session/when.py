"""Days and times of sessions, as people say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date

from trainer_app.domain.sessions import Session
from trainer_app.texts.catalogue import Texts


def time_words(at: datetime, texts: Texts) -> str:
    """``13.05``, ``13:05``."""
    return f"{at:%H.%M}" if texts.lang == "nb" else f"{at:%H:%M}"


def day_words(day: date, today: date, texts: Texts) -> str:
    """``i dag``, ``i morgen``, ``onsdag 25. november``."""
    if day == today:
        return texts("session_page.day.today")
    if day == today + timedelta(days=1):
        return texts("session_page.day.tomorrow")
    pattern = "EEEE d. MMMM" if texts.lang == "nb" else "EEEE d MMMM"
    return str(format_date(day, pattern, locale=texts.lang))


def short_day_words(day: date, today: date, texts: Texts) -> str:
    """``I dag``, ``I morgen``, ``Ons. 25. nov.``: for a narrow column."""
    if day - today in (timedelta(0), timedelta(days=1)):
        return capitalised(day_words(day, today, texts))
    pattern = "EEE d. MMM" if texts.lang == "nb" else "EEE d MMM"
    return capitalised(str(format_date(day, pattern, locale=texts.lang)))


def span_words(session: Session, texts: Texts) -> str:
    """``13.00–14.30``; empty while it is not known."""
    if session.planned_start is None or session.planned_end is None:
        return ""
    return f"{time_words(session.planned_start, texts)}–{time_words(session.planned_end, texts)}"


def capitalised(words: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return words[:1].upper() + words[1:]
