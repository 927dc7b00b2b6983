"""Waves: the table of the field for five headsets, and rules that hold for any number."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionId
from trainer_app.domain.waves import deal, largest_group, propose_waves

TABLE = [
    (0, (), 0),
    (1, (1,), 0),
    (5, (5,), 0),
    (6, (3, 3), 0),
    (7, (4, 3), 0),
    (8, (4, 4), 0),
    (10, (5, 5), 0),
    (11, (5, 5), 1),
    (12, (5, 5), 2),
    (13, (5, 4, 4), 0),
    (16, (5, 5, 5), 1),
]


@pytest.mark.parametrize(("participants", "waves", "observers"), TABLE)
def test_five_headsets(participants: int, waves: tuple[int, ...], observers: int) -> None:
    proposal = propose_waves(participants, 5)
    assert (proposal.waves, proposal.observers) == (waves, observers)
    warned = [finding.key for finding in proposal.findings]
    assert warned == (["session.guard.crowded"] if participants >= 13 else [])
    assert proposal.debrief_groups == (2 if participants >= 13 else 1)


def test_more_than_sixteen_are_no_vr_session() -> None:
    (finding,) = propose_waves(17, 5).findings
    assert finding.blocks
    assert finding.params == {"participants": 17, "most": 16}


def test_without_a_headset_nobody_fits() -> None:
    assert propose_waves(1, 0).findings[0].blocks


def test_a_headset_that_fails_changes_the_proposal() -> None:
    assert propose_waves(5, 4).waves == (3, 2)


@given(st.integers(1, 40), st.integers(1, 12))
def test_everyone_has_a_place_and_no_wave_is_larger_than_the_headsets(people: int, headsets: int) -> None:
    proposal = propose_waves(people, headsets)
    if people > largest_group(headsets):
        assert proposal.waves == ()
        return
    assert sum(proposal.waves) + proposal.observers == people
    assert max(proposal.waves) <= headsets
    assert max(proposal.waves) - min(proposal.waves) <= 1
    assert people / proposal.debrief_groups <= 12


@given(st.integers(1, 16), st.integers(5, 7))
def test_dealing_gives_everyone_in_a_wave_one_headset_of_their_own(people: int, count: int) -> None:
    waves = propose_waves(people, count).waves
    headsets = [HeadsetId(UUID(int=n)) for n in range(count)]
    persons = [PersonId(UUID(int=100 + n)) for n in range(people)]
    dealt = deal(SessionId(UUID(int=999)), waves, headsets, persons)
    assert [row.person_id for row in dealt] == persons[: sum(waves)]
    assert len({(row.wave, row.headset_id) for row in dealt}) == len(dealt)
