"""The films of a headset against the library, in words."""

from __future__ import annotations

from datetime import date

from trainer_app.domain.headset_films import FilmOnHeadset, FilmStanding
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import day_of_month, day_with_year

_FIRST_YEAR = 2020
"""A headset that says it has a film since before that has no right clock."""


def film_name(film: FilmOnHeadset, texts: Texts) -> str:
    """Its title, or that nobody knows it."""
    return film.title or texts("headset_film.unknown")


def film_note(film: FilmOnHeadset, today: date, texts: Texts) -> str:
    """How it stands to the library, how large it is, and what comes next."""
    older_elsewhere = film.standing is FilmStanding.OLDER and not film.in_library
    key = "replaced" if older_elsewhere else film.standing.value
    note = texts(f"headset_film.{key}", there=film.there_bytes, whole=film.whole_bytes)
    since = "" if film.in_library else _since(film, today, texts)
    return f"{note} · {since}" if since else note


def _since(film: FilmOnHeadset, today: date, texts: Texts) -> str:
    """``siden 2. oktober``, where that is known."""
    if film.since is None or film.since.year < _FIRST_YEAR:
        return ""
    day = local_of(film.since, HOME_ZONE).date()
    words = day_of_month(day, texts) if day.year == today.year else day_with_year(day, texts)
    return texts("headset_film.since", day=words)
