"""Playing a film on several headsets together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.playback import Course, Receipt
from trainer_app.domain.playback_errors import StartBeyondEnd, VrEnded
from trainer_app.services.awaiting import TellAwaited, tell_of_awaited
from trainer_app.services.caring import kept_awake
from trainer_app.services.connecting import reached
from trainer_app.services.headset_port import Greeting, HeadsetGateway, PlaybackGroup, PlayerNow, Waiting

if TYPE_CHECKING:
    from trainer_app.services.ports import HeadsetRepository

PREPARE_S = 45.0
"""A headset that is not ready by then is left out."""

_LONGEST_S = 7 * 24 * 3600.0
"""What goes round and round does so until somebody breaks it off; a week is for ever."""

_NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayResult:
    """What became of it.

    Attributes:
        receipt: None when nobody could play.
        problems: By serial, those that dropped out.
        unreached: By address.
        not_dark: Serials of those that have not confirmed that they are silent and dark at the end.
    """

    receipt: Receipt | None
    problems: dict[str, TrainerError]
    unreached: dict[str, TrainerError]
    not_dark: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Something the user may hear of while it goes on: ``ready`` or ``started``, and how many headsets."""

    name: str
    headsets: int


async def play_together(
    gateway: HeadsetGateway,
    headsets: HeadsetRepository,
    film: Film,
    addresses: Sequence[str],
    *,
    greet: Callable[[int], Greeting],
    holder: str,
    from_s: float,
    seconds: float | None,
    waiting: Waiting,
    stage: Callable[[Stage], None],
    awaited: TellAwaited = lambda _number, _what: None,
    course: Course | None = None,
) -> PlayResult:
    """Prepare, start together, keep to the plan for ``seconds`` (None: to its end), stop.

    ``course``: what follows the film; None: nothing does.

    Raises:
        StartBeyondEnd: the film is shorter than ``from_s``.
        NoHeadsetGiven: see :func:`reached`.
    """
    length = film.probe.duration_s
    if from_s >= length:
        raise StartBeyondEnd(film=film.title, start=from_s, length=length)
    async with reached(gateway, headsets, addresses, waiting=waiting) as outcome:
        if not outcome.places:
            return PlayResult(receipt=None, problems={}, unreached=outcome.unreached)
        group = await gateway.group(outcome.places, greet=greet, film_title=film.title, holder=holder)
        tell_of_awaited(group, outcome.places, awaited)
        try:
            async with kept_awake([place.headset for place in outcome.places]):
                receipt, dark, left_vr = await _run(group, film, from_s, seconds, course or Course(), stage)
        finally:
            await group.close()
        labels = {place.headset.serial: place.label for place in outcome.places}
        ended = {serial: VrEnded(headset=labels[serial]) for serial in left_vr}
        return PlayResult(
            receipt=receipt,
            problems={**ended, **group.problems},
            unreached=outcome.unreached,
            not_dark=tuple(serial for serial, is_dark in dark.items() if not is_dark),
        )


async def _run(
    group: PlaybackGroup,
    film: Film,
    from_s: float,
    seconds: float | None,
    course: Course,
    stage: Callable[[Stage], None],
) -> tuple[Receipt | None, dict[str, bool], list[str]]:
    """Play; return the receipt, who is dark by serial, and who has left VR before the end."""
    length = min(course.lasts_s(film, from_s) if seconds is None else seconds, _LONGEST_S)
    receipt, left_vr = None, list[str]()
    try:
        await group.prepare(film, from_s, PREPARE_S, course=course)
        stage(Stage(name="ready", headsets=group.size))
        if group.size:
            started = await group.start()
            stage(Stage(name="started", headsets=group.size))
            await group.keep(started + round(length * _NS))
            receipt = group.receipt()
            left_vr = [serial for serial, player in group.players().items() if _has_left_vr(player)]
    finally:
        # Also when the user breaks off in the middle: nothing may go on playing unattended.
        dark = await asyncio.shield(group.stop())
    return receipt, dark, left_vr


def _has_left_vr(player: PlayerNow) -> bool:
    return player.heard and not player.in_vr
