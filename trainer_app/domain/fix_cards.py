"""The ten usual faults that a facilitator meets with a headset, and which state or problem belongs to which.

Each has a printed card and a page in the help; their words are in the catalogue under ``card.<value>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from trainer_app.domain import link_errors, playback_errors
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import Awaited, HeadsetState


class FixCard(Enum):
    """In the order of an evening: found, awake, charged, filled, playing."""

    NOT_AUTHORISED = "not_authorised"
    NOT_CONNECTED = "not_connected"
    AFTER_RESTART = "after_restart"
    ASLEEP = "asleep"
    LOW_BATTERY = "low_battery"
    STORAGE_FULL = "storage_full"
    FILM_MISSING = "film_missing"
    VR_PERMISSION = "vr_permission"
    FILM_STOPPED = "film_stopped"
    BOUNDARY = "boundary"

    @property
    def number(self) -> int:
        """What stands on the card, from 1."""
        return list(FixCard).index(self) + 1

    @property
    def states(self) -> tuple[HeadsetState, ...]:
        """The states in which a tile may be when this card helps; none where the tile cannot know."""
        return _STATES[self]


_STATES: Mapping[FixCard, tuple[HeadsetState, ...]] = MappingProxyType(
    {
        FixCard.NOT_AUTHORISED: (HeadsetState.NOT_AUTHORISED,),
        FixCard.NOT_CONNECTED: (HeadsetState.NOT_CONNECTED,),
        FixCard.AFTER_RESTART: (HeadsetState.NOT_CONNECTED,),
        FixCard.ASLEEP: (HeadsetState.ASLEEP, HeadsetState.TAKEN_OFF),
        FixCard.LOW_BATTERY: (HeadsetState.LOW_BATTERY,),
        FixCard.STORAGE_FULL: (HeadsetState.STORAGE_FULL,),
        FixCard.FILM_MISSING: (HeadsetState.GETTING_READY,),
        FixCard.VR_PERMISSION: (HeadsetState.FAULT,),
        FixCard.FILM_STOPPED: (HeadsetState.FAULT,),
        FixCard.BOUNDARY: (),
    }
)

_OF_STATE: Mapping[HeadsetState, FixCard] = MappingProxyType(
    {state: card for card in reversed(FixCard) for state in _STATES[card]}
    | {HeadsetState.FAULT: FixCard.FILM_STOPPED}
)
"""Where a state has several cards, the one that helps most often."""

_OF_PROBLEM: tuple[tuple[tuple[type[TrainerError], ...], FixCard], ...] = (
    ((link_errors.NotAccepted, link_errors.PairingRequired), FixCard.NOT_AUTHORISED),
    # The headset itself answers, but not its ADB: it was restarted since the cable was in it.
    ((link_errors.NothingListens,), FixCard.AFTER_RESTART),
    (
        (
            link_errors.RemoteStorageFull,
            playback_errors.HeadsetStorageFull,
            playback_errors.RuntimeHasNoRoom,
        ),
        FixCard.STORAGE_FULL,
    ),
    ((playback_errors.FilmNotOnHeadset, playback_errors.FilmArrivedCorrupt), FixCard.FILM_MISSING),
    ((playback_errors.HeadsetAsleep,), FixCard.ASLEEP),
    (
        (
            playback_errors.NoBrowser,
            playback_errors.BrowserSilent,
            playback_errors.VrRefused,
            playback_errors.VrEnded,
        ),
        FixCard.VR_PERMISSION,
    ),
)


def card_for(
    state: HeadsetState, problem: TrainerError | None = None, awaited: Awaited | None = None
) -> FixCard | None:
    """The card that helps with a headset; None where there is nothing to mend.

    Args:
        state: Of its tile.
        problem: What went wrong last; it says more than the state.
        awaited: What whoever wears it has to do before its film is in VR.
    """
    if awaited is not None:
        return FixCard.VR_PERMISSION
    for kinds, card in _OF_PROBLEM:
        if isinstance(problem, kinds):
            return card
    return _OF_STATE.get(state)
