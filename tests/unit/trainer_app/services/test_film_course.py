"""Where the film is, as the laptop's own pictures of it ask."""

from __future__ import annotations

import pytest

from headset_agent.protocol.playing import CHANGE_S, Action, FilmRef, Plan
from trainer_app.services.ports.film_course import FilmCourse, FilmMoment

SECOND = 1_000_000_000
FILM = FilmRef(sha256="a" * 64, duration_s=60.0, stops_s=(20.0,))
NEXT = FilmRef(sha256="b" * 64, duration_s=30.0)


def course(action: Action = Action.PLAY, *, position_s: float = 5.0, film: FilmRef = FILM) -> FilmCourse:
    plan = Plan(
        plan_id="p", revision=0, action=action, anchor_ns=100 * SECOND, position_s=position_s, film=film
    )
    return FilmCourse(plan)


def test_before_the_start_it_stands_and_says_when_it_begins() -> None:
    assert course().at(98 * SECOND) == FilmMoment(
        sha256=FILM.sha256, position_s=5.0, moves=False, moves_at_ns=100 * SECOND
    )


def test_after_the_start_it_moves_with_the_clock() -> None:
    assert course().at(103 * SECOND) == FilmMoment(sha256=FILM.sha256, position_s=8.0, moves=True)


def test_at_a_stop_point_it_stands_by_itself() -> None:
    assert course().at(300 * SECOND) == FilmMoment(sha256=FILM.sha256, position_s=20.0, moves=False)


def test_at_the_films_end_it_stands() -> None:
    assert course(position_s=21.0).at(300 * SECOND) == FilmMoment(
        sha256=FILM.sha256, position_s=60.0, moves=False
    )


@pytest.mark.parametrize("action", [Action.PREPARE, Action.PAUSE])
def test_a_film_that_is_prepared_or_paused_stands(action: Action) -> None:
    assert course(action).at(300 * SECOND) == FilmMoment(sha256=FILM.sha256, position_s=5.0, moves=False)


def test_it_goes_over_to_the_film_that_follows() -> None:
    plan = Plan(
        plan_id="p", revision=0, action=Action.PLAY, anchor_ns=0, position_s=50.0, film=FILM, then=(NEXT,)
    )
    change = round(CHANGE_S * SECOND)
    changing = FilmCourse(plan).at(11 * SECOND)
    assert (changing.sha256, changing.moves, changing.moves_at_ns) == (
        NEXT.sha256,
        False,
        10 * SECOND + change,
    )
    assert FilmCourse(plan).at(12 * SECOND + change).position_s == pytest.approx(2.0)
