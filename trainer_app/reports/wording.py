"""Dates, numbers and durations on paper, as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal

from trainer_app.texts.catalogue import Texts

NOTHING = "–"
"""Stands where there is nothing to say."""


class Wording:
    """Writes values in the language of ``texts``."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._nb = texts.lang == "nb"

    def day(self, day: date) -> str:
        """``21.11.2026``, ``21 Nov 2026``: no reader may take the day for the month."""
        return f"{day.day}.{day.month}.{day.year}" if self._nb else format_date(day, "d MMM y", locale="en")

    def time(self, at: datetime) -> str:
        """``13.05``, ``13:05``."""
        return f"{at:%H.%M}" if self._nb else f"{at:%H:%M}"

    def moment(self, at: datetime) -> str:
        """Day and time."""
        return f"{self.day(at)} {self.time(at)}"

    def span(self, first: datetime, last: datetime) -> str:
        """``21.11.2026 13.00–14.30``; the second day only when it is another."""
        end = self.time(last) if first.date() == last.date() else self.moment(last)
        return f"{self.moment(first)}–{end}"

    def period(self, first: date | None, last: date | None) -> str:
        """``1.1.2026–17.11.2026``; an end that is not known is left open."""
        if first is None and last is None:
            return NOTHING
        return "–".join("" if day is None else self.day(day) for day in (first, last))

    def number(self, value: float, decimals: int = 0) -> str:
        """With the language's decimal sign, and a minus that is one; nothing is ever less than nothing."""
        value = value if round(value, decimals) else 0
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, format=pattern, locale=self.texts.lang)).replace("-", "−")

    def minutes(self, length: timedelta | None) -> str:
        """Whole minutes."""
        return NOTHING if length is None else self.number(round(length.total_seconds() / 60))

    def milliseconds(self, value: float | None) -> str:
        """With one decimal below ten."""
        return NOTHING if value is None else self.number(value, 1 if abs(value) < 10 else 0)
