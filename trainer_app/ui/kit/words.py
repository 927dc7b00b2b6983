"""Days and times as the suitcase's page says them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date

from trainer_app.texts.catalogue import Texts


def day_words(day: date, today: date, texts: Texts) -> str:
    """``2. september``; with the year where it is another one."""
    with_year = " y" if day.year != today.year else ""
    pattern = f"d. MMMM{with_year}" if texts.lang == "nb" else f"d MMMM{with_year}"
    return str(format_date(day, pattern, locale=texts.lang))


def moment_words(at: datetime, now: datetime, texts: Texts) -> str:
    """``i dag 09.41``, ``i går 14.05``, else the day; both wall times."""
    time = f"{at:%H.%M}" if texts.lang == "nb" else f"{at:%H:%M}"
    if at.date() == now.date():
        return texts("kit.when.today", time=time)
    if at.date() == now.date() - timedelta(days=1):
        return texts("kit.when.yesterday", time=time)
    return day_words(at.date(), now.date(), texts)


def sentence(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]
