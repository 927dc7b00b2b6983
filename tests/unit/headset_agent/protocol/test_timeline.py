"""Where a plan wants the film at any instant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.playing import CHANGE_S, Action, FilmRef
from headset_agent.protocol.timeline import position_at, supersedes, turned
from tests.fakes.agents import SECOND, a_plan

ANCHOR = 100 * SECOND


def test_film_waits_at_its_position_until_the_anchor() -> None:
    plan = a_plan(anchor_ns=ANCHOR, position_s=12.0)
    assert position_at(plan, 0) == 12.0
    assert position_at(plan, ANCHOR) == 12.0


def test_film_runs_from_the_anchor_at_the_plan_s_rate() -> None:
    assert position_at(a_plan(anchor_ns=ANCHOR, position_s=12.0), ANCHOR + 3 * SECOND) == 15.0
    fast = a_plan(anchor_ns=ANCHOR, position_s=12.0, rate=1.0001)
    assert position_at(fast, ANCHOR + 10 * SECOND) == pytest.approx(22.001, abs=1e-9)


def test_film_stays_at_its_end() -> None:
    assert position_at(a_plan(anchor_ns=ANCHOR), ANCHOR + 3600 * SECOND) == 60.0


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.PLAY])
def test_film_that_does_not_play_does_not_move(action: Action) -> None:
    plan = a_plan(action=action, anchor_ns=ANCHOR, position_s=12.0)
    assert position_at(plan, ANCHOR + 5 * SECOND) == 12.0


def test_only_the_newest_word_of_a_plan_counts() -> None:
    assert supersedes(a_plan(), None)
    assert supersedes(a_plan(revision=2), a_plan(revision=1))
    assert not supersedes(a_plan(revision=1), a_plan(revision=1))
    assert not supersedes(a_plan(revision=1), a_plan(revision=2))
    assert supersedes(a_plan(plan_id="q", revision=1), a_plan(plan_id="p", revision=9))


# --- where the line turns by itself ----------------------------------------------------------------------

FIRST = FilmRef(sha256="a" * 64, duration_s=60.0, stops_s=(20.0, 40.0))
SECOND_FILM = FilmRef(sha256="b" * 64, duration_s=10.0)


def at(seconds: float) -> int:
    return ANCHOR + round(seconds * SECOND)


def test_film_stands_still_at_its_stop_point_until_it_is_told_to_go_on() -> None:
    plan = a_plan(anchor_ns=ANCHOR, film=FIRST)
    assert turned(plan, at(19.99)) is plan
    standing = turned(plan, at(3600))
    assert (standing.action, standing.position_s, standing.anchor_ns) == (Action.PAUSE, 20.0, at(20))
    going_on = a_plan(anchor_ns=at(100), position_s=20.0, film=FIRST)
    assert position_at(going_on, at(110)) == 30.0
    assert turned(going_on, at(3600)).position_s == 40.0


def test_a_film_that_begins_behind_a_stop_point_passes_none_of_those_before() -> None:
    assert turned(a_plan(anchor_ns=ANCHOR, position_s=20.001, film=FIRST), at(600)).position_s == 40.0


def test_the_next_film_begins_a_moment_after_the_end() -> None:
    plan = a_plan(anchor_ns=ANCHOR, position_s=50.0, film=FIRST, then=(SECOND_FILM,))
    assert turned(plan, at(9.99)).film == FIRST
    following = turned(plan, at(10 + CHANGE_S + 4))
    assert following.film == SECOND_FILM
    assert position_at(plan, at(10.5)) == 0.0
    assert position_at(plan, at(10 + CHANGE_S + 4)) == pytest.approx(4.0, abs=1e-6)
    # The last one has no successor.
    assert position_at(plan, at(600)) == 10.0
    assert turned(plan, at(600)) == following


def test_a_loop_comes_round_to_the_first_film_and_its_stop_points() -> None:
    plan = a_plan(anchor_ns=ANCHOR, film=SECOND_FILM, then=(FIRST,), loops=True)
    assert turned(plan, at(10 + CHANGE_S + 25)).position_s == 20.0  # the stop-point holds it
    resumed = a_plan(anchor_ns=ANCHOR, film=FIRST, position_s=40.0, then=(SECOND_FILM,), loops=True)
    second_round_s = 20 + CHANGE_S + 10 + CHANGE_S
    later = turned(resumed, at(second_round_s + 5))
    assert (later.film, later.then) == (FIRST, (SECOND_FILM,))
    assert position_at(resumed, at(second_round_s + 5)) == pytest.approx(5.0, abs=1e-6)


@given(
    begins_s=st.floats(0, 59),
    first_s=st.floats(0, 400),
    further_s=st.floats(0, 400),
    ppm=st.floats(-200, 200),
    loops=st.booleans(),
)
def test_it_does_not_matter_how_often_somebody_looks(
    *, begins_s: float, first_s: float, further_s: float, ppm: float, loops: bool
) -> None:
    """Who joins in a later round is where those are who have followed from the beginning."""
    film = FilmRef(sha256="c" * 64, duration_s=60.0)
    plan = a_plan(
        anchor_ns=ANCHOR,
        position_s=begins_s,
        rate=1 + ppm * 1e-6,
        film=film,
        then=(SECOND_FILM,),
        loops=loops,
    )
    early, late = at(first_s), at(first_s + further_s)
    assert turned(turned(plan, early), late) == turned(plan, late)
    assert position_at(turned(plan, early), late) == pytest.approx(position_at(plan, late), abs=1e-9)
