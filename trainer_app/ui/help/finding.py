"""Which topic of the help belongs to a headset. Knows no Qt."""

from __future__ import annotations

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.fix_cards import card_for
from trainer_app.domain.headset_state import Awaited, HeadsetState
from trainer_app.domain.link_errors import UsbDriverMissing, UsbNoAccess

_OF_THE_COMPUTER: tuple[tuple[type[TrainerError], str], ...] = (
    (UsbNoAccess, "udev"),
    (UsbDriverMissing, "winusb"),
)
"""The headset is well; what is missing is missing here."""


def topic_for(state: HeadsetState, problem: TrainerError | None, awaited: Awaited | None = None) -> str:
    """The topic for a headset in this state; empty where nothing is to be mended."""
    for kind, topic in _OF_THE_COMPUTER:
        if isinstance(problem, kind):
            return topic
    card = card_for(state, problem, awaited)
    return "" if card is None else card.value
