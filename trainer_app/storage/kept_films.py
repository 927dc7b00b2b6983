"""A film as the table ``film`` keeps it; the same for all ways to read it."""

from __future__ import annotations

from typing import Any

import msgspec

from trainer_app.domain.films import THEMES, Film, Probe, Projection, Sha256, Stereo, ThemeCode


def film_of(row: Any) -> Film:
    """Return the film of a ``FilmRow``, or of anything else that has its columns."""
    return Film(
        sha256=Sha256(row.sha256),
        title=row.title,
        theme=ThemeCode(row.theme),
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        projection=Projection(row.projection),
        stereo=Stereo(row.stereo),
        probe=msgspec.convert(row.probe, Probe),
        imported_at=row.imported_at,
        blake3=row.blake3,
    )


def order_of(film: Film) -> tuple[int, str, str, str]:
    """Sorts films by theme in the themes' order, then title."""
    place = THEMES.index(film.theme) if film.theme in THEMES else len(THEMES)
    return place, film.theme, film.title, film.sha256
