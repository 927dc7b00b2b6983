"""Makes room on the headsets of the suitcase: removes the films that people have agreed to."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Sha256
from trainer_app.domain.playback_errors import HeadsetPlays, HeadsetVanished
from trainer_app.services.live.slot import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedKit:
    """How it went, by number: where they are gone, and what kept them elsewhere."""

    cleared: list[int] = field(default_factory=list)
    problems: dict[int, TrainerError] = field(default_factory=dict)


async def clear_slots(slots: Sequence[Slot], wanted: Mapping[int, Collection[Sha256]]) -> ClearedKit:
    """Remove films from all these headsets at once; one that shows a film keeps all of its own."""
    outcome = ClearedKit()

    async def clear(slot: Slot) -> None:
        try:
            await _clear(slot, wanted[slot.number])
        except TrainerError as problem:
            outcome.problems[slot.number] = problem
        else:
            outcome.cleared.append(slot.number)

    await asyncio.gather(*(clear(slot) for slot in slots if slot.number in wanted))
    outcome.cleared.sort()
    return outcome


async def _clear(slot: Slot, films: Collection[Sha256]) -> None:
    headset = slot.headset
    if headset is None:
        raise HeadsetVanished(headset=slot.label, detail="it is not connected")
    if slot.in_film.player is not None or slot.shows_foreign_film:
        raise HeadsetPlays(headset=slot.label)
    await headset.remove_films(films, label=slot.label)
    if slot.keeper is not None:
        slot.keeper.nudge()  # what it tells of itself next says how much room there is now
