"""Where a plan wants the film at any instant."""

from __future__ import annotations

import pytest

from headset_agent.protocol.playing import Action
from headset_agent.protocol.timeline import position_at, supersedes
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
