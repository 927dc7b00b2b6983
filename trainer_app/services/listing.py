"""What is connected, and in which state."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState, state_of
from trainer_app.domain.link_errors import NotAccepted
from trainer_app.services.connecting import reached
from trainer_app.services.headset_port import HeadsetGateway, Place

if TYPE_CHECKING:
    from trainer_app.services.ports import HeadsetRepository

LIST_ACCEPT_S = 1.5
"""A list does not wait for people; that a headset waits for them is what it has to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetStatus:
    """One line of the list; ``facts`` and ``number`` are None for one that was not reached."""

    address: str
    state: HeadsetState
    serial: str | None = None
    number: int | None = None
    facts: HeadsetFacts | None = None
    problem: TrainerError | None = None


async def list_headsets(
    gateway: HeadsetGateway, headsets: HeadsetRepository, addresses: Sequence[str]
) -> list[HeadsetStatus]:
    """Look at all headsets at once; one that cannot be reached has a line as well.

    Raises:
        NoHeadsetGiven: see :func:`reached`.
    """
    async with reached(gateway, headsets, addresses, accept_s=LIST_ACCEPT_S) as outcome:
        found = await asyncio.gather(*(_look(place) for place in outcome.places))
    lost = [_unreached(address, problem) for address, problem in outcome.unreached.items()]
    return [*found, *lost]


async def _look(place: Place) -> HeadsetStatus:
    headset = place.headset
    try:
        facts, found = await asyncio.gather(headset.facts(), headset.showing())
    except TrainerError as problem:
        return _unreached(headset.address, problem)
    return HeadsetStatus(
        address=headset.address,
        state=state_of(facts, found.showing),
        serial=headset.serial,
        number=place.number,
        facts=facts,
    )


def _unreached(address: str, problem: TrainerError) -> HeadsetStatus:
    waiting = isinstance(problem, NotAccepted)
    state = HeadsetState.NOT_AUTHORISED if waiting else HeadsetState.NOT_CONNECTED
    return HeadsetStatus(address=address, state=state, problem=problem)
