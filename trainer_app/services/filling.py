"""Filling headsets with films: all headsets at once, each film verified there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.films import Film
from trainer_app.services.connecting import reached
from trainer_app.services.headset_port import HeadsetGateway, Place, Waiting
from trainer_app.services.ports import FilmLibrary, HeadsetRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One film on one headset: ``sent``, or the problem that kept it away."""

    serial: str
    number: int
    film: Film
    sent: Sent | None = None
    problem: TrainerError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingResult:
    """All deliveries, and the addresses at which nobody was reached."""

    deliveries: tuple[Delivery, ...]
    unreached: dict[str, TrainerError]


OnProgress = Callable[[Place, Film, int], None]
"""Called with a headset, a film and how many of its bytes are there."""


async def push_films(
    gateway: HeadsetGateway,
    headsets: HeadsetRepository,
    library: FilmLibrary,
    films: Sequence[Film],
    known: Sequence[Film],
    addresses: Sequence[str],
    *,
    waiting: Waiting,
    progress: OnProgress,
) -> FillingResult:
    """Bring the films to every headset.

    ``known`` are all films of the library; a half-sent film that is none of them is cleared away on the
    headset.

    Raises:
        FilmFileGone: a film's file is not in the library any more.
        NoHeadsetGiven: see :func:`reached`.
    """
    cargo = [_cargo(library, film) for film in films]
    keep = {str(film.sha256) for film in known}
    async with reached(gateway, headsets, addresses, waiting=waiting) as outcome:
        filled = await asyncio.gather(
            *(_fill(place, films, cargo, keep, progress) for place in outcome.places)
        )
    deliveries = tuple(delivery for deliveries in filled for delivery in deliveries)
    return FillingResult(deliveries=deliveries, unreached=outcome.unreached)


async def _fill(
    place: Place,
    films: Sequence[Film],
    cargo: Sequence[FilmToSend],
    keep: set[str],
    progress: OnProgress,
) -> list[Delivery]:
    by_sha = {film.sha256: film for film in films}

    def delivery(film: Film, outcome: Sent | TrainerError) -> Delivery:
        who = place.headset.serial
        if isinstance(outcome, Sent):
            return Delivery(serial=who, number=place.number, film=film, sent=outcome)
        return Delivery(serial=who, number=place.number, film=film, problem=outcome)

    def moved(item: FilmToSend, there: int) -> None:
        progress(place, by_sha[item.sha256], there)  # type: ignore[index]

    try:
        outcomes = await place.headset.fill(cargo, keep=keep, label=place.label, progress=moved)
    except TrainerError as problem:
        return [delivery(film, problem) for film in films]
    return [delivery(film, outcome) for film, outcome in zip(films, outcomes, strict=True)]


def _cargo(library: FilmLibrary, film: Film) -> FilmToSend:
    path = library.path_of(film)
    return FilmToSend(sha256=film.sha256, path=path, size=film.size_bytes, title=film.title)
