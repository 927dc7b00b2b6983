"""Days and times of sessions, as people say them."""

from __future__ import annotations

from datetime import date, timedelta

from trainer_app.domain.sessions import Session
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import long_day, sentence_case, short_day, times


def day_words(day: date, today: date, texts: Texts) -> str:
    """``i dag``, ``i morgen``, ``onsdag 25. november``."""
    if day == today:
        return texts("session_page.day.today")
    if day == today + timedelta(days=1):
        return texts("session_page.day.tomorrow")
    return long_day(day, texts)


def short_day_words(day: date, today: date, texts: Texts) -> str:
    """``I dag``, ``I morgen``, ``Ons. 25. nov.``: for a narrow column."""
    if day - today in (timedelta(0), timedelta(days=1)):
        return sentence_case(day_words(day, today, texts))
    return sentence_case(short_day(day, texts))


def span_words(session: Session, texts: Texts) -> str:
    """``13.00–14.30``; empty while it is not known."""
    if session.planned_start is None or session.planned_end is None:
        return ""
    return times(session.planned_start, session.planned_end, texts)
