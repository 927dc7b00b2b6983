"""Which topic of the help belongs to a headset. Knows no Qt."""

from __future__ import annotations

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.fix_cards import card_for
from trainer_app.domain.headset_state import Awaited, HeadsetState
from trainer_app.domain.link_errors import UsbDriverMissing, UsbNoAccess
from trainer_app.domain.playback_errors import OwnPlayerClosed, OwnPlayerMissing

_TOPICS: tuple[tuple[type[TrainerError], str], ...] = (
    (UsbNoAccess, "udev"),
    (UsbDriverMissing, "winusb"),
    (OwnPlayerMissing, "own_player"),
    (OwnPlayerClosed, "own_player"),
)
"""Problems with a page of their own: of the computer, while the headset is well, and of its own player."""


def topic_for(state: HeadsetState, problem: TrainerError | None, awaited: Awaited | None = None) -> str:
    """The topic for a headset in this state; empty where nothing is to be mended."""
    for kind, topic in _TOPICS:
        if isinstance(problem, kind):
            return topic
    card = card_for(state, problem, awaited)
    return "" if card is None else card.value
