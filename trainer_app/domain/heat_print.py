"""Where the group looked, as the protocol prints it when that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer_app.domain.films import Film
from trainer_app.domain.heat_map import HeatMap, HeatMoment

MOST_PICTURES = 4
"""Of a film: a page has room for them, and more tell no more."""

_AT_THE_END_S = 1.0
"""A stop-point this near to the end is the end, as on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPicture:
    """A moment of a film. ``stop``: the number of the stop-point it lies before; None: of none."""

    at_s: float
    stop: int | None
    moment: HeatMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmHeat:
    """The pictures of one film, in its order."""

    film: Film
    pictures: tuple[HeatPicture, ...]


def film_heat(film: Film, heat: HeatMap, stops_s: Sequence[float]) -> FilmHeat | None:
    """Choose the moments before the stop-points, else one amid all that is kept; None: nothing is kept."""
    places = sorted(at_s for at_s in stops_s if at_s < film.probe.duration_s - _AT_THE_END_S)
    at_stops = [
        HeatPicture(at_s=at_s, stop=number, moment=heat.up_to(at_s))
        for number, at_s in enumerate(places, start=1)
    ]
    pictures = [one for one in at_stops if one.moment.looks][:MOST_PICTURES]
    if not pictures:
        at_s = heat.first_place((), film.probe.duration_s)
        pictures = [HeatPicture(at_s=at_s, stop=None, moment=heat.up_to(at_s))]
    return FilmHeat(film=film, pictures=tuple(pictures)) if pictures[0].moment.looks else None
