"""Headsets and the library: what is missing, stale or foreign on each; and clearing up what is foreign."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.headset_films import FilmOnHeadset, removable
from trainer_app.services.connecting import reached
from trainer_app.services.headset_port import HeadsetGateway, Place, Waiting
from trainer_app.services.ports import HeadsetRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """One headset. ``films``: what the library does not have; they are gone if ``removed``."""

    address: str
    serial: str | None = None
    number: int | None = None
    films: tuple[FilmOnHeadset, ...] = ()
    removed: bool = False
    problem: TrainerError | None = None


async def clear_headsets(
    gateway: HeadsetGateway,
    headsets: HeadsetRepository,
    library: Sequence[Film],
    addresses: Sequence[str],
    *,
    remove: bool,
    waiting: Waiting = lambda _address: None,
) -> list[Cleared]:
    """Look at all headsets at once for films that are not in the library, and remove them if ``remove``.

    Raises:
        NoHeadsetGiven: see :func:`reached`.
    """
    async with reached(gateway, headsets, addresses, waiting=waiting) as outcome:
        looked = await asyncio.gather(*(_clear(place, library, remove=remove) for place in outcome.places))
    lost = [Cleared(address=address, problem=problem) for address, problem in outcome.unreached.items()]
    return [*looked, *lost]


async def _clear(place: Place, library: Sequence[Film], *, remove: bool) -> Cleared:
    headset = place.headset
    films: tuple[FilmOnHeadset, ...] = ()
    removed, problem = False, None
    try:
        films = removable(library, (await headset.facts()).stored)
        if films and remove:
            await headset.remove_films([film.sha256 for film in films], label=place.label)
            removed = True
    except TrainerError as error:
        problem = error
    return Cleared(
        address=headset.address,
        serial=headset.serial,
        number=place.number,
        films=films,
        removed=removed,
        problem=problem,
    )
