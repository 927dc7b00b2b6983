"""Tells once of each headset whose browser waits for its wearer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trainer_app.domain.headset_state import Awaited
from trainer_app.services.headset_port import Place, PlaybackGroup

TellAwaited = Callable[[int, Awaited], None]
"""Called with a headset's number and what whoever wears it has to do."""


def tell_of_awaited(group: PlaybackGroup, places: Iterable[Place], tell: TellAwaited) -> None:
    """Watch a group; each headset's wait is told of once."""
    numbers = {place.headset.serial: place.number for place in places}
    told: set[tuple[str, Awaited]] = set()

    def look() -> None:
        for serial, player in group.players().items():
            if player.awaited is not None and (serial, player.awaited) not in told:
                told.add((serial, player.awaited))
                tell(numbers[serial], player.awaited)

    group.on_change = look
