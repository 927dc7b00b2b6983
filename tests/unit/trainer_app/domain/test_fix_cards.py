"""Which card helps with which headset."""

from __future__ import annotations

import pytest

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.fix_cards import FixCard, card_for
from trainer_app.domain.headset_state import Awaited, HeadsetState
from trainer_app.domain.link_errors import HeadsetUnreachable, NotAccepted, NothingListens
from trainer_app.domain.playback_errors import AgentSilent, FilmArrivedCorrupt, HeadsetAsleep, VrRefused

_NOTHING_TO_MEND = {HeadsetState.READY, HeadsetState.PLAYING, HeadsetState.PAUSED}


@pytest.mark.parametrize("state", HeadsetState)
def test_every_state_that_needs_somebody_has_a_card_of_its_own(state: HeadsetState) -> None:
    card = card_for(state)
    if state in _NOTHING_TO_MEND:
        assert card is None
    else:
        assert card is not None
        assert state in card.states


@pytest.mark.parametrize(
    ("state", "problem", "card"),
    [
        (HeadsetState.NOT_CONNECTED, HeadsetUnreachable(headset="4"), FixCard.NOT_CONNECTED),
        (HeadsetState.NOT_CONNECTED, NothingListens(headset="4"), FixCard.AFTER_RESTART),
        (HeadsetState.FAULT, NotAccepted(headset="4", seconds=30), FixCard.NOT_AUTHORISED),
        (HeadsetState.FAULT, VrRefused(headset="4"), FixCard.VR_PERMISSION),
        (HeadsetState.FAULT, FilmArrivedCorrupt(headset="4", film="Innkomst"), FixCard.FILM_MISSING),
        (HeadsetState.FAULT, HeadsetAsleep(headset="4"), FixCard.ASLEEP),
        (HeadsetState.FAULT, AgentSilent(headset="4"), FixCard.FILM_STOPPED),
    ],
)
def test_what_is_known_of_the_problem_decides(
    state: HeadsetState, problem: TrainerError, card: FixCard
) -> None:
    assert card_for(state, problem) is card


@pytest.mark.parametrize("awaited", Awaited)
def test_a_headset_that_waits_for_its_wearer_has_the_card_of_vr(awaited: Awaited) -> None:
    assert card_for(HeadsetState.READY, None, awaited) is FixCard.VR_PERMISSION


def test_cards_are_numbered_from_one() -> None:
    assert [card.number for card in FixCard] == list(range(1, 11))
