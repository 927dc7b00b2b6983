"""The stop-points of a film: the scenario's, or those set for this session. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer_app.domain.films import Film
from trainer_app.domain.scenarios import ScenarioVersion
from trainer_app.domain.words import Words
from trainer_app.services.setting_up import FilmStop

BEFORE_END_S = 1.0
"""A stop-point this near to the end is the end."""

_TOO_EARLY_S, _TOO_LATE_S = 3.0, 10.0
"""Who stops the film by hand so near to a stop-point means that one, and needs its question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop-point in this film. ``at_s``: seconds of film."""

    number: int
    at_s: float
    question: Words


def meant_by_hand(stops: Sequence[Stop], here: float) -> Stop:
    """The stop-point meant by who stops the film by hand; far from all of them, one of this place."""
    meant = [stop for stop in stops if -_TOO_EARLY_S <= here - stop.at_s <= _TOO_LATE_S]
    return min(meant, key=lambda stop: abs(here - stop.at_s), default=unnumbered(here))


def unnumbered(at_s: float) -> Stop:
    """A stop-point of any place, without a question."""
    return Stop(number=0, at_s=at_s, question=Words(nb="", en=""))


def stops_of(film: Film | None, scenario: ScenarioVersion | None) -> tuple[Stop, ...]:
    """As the scenario has them, by their share of this film."""
    if film is None or scenario is None:
        return ()
    length = film.probe.duration_s
    places = ((point.position_s(length), point.question) for point in scenario.stop_points)
    return in_order(
        [
            FilmStop(at_s=at, question=question)
            for at, question in places
            if at is not None and at < length - BEFORE_END_S
        ]
    )


def in_order(places: Sequence[FilmStop]) -> tuple[Stop, ...]:
    """In the film's order, numbered."""
    by_place = sorted(places, key=lambda place: place.at_s)
    return tuple(
        Stop(number=number, at_s=place.at_s, question=place.question)
        for number, place in enumerate(by_place, start=1)
    )
